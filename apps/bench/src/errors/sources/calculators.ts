import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Numbers on the command line: bc, factor and awk-less arithmetic of the coreutils. */
export const calculators: Source = {
  tool: 'calculators',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['bc', 'factor', 'seq']) program(name)
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['syntax', 'contract.value', (v) => `echo '${v.integer(2, 99)} + * 3' | bc 2>&1 >&2; false`],
        ['division', 'contract.value', (v) => `echo '${v.integer(2, 99)} / 0' | bc 2>&1 >&2; false`],
        ['function', 'contract.value', (v) => `echo '${v.word()}x(3)' | bc 2>&1 >&2; false`],
        ['root', 'contract.value', (v) => `echo 'sqrt(-${v.integer(2, 99)})' | bc 2>&1 >&2; false`],
        ['bc-file', 'state.not_found', (v) => `bc ${v.path()}`],
        ['bc-option', 'exec.dependency', (v) => `bc --${v.word()}s 2>&1 | head -1 >&2; exit 1`],
        ['factor', 'contract.type', (v) => `factor ${v.word()}`],
        ['seq', 'contract.value', (v) => `seq ${v.word()}`],
        ['seq-operand', 'contract.missing_param', () => `seq`],
        ['seq-zero', 'contract.value', (v) => `seq 1 0 ${v.integer(5, 9)}`],
        ['seq-format', 'contract.value', (v) => `seq -f '%${v.pick(['d', 's', 'x'])}' 3`],
        ['seq-extra', 'contract.value', (v) => `seq 1 2 3 ${v.integer(5, 9)}`],
        ['shuf-range', 'contract.value', (v) => `shuf -i ${v.integer(50, 99)}-${v.integer(1, 40)}`],
        ['shuf-count', 'contract.value', (v) => `shuf -n ${v.word()} /etc/hostname`],
        ['cal-month', 'contract.value', (v) => `cal ${v.integer(13, 99)} 2024`],
        ['cal-year', 'contract.value', (v) => `cal ${v.word()}`],
      ]),
    }
  },
}
