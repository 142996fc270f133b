import { toolResult } from '@lifeharness/core'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { run, speaking } from '../shell.ts'

/** A tool `javascript{code}` that runs a program and throws what it wrote, as `child_process.exec` does. */
export const nodeRun: Source = {
  tool: 'node-run',
  languages: ['en'],
  async open({ dir }) {
    const env = { ...speaking('en'), HOME: dir }
    const provoke = async (code: string): Promise<Provoked> => {
      const { stderr, exitCode } = await run(process.execPath, ['-e', code], { cwd: dir, env })
      const error = { name: 'Error', message: `Command failed: node -e ${code}\n${stderr}`, code: exitCode }
      return { input: { code }, result: toolResult('error', error.message, { error }) }
    }
    return {
      close: () => {},
      provocations: provocations(provoke, [
        [
          'reference',
          'contract.value',
          (v) => `const a = ${v.integer(1, 9)};\nconsole.log(${v.name()}Total)`,
        ],
        [
          'undefined-property',
          'contract.value',
          (v) => `const row = undefined;\nconsole.log(row.${v.name()})`,
        ],
        ['not-a-function', 'contract.value', (v) => `const list = {};\nlist.${v.name()}()`],
        [
          'constant',
          'contract.value',
          (v) => `const ${v.name()}1 = 1;\n${'for (const n of [1, 2]) { const m = n; m = 2 }'}`,
        ],
        ['syntax-token', 'contract.value', (v) => `const ${v.name()}1 = = ${v.integer(1, 9)};`],
        [
          'json',
          'contract.value',
          (v) => `const text = '{"${v.word()}": ';\nJSON.parse(text + '${v.word()}}')`,
        ],
        ['module', 'exec.dependency', (v) => `require('${v.word()}-${v.word()}')`],
        ['file', 'state.not_found', (v) => `require('fs').readFileSync('${v.path()}')`],
        ['thrown-range', 'contract.value', (v) => `[].length = -${v.integer(1, 99)}`],
        [
          'stack-overflow',
          'contract.value',
          (v) =>
            `function ${v.name()}1() { ${'return arguments.callee()'} }\n(function again() { again() })()`,
        ],
        ['bigint', 'contract.value', (v) => `console.log(${v.integer(2, 99)}n + 1)`],
        [
          'iterable',
          'contract.value',
          (v) => `const total = ${v.integer(1, 99)};\nfor (const one of total) console.log(one)`,
        ],
      ]),
    }
  },
}
