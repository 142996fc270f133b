import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as prettierApi from 'prettier'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Code laid out by Prettier. */
export const prettier: Source = {
  tool: 'prettier',
  languages: ['en'],
  async open({ dir }) {
    const functions = {
      format: (code: string, options: object = { parser: 'babel' }) => prettierApi.format(code, options),
      config: async (text: string) => {
        const folder = join(dir, `config-${text.length}-${text.charCodeAt(2)}`)
        await mkdir(folder, { recursive: true })
        await writeFile(join(folder, '.prettierrc.json'), text)
        return prettierApi.resolveConfig(join(folder, 'a.js'), { useCache: false })
      },
      plugin: (name: string) => prettierApi.format('a', { parser: 'babel', plugins: [name] }),
      ignored: (path: unknown) => prettierApi.getFileInfo(path as string),
    }
    const as = (parser: string) => ({ parser })
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['script', 'contract.value', (v) => ['format', `const ${v.name()} = = 1`]],
        ['string', 'contract.value', (v) => ['format', `const ${v.name()} = "${v.phrase()}`]],
        ['typescript', 'contract.value', (v) => ['format', `interface ${v.name()} { : }`, as('typescript')]],
        ['yaml', 'contract.value', (v) => ['format', `${v.word()}: [${v.word()}`, as('yaml')]],
        ['css', 'contract.value', (v) => ['format', `.${v.word()} { color: red`, as('css')]],
        ['html', 'contract.value', (v) => ['format', `<div>${v.word()}</span>`, as('html')]],
        ['graphql', 'contract.value', (v) => ['format', `query ${v.word()} { `, as('graphql')]],
        ['parser', 'contract.value', (v) => ['format', 'a', as(v.word())]],
        ['no-parser', 'contract.missing_param', (v) => ['format', v.phrase(), {}]],
        ['width', 'contract.type', (v) => ['format', 'a', { parser: 'babel', printWidth: v.word() }]],
        ['commas', 'contract.value', (v) => ['format', 'a', { parser: 'babel', trailingComma: v.word() }]],
        ['config-json', 'parse.malformed_json', (v) => ['config', `{"${v.word()}": `]],
        ['plugin', 'exec.dependency', (v) => ['plugin', `prettier-plugin-${v.word()}-${v.word()}`]],
        ['file-type', 'contract.type', (v) => ['ignored', v.integer(2, 99)]],
      ]),
    }
  },
}
