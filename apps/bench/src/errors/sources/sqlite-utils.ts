import { provocations, type Source } from '../provocation.ts'
import { pythonCommand } from '../python-command.ts'

const MAIN = `
from sqlite_utils.cli import cli
def main(args, printed):
    cli.main(args, prog_name="sqlite-utils")
`

/** Tables from JSON and CSV by sqlite-utils. */
export const sqliteUtils: Source = {
  tool: 'sqlite-utils',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonCommand(dir, { modules: 'sqlite_utils', main: MAIN })
    const input = (rows: string, rest: string) => ({
      command: `sqlite-utils insert shop.db ${rest}`,
      input: rows,
    })
    await provoke(input('[{"id": 1, "item": "tea"}]', 'orders - --pk id'))
    const shop = (command: string, rest: string) => `sqlite-utils ${command} shop.db ${rest}`
    return {
      close,
      provocations: provocations(provoke, [
        ['option', 'exec.dependency', (v) => shop('tables', `--${v.word()}s`)],
        ['no-argument', 'contract.missing_param', () => 'sqlite-utils rows shop.db'],
        ['database', 'state.not_found', (v) => `sqlite-utils tables ${v.path()}`],
        ['table', 'state.not_found', (v) => shop('rows', `${v.word()}s`)],
        ['json', 'parse.malformed_json', (v) => input(`{"${v.word()}": `, 'orders -')],
        ['unique', 'state.conflict', (v) => input(`[{"id": 1, "item": "${v.word()}"}]`, 'orders - --pk id')],
        ['input-file', 'state.not_found', (v) => shop('insert', `orders ${v.path()}`)],
        ['drop-absent', 'state.not_found', (v) => shop('drop-table', `${v.word()}s`)],
        ['table-exists', 'state.conflict', (v) => shop('create-table', `orders ${v.word()} text`)],
        ['column-type', 'contract.value', (v) => shop('add-column', `orders ${v.word()}s ${v.word()}`)],
        [
          'column-exists',
          'state.conflict',
          (v) => shop('add-column', `orders ${v.pick(['item', 'id'])} text`),
        ],
        ['fields', 'contract.value', (v) => shop('create-table', `${v.word()}s id integer item`)],
        ['search-plain', 'state.precondition', (v) => shop('search', `orders ${v.word()}`)],
      ]),
    }
  },
}
