import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Accounts kept in a text, by Ledger. */
export const ledger: Source = {
  tool: 'ledger',
  languages: ['en'],
  async open({ dir, language }) {
    program('ledger')
    await requireLocale(language, dir)
    await writeFile(join(dir, 'kept.dat'), '2024/01/02 shop\n  food  5 EUR\n  cash\n')
    const of = (...lines: string[]) =>
      `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > a.dat; ledger -f a.dat balance`
    const kept = (args: string) => `ledger -f kept.dat ${args}`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['no-journal', 'contract.missing_param', (v) => `ledger balance ${v.word()}`],
        ['include', 'state.not_found', (v) => of(`include ${v.path()}`)],
        ['command', 'exec.dependency', (v) => kept(`${v.word()}x`)],
        ['option', 'exec.dependency', (v) => kept(`balance --${v.word()}s`)],
        ['period', 'contract.value', (v) => kept(`register --begin ${v.word()}`)],
        ['date', 'contract.value', (v) => of(`2024/${v.integer(13, 99)}/01 shop`, '  food  5 EUR', '  cash')],
        [
          'unbalanced',
          'contract.value',
          (v) => of('2024/01/02 shop', `  ${v.word()}  5 EUR`, `  cash  ${v.integer(2, 99)} EUR`),
        ],
        ['two-empty', 'contract.value', (v) => of(`2024/01/02 ${v.word()}`, `  ${v.word()}`, '  cash')],
        [
          'assertion',
          'contract.value',
          (v) => of('2024/01/02 shop', `  ${v.word()}  5 EUR = ${v.integer(6, 99)} EUR`, '  cash'),
        ],
        ['operator', 'contract.value', (v) => kept(`balance --limit '${v.word()} +'`)],
        ['identifier', 'contract.value', (v) => kept(`register --sort ${v.word()}s`)],
        ['argument', 'contract.missing_param', () => kept('balance --file')],
        ['transaction', 'state.not_found', (v) => kept(`xact ${v.word()}`)],
      ]),
    }
  },
}
