import { getQuickJS, shouldInterruptAfterDeadline } from 'quickjs-emscripten'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

const MAX_BYTES = 4_000_000

/** A sandbox that runs what the model wrote: QuickJS in WebAssembly, with bounds on time and memory. */
export const quickjs: Source = {
  tool: 'quickjs',
  languages: ['en'],
  async open() {
    const engine = await getQuickJS()
    const functions = {
      run: (code: string, milliseconds = 2_000) =>
        engine.evalCode(code, {
          shouldInterrupt: shouldInterruptAfterDeadline(Date.now() + milliseconds),
          memoryLimitBytes: MAX_BYTES,
        }),
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['name', 'contract.value', (v) => ['run', `${v.name()}Total + 1`]],
        ['property', 'contract.value', (v) => ['run', `const order = {}; order.${v.name()}.length`]],
        ['function', 'contract.value', (v) => ['run', `const order = {}; order.${v.name()}()`]],
        [
          'assigned',
          'contract.value',
          (v) => ['run', ((name) => `const ${name} = 1; ${name} = 2`)(v.name())],
        ],
        ['token', 'contract.value', (v) => ['run', `const ${v.name()} = = 1`]],
        ['bracket', 'contract.value', (v) => ['run', `String("${v.word()}"`]],
        ['date', 'contract.value', (v) => ['run', `new Date("${v.word()}").toISOString()`]],
        ['module', 'exec.dependency', (v) => ['run', `import a from "${v.word()}-${v.word()}"; a()`]],
        ['endless', 'exec.timeout', (v) => ['run', `while (true) { "${v.word()}" }`, v.integer(40, 90)]],
        ['memory', 'exec.unavailable', (v) => ['run', `"${v.word()}".repeat(9000000).split("")`]],
      ]),
    }
  },
}
