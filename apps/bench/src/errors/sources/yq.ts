import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** YAML by jq: filters of Debian's yq. */
export const yq: Source = {
  tool: 'yq',
  languages: ['en'],
  async open({ dir, language }) {
    program('yq')
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['file', 'state.not_found', (v) => `yq . ${v.path()}`],
        ['yaml', 'contract.value', (v) => `echo '${v.word()}: [' | yq .`],
        ['yaml-nested', 'contract.value', (v) => `echo '${v.word()}: ${v.word()}: 1' | yq .`],
        ['filter', 'contract.value', (v) => `echo 'a: 1' | yq '.${v.word()} |'`],
        ['function', 'contract.value', (v) => `echo 'a: 1' | yq '${v.word()}x(1)'`],
        ['index', 'contract.value', (v) => `echo 'a: 1' | yq '.a.${v.word()}'`],
        ['iterate', 'contract.value', (v) => `echo 'a: ${v.integer(2, 99)}' | yq '.a[]'`],
        ['add', 'contract.value', (v) => `echo 'a: 1' | yq '.a + "${v.word()}"'`],
        ['variable', 'contract.value', (v) => `echo 'a: 1' | yq '$${v.name()}'`],
        ['raised', 'contract.value', (v) => `echo 'a: 1' | yq 'error("${v.phrase()}")'`],
      ]),
    }
  },
}
