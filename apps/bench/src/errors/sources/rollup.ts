import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rollup as bundle, type OutputOptions, type RollupOptions } from 'rollup'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A bundler whose errors carry a code. */
export const rollup: Source = {
  tool: 'rollup',
  languages: ['en'],
  async open({ dir }) {
    await mkdir(join(dir, 'sources'))
    const on = (code: string, output: OutputOptions = {}, options: RollupOptions = {}) => ({
      input: { code },
      act: async () => {
        const folder = await mkdtemp(join(dir, 'sources', 'x-'))
        await writeFile(join(folder, 'other.js'), 'export const b = 1\n')
        await writeFile(join(folder, 'main.js'), `${code}\n`)
        const made = await bundle({ input: join(folder, 'main.js'), onwarn: () => {}, ...options })
        return (await made.generate({ format: 'es', ...output })).output.length
      },
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['file', 'state.not_found', (v) => on(`import a from './${v.word()}/${v.word()}.js'; a()`)],
        ['entry', 'state.not_found', (v) => on('', {}, { input: v.path() })],
        ['syntax', 'contract.value', (v) => on(`const ${v.name()} = = 1`)],
        [
          'redeclared',
          'contract.value',
          (v) => {
            const n = v.name()
            return on(`const ${n} = 1; const ${n} = 2`)
          },
        ],
        ['string-end', 'contract.value', (v) => on(`const a = "${v.phrase()}`)],
        ['format', 'contract.value', (v) => on('export {}', { format: v.word() as 'es' })],
        ['input', 'contract.missing_param', (v) => on(v.word(), {}, { input: [] })],
        [
          'no-name',
          'contract.missing_param',
          (v) => on(`export const ${v.name()} = 1; export default 2`, { format: 'umd' }),
        ],
        ['name', 'contract.value', (v) => on('export const a = 1', { format: 'iife', name: v.phrase() })],
        ['top-level-await', 'contract.value', (v) => on(`await ${v.name()}()`, { format: 'cjs' })],
        [
          'assignment',
          'contract.value',
          (v) => on(`import { b } from './other.js'; b = ${v.integer(1, 99)}`),
        ],
      ]),
    }
  },
}
