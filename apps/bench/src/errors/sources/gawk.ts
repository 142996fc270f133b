import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** GNU awk. What is wrong in the program is wrong in the value that the model gave. */
export const gawk: Source = {
  tool: 'gawk',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('gawk')
    await requireLocale(language, dir)
    const on = (code: string, options = '') => `echo a | gawk ${options} '${code}'`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['file-missing', 'state.not_found', (v) => `gawk '{print $1}' ${v.file()}`],
        ['program-missing', 'state.not_found', (v) => `gawk -f ${v.word()}.awk /etc/passwd`],
        ['syntax', 'contract.value', (v) => on(`{ print ${v.word()} = = 1 }`)],
        ['unterminated-string', 'contract.value', (v) => on(`{ print "${v.phrase()} }`)],
        ['unterminated-expression', 'contract.value', (v) => on(`/${v.word()}`)],
        ['function', 'contract.value', (v) => on(`{ print ${v.name()}_of(1) }`)],
        ['division', 'contract.value', (v) => on(`{ print ${v.integer(1, 99)} / 0 }`)],
        ['negative-field', 'contract.value', (v) => on(`{ print $(-${v.integer(1, 99)}) }`)],
        [
          'array-as-scalar',
          'contract.value',
          (v) => {
            const n = `${v.name()}_x`
            return on(`{ ${n}[1] = 2; print ${n} + 1 }`)
          },
        ],
        [
          'scalar-as-array',
          'contract.value',
          (v) => {
            const n = `${v.name()}_x`
            return on(`{ ${n} = 2; ${n}[1] = 3 }`)
          },
        ],
        ['expression', 'contract.value', (v) => on(`/(${v.word()}/`)],
        [
          'redefined',
          'contract.value',
          (v) => {
            const n = `${v.name()}_x`
            return on(`function ${n}() {} function ${n}() {}`)
          },
        ],
        ['return-outside', 'contract.value', (v) => on(`{ return ${v.integer(1, 99)} }`)],
        ['library', 'exec.dependency', (v) => on('{}', `-l ${v.word()}`)],
        ['output-denied', 'auth.denied', (v) => on(`{ print > "/etc/${v.file()}" }`)],
        ['assignment-name', 'contract.value', (v) => on('{}', `-v ${v.integer(1, 9)}${v.word()}=1`)],
      ]),
    }
  },
}
