import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Language, provocations, type Source } from '../provocation.ts'
import { shellTool } from '../shell.ts'

const LOCALE: Readonly<Record<Language, string>> = { en: 'en', fr: 'fr', de: 'de', zh: 'zh-cn' }

/** The TypeScript compiler. What is wrong in the program is wrong in the value that the model gave. */
export const tsc: Source = {
  tool: 'tsc',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
    const command = `'${process.execPath}' '${join(dirname(manifest), 'bin', 'tsc')}' --locale ${LOCALE[language]} --pretty false --noEmit --strict --ignoreConfig`
    const check = (code: string, options = '') =>
      `cd "$(mktemp -d)"; printf '%s\\n' '${code}' > main.ts; ${command} ${options} main.ts`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['no-name', 'contract.value', (v) => check(`export const a = ${v.name()}Total`)],
        ['assign', 'contract.value', (v) => check(`export const ${v.name()}: number = "${v.word()}"`)],
        ['no-property', 'contract.value', (v) => check(`export const a = { b: 1 }.${v.name()}x`)],
        [
          'argument-count',
          'contract.value',
          (v) => check(`export const ${v.name()} = [1].at(${v.integer(1, 9)}, 2)`),
        ],
        ['argument-type', 'contract.value', (v) => check(`Math.abs("${v.word()}")`)],
        [
          'module',
          'exec.dependency',
          (v) => check(`import { a } from "${v.word()}-${v.word()}"\nexport { a }`),
        ],
        ['syntax', 'contract.value', (v) => check(`const ${v.name()} = ;`)],
        [
          'possibly-undefined',
          'contract.value',
          (v) => {
            const name = v.name()
            return check(
              `declare const ${name}: string | undefined
export const a = ${name}.length`,
            )
          },
        ],
        ['implicit-any', 'contract.value', (v) => check(`export function f(${v.name()}) { return 1 }`)],
        [
          'redeclared',
          'contract.value',
          (v) => {
            const name = v.name()
            return check(`const ${name} = 1\nconst ${name} = 2\nexport {}`)
          },
        ],
        ['file-missing', 'state.not_found', (v) => `${command} ${v.word()}.ts`],
        ['option', 'exec.dependency', (v) => check('export {}', `--${v.word()}s`)],
        ['option-value', 'contract.value', (v) => check('export {}', `--target ${v.word()}`)],
        [
          'project-missing',
          'state.not_found',
          (v) => `${command.replace(' --ignoreConfig', '')} -p ${v.word()}`,
        ],
      ]),
    }
  },
}
