import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build, type Loader } from 'esbuild'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** A bundler. What is wrong in the program is wrong in the value that the model gave. */
export const esbuild: Source = {
  tool: 'esbuild',
  languages: ['en'],
  async open({ dir }) {
    await mkdir(join(dir, 'folder'))
    const bundle = (code: string, options: BuildOptions = {}) => ({
      input: { code },
      act: () =>
        build({
          ...{
            stdin: { contents: code, resolveDir: dir, loader: 'ts' as Loader },
            bundle: true,
            write: false,
          },
          ...{ logLevel: 'silent' as const, absWorkingDir: dir, ...options },
        }),
    })
    const files = (path: string, options: BuildOptions = {}) => ({
      input: { entry: path },
      act: () =>
        build({
          entryPoints: [path],
          bundle: true,
          write: false,
          logLevel: 'silent',
          absWorkingDir: dir,
          ...options,
        }),
    })
    return {
      close: () => {},
      provocations: provocations(thrownBy, [
        ['module', 'exec.dependency', (v) => bundle(`import a from '${v.word()}-${v.word()}'; a()`)],
        ['file', 'state.not_found', (v) => bundle(`import a from './${v.word()}/${v.word()}'; a()`)],
        ['syntax', 'contract.value', (v) => bundle(`const ${v.name()} = = 1`)],
        ['string-end', 'contract.value', (v) => bundle(`const a = "${v.phrase()}`)],
        ['file-end', 'contract.value', (v) => bundle(`function ${v.name()}() { return (1`)],
        [
          'redeclared',
          'contract.value',
          (v) => {
            const name = v.name()
            return bundle(`const ${name} = 1; const ${name} = 2`)
          },
        ],
        [
          'constant',
          'contract.value',
          (v) => {
            const name = v.name()
            return bundle(`const ${name} = 1; ${name} = ${v.integer(2, 9)}`)
          },
        ],
        ['entry', 'state.not_found', (v) => files(`${v.word()}.ts`)],
        ['loader', 'contract.value', (v) => bundle('1', { loader: { '.x': v.word() as Loader } })],
        [
          'option',
          'contract.misnamed_param',
          (v) => bundle('1', { [`${v.name()}_x`]: true } as BuildOptions),
        ],
        ['option-type', 'contract.type', (v) => bundle('1', { minify: v.word() as never })],
        ['target', 'contract.value', (v) => bundle('1', { target: v.word() })],
      ]),
    }
  },
}
