import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** The friendly interactive shell. */
export const fish: Source = {
  tool: 'fish',
  languages: ['en'],
  async open({ dir, language }) {
    program('fish')
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['command', 'exec.dependency', (v) => `fish -c '${v.word()}ctl ${v.word()}'`],
        ['cd', 'state.not_found', (v) => `fish -c 'cd ${v.path()}'`],
        ['redirect', 'state.not_found', (v) => `fish -c 'cat < ${v.path()}'`],
        ['glob', 'state.not_found', (v) => `${scratch} fish -c 'ls ${v.word()}*.${v.word()}x'`],
        ['math', 'contract.value', (v) => `fish -c 'math ${v.integer(2, 99)} + '`],
        ['math-word', 'contract.value', (v) => `fish -c 'math ${v.word()}x + 1'`],
        ['set-name', 'contract.value', (v) => `fish -c 'set ${v.word()}- 1'`],
        ['read-only', 'state.conflict', (v) => `fish -c 'set -g version ${v.integer(2, 9)}'`],
        ['option', 'exec.dependency', (v) => `fish -c 'string match --${v.word()}s a b'`],
        ['string-missing', 'exec.dependency', (v) => `fish -c 'string ${v.word()}x a'`],
        ['index', 'contract.value', (v) => `fish -c 'set a 1; echo $a[0]; echo $a[${v.word()}]'`],
        ['denied', 'auth.denied', (v) => `fish -c 'echo a > /etc/${v.file()}'`],
      ]),
    }
  },
}
