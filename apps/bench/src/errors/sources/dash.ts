import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** The small POSIX shell that `sh` is. */
export const dash: Source = {
  tool: 'dash',
  languages: ['en'],
  async open({ dir, language }) {
    program('dash')
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['command', 'exec.dependency', (v) => `dash -c '${v.word()}ctl ${v.word()}'`],
        ['redirect', 'state.not_found', (v) => `dash -c 'cat < ${v.path()}'`],
        ['cd', 'state.not_found', (v) => `dash -c 'cd ${v.path()}'`],
        ['source', 'state.not_found', (v) => `dash -c '. ${v.path()}'`],
        ['denied', 'auth.denied', (v) => `dash -c 'echo a > /etc/${v.file()}'`],
        ['directory', 'contract.value', () => `dash -c 'echo a > /usr'`],
        ['syntax', 'contract.value', (v) => `dash -c 'if ${v.word()}; fi'`],
        ['quote', 'contract.value', (v) => `dash -c 'echo "${v.phrase()}'`],
        ['division', 'contract.value', (v) => `dash -c 'echo $((${v.integer(2, 99)} / 0))'`],
        [
          'arithmetic',
          'contract.value',
          (v) => `dash -c 'echo $((${v.integer(2, 99)} ${v.integer(2, 99)}))'`,
        ],
        ['unset', 'contract.value', (v) => `dash -c 'set -u; echo $${v.name()}_x'`],
        ['read-only', 'state.conflict', (v) => `dash -c 'readonly zz=1; zz=${v.integer(2, 9)}'`],
        ['name', 'contract.value', (v) => `dash -c 'export 2${v.word()}=1'`],
        ['option', 'exec.dependency', (v) => `dash -c 'set -o ${v.word()}'`],
        ['shift', 'contract.value', (v) => `dash -c 'shift ${v.integer(2, 99)}'`],
        ['no-such-program', 'exec.dependency', (v) => `dash -c 'exec ${v.word()}ctl'`],
      ]),
    }
  },
}
