import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

export const jq: Source = {
  tool: 'jq',
  languages: ['en'],
  async open({ dir, language }) {
    program('jq')
    const on = (json: string, filter: string) => `echo '${json}' | jq '${filter}'`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['index-number', 'contract.value', (v) => on(`${v.integer(1, 999)}`, `.${v.name()}`)],
        ['index-string', 'contract.value', (v) => on(`"${v.word()}"`, `.${v.name()}`)],
        ['index-array', 'contract.value', (v) => on(`[${v.integer(1, 9)}]`, `.${v.name()}`)],
        ['iterate', 'contract.value', (v) => on(`{"${v.name()}": null}`, '.[] | .[]')],
        ['iterate-number', 'contract.value', (v) => on(`${v.integer(1, 999)}`, '.[]')],
        ['syntax', 'contract.value', (v) => on('{}', `.${v.name()} |`)],
        ['syntax-token', 'contract.value', (v) => on('{}', `.${v.name()} ) `)],
        ['function', 'contract.value', (v) => on('{}', `${v.name()}_of(.a)`)],
        ['variable', 'contract.value', (v) => on('{}', `$${v.name()}`)],
        ['no-json', 'parse.malformed_json', (v) => on(`{x${v.word()}: 1}`, '.')],
        ['truncated-json', 'parse.malformed_json', (v) => on(`{"${v.name()}": [${v.integer(1, 9)}`, '.')],
        ['file-missing', 'state.not_found', (v) => `jq . ${v.file()}`],
        ['option', 'exec.dependency', (v) => `jq --${v.word()}s . /dev/null`],
        ['add', 'contract.value', (v) => on(`{"${v.name()}": 1}`, '. + 1')],
        ['number-parse', 'contract.value', (v) => on(`"${v.word()}"`, 'tonumber')],
        ['date', 'contract.value', (v) => on(`"${v.word()}"`, 'fromdate')],
        ['keys', 'contract.value', (v) => on(`${v.integer(1, 99)}`, 'keys')],
        ['module', 'exec.dependency', (v) => on('{}', `import "${v.word()}" as m; .`)],
      ]),
    }
  },
}
