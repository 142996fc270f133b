import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
from beancount import loader
from beancount.parser import printer
from beancount.query import query
KEPT = """
2024-01-01 open Assets:Cash EUR
2024-01-01 open Expenses:Food
2024-02-01 * "shop"
  Expenses:Food  5 EUR
  Assets:Cash
"""
entries, _, options = loader.load_string(KEPT)
def fail(errors):
    if errors: raise Exception("".join(printer.format_error(error) for error in errors).strip())
def add(lines): fail(loader.load_string(KEPT + lines + "\\n")[1])
def load(path): fail(loader.load_file(path)[1])
def ask(question): query.run_query(entries, options, question)
`

/** Accounts kept in a text, by Beancount. */
export const beancount: Source = {
  tool: 'beancount',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'beancount', prelude: PRELUDE })
    const add = (lines: string) => ({ tool: 'add', lines })
    const ask = (question: string) => ({ tool: 'ask', question })
    const meal = (account: string, amount: string) =>
      `2024-03-01 * "shop"\n  ${account}  ${amount}\n  Assets:Cash`
    const title = (word: string) => word[0]?.toUpperCase() + word.slice(1)
    return {
      close,
      provocations: provocations(provoke, [
        ['file', 'state.not_found', (v) => ({ tool: 'load', path: v.path() })],
        ['include', 'state.not_found', (v) => add(`include "${v.path()}"`)],
        ['account', 'state.not_found', (v) => add(meal(`Expenses:${title(v.word())}`, '5 EUR'))],
        ['opened', 'state.conflict', (v) => add(`2024-0${v.integer(2, 9)}-01 open Assets:Cash`)],
        [
          'currency',
          'contract.value',
          (v) => {
            const other = v.pick(['USD', 'GBP', 'CHF'])
            return add(`2024-03-01 * "shop"\n  Expenses:Food  5 ${other}\n  Assets:Cash  -5 ${other}`)
          },
        ],
        [
          'unbalanced',
          'contract.value',
          (v) => add(`2024-03-01 * "shop"\n  Expenses:Food  5 EUR\n  Assets:Cash  -${v.integer(6, 99)} EUR`),
        ],
        [
          'assertion',
          'contract.value',
          (v) => add(`2024-04-01 balance Assets:Cash ${v.integer(10, 99)} EUR`),
        ],
        ['two-empty', 'contract.value', () => add('2024-03-01 * "shop"\n  Expenses:Food\n  Assets:Cash')],
        ['date', 'contract.value', (v) => add(`2024-${v.integer(13, 99)}-01 open Assets:Bank`)],
        ['syntax', 'contract.value', (v) => add(`2024-03-01 ${v.word()} Assets:Cash`)],
        ['plugin', 'exec.dependency', (v) => add(`plugin "${v.word()}_${v.word()}"`)],
        [
          'closed',
          'state.precondition',
          (v) => add(`2024-02-10 close Expenses:Food\n${meal('Expenses:Food', `${v.integer(2, 9)} EUR`)}`),
        ],
        ['question', 'contract.value', (v) => ask(`SELECT FROM ${v.word()} WHERE`)],
        ['document', 'state.not_found', (v) => add(`2024-03-01 document Assets:Cash "${v.path()}"`)],
      ]),
    }
  },
}
