import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import bundler, { type Configuration } from 'webpack'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** A bundler that checks its settings against a schema; what it cannot build it tells in its statistics. */
export const webpack: Source = {
  tool: 'webpack',
  languages: ['en'],
  async open({ dir }) {
    const sources = join(dir, 'sources')
    await mkdir(sources)
    await writeFile(join(dir, 'plain'), '')
    const made = async (code: string, more: Configuration) => {
      const context = await mkdtemp(join(sources, 'x-'))
      await writeFile(join(context, 'main.js'), code)
      const output = { path: join(context, 'built') }
      // Without a callback there is always a compiler.
      return bundler({ mode: 'none', context, entry: './main.js', output, ...more }) as bundler.Compiler
    }
    const build = async (code: string, more: Configuration = {}) => {
      const compiler = await made(code, more)
      const stats = await new Promise<bundler.Stats | undefined>((resolve, reject) =>
        compiler.run((error, done) => (error ? reject(error) : resolve(done))),
      )
      const [first] = stats?.toJson({ all: false, errors: true }).errors ?? []
      if (first) throw new Error(first.message)
    }
    const functions = {
      build: (code: string) => build(code),
      buildWith: (settings: object) => build('', settings),
      buildTwice: async (code: string) => {
        const compiler = await made(code, {})
        const first = new Promise((resolve) => compiler.run(resolve))
        try {
          await new Promise((resolve, reject) =>
            compiler.run((error) => (error ? reject(error) : resolve(0))),
          )
        } finally {
          await first
        }
      },
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['no-module', 'exec.dependency', (v) => ['build', `import a from '${v.word()}-${v.word()}'\na()`]],
        ['no-file', 'state.not_found', (v) => ['build', `import './${v.word()}.js'`]],
        ['token', 'contract.value', (v) => ['build', `const ${v.name()} = = 1`]],
        ['string-end', 'contract.value', (v) => ['build', `const a = '${v.phrase()}`]],
        [
          'twice',
          'contract.value',
          (v) => {
            const name = v.name()
            return ['build', `const ${name} = 1; const ${name} = 2`]
          },
        ],
        ['setting', 'contract.misnamed_param', (v) => ['buildWith', { [`${v.name()}_x`]: v.integer(2, 9) }]],
        ['mode', 'contract.value', (v) => ['buildWith', { mode: v.word() }]],
        ['boolean', 'contract.type', (v) => ['buildWith', { bail: v.word() }]],
        ['list', 'contract.type', (v) => ['buildWith', { plugins: v.word() }]],
        ['minimum', 'contract.value', (v) => ['buildWith', { parallelism: -v.integer(2, 99) }]],
        ['absolute', 'contract.value', (v) => ['buildWith', { output: { path: `${v.word()}/${v.word()}` } }]],
        ['running', 'state.conflict', (v) => ['buildTwice', `${v.word()}()`]],
        ['no-entry', 'contract.missing_param', (v) => ['buildWith', { name: v.word(), entry: [] }]],
        ['target', 'contract.value', (v) => ['buildWith', { target: v.word() }]],
        ['output-file', 'contract.value', () => ['buildWith', { output: { path: join(dir, 'plain') } }]],
      ]),
    }
  },
}
