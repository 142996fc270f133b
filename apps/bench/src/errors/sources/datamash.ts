import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Sums over columns of text by GNU datamash. */
export const datamash: Source = {
  tool: 'datamash',
  languages: ['en'],
  async open({ dir, language }) {
    program('datamash')
    await requireLocale(language, dir)
    await writeFile(join(dir, 'sales.tsv'), 'city\ttotal\nTurin\t12\nMilan\t7\n')
    const sales = (args: string) => `datamash ${args} < sales.tsv`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['option', 'exec.dependency', (v) => sales(`--${v.word()}s sum 2`)],
        ['no-field', 'contract.missing_param', (v) => sales(v.pick(['-H sum', '-H mean', '-H median']))],
        ['nothing', 'contract.missing_param', () => sales('')],
        ['number', 'contract.value', (v) => `printf '%s\\t%s\\n' 1 ${v.word()} | datamash sum 2`],
        ['field-zero', 'contract.value', (v) => sales(`${v.pick(['sum', 'min', 'max'])} 0`)],
        ['column-absent', 'state.not_found', (v) => sales(`-H sum ${v.word()}s`)],
        ['lines', 'contract.value', (v) => `printf '1\\t2\\n${v.integer(2, 99)}\\n' | datamash transpose`],
        ['separator', 'contract.value', (v) => sales(`-t ${v.word()} sum 2`)],
        ['round', 'contract.value', (v) => sales(`-R ${v.word()} mean 2`)],
        ['percentile', 'contract.value', (v) => sales(`-H perc:${v.integer(101, 999)} 2`)],
        ['group-value', 'contract.missing_param', () => sales('sum 2 -g')],
        ['bin-form', 'contract.value', (v) => sales(`-H bin:${v.word()} 2`)],
        ['base64', 'contract.value', (v) => `echo '${v.word()}!' | datamash debase64 1`],
        ['check-form', 'contract.value', (v) => `seq 3 | datamash check ${v.integer(2, 9)} ${v.word()}`],
        ['range', 'contract.value', (v) => sales(`-H sum ${v.integer(5, 9)}-2`)],
      ]),
    }
  },
}
