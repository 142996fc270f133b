import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Tables of what to do when. */
export const crontab: Source = {
  tool: 'crontab',
  languages: ['en'],
  async open({ dir, language }) {
    program('crontab')
    await requireLocale(language, dir)
    const table = (line: string) => `echo '${line}' > table; crontab table`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['none', 'state.not_found', (v) => `crontab -${v.pick(['l', 'r'])}`],
        ['file', 'state.not_found', (v) => `crontab ${v.path()}`],
        ['minute', 'contract.value', (v) => table(`${v.integer(60, 99)} * * * * ${v.word()}`)],
        ['hour', 'contract.value', (v) => table(`5 ${v.integer(24, 99)} * * * ${v.word()}`)],
        ['day', 'contract.value', (v) => table(`5 4 ${v.integer(32, 99)} * * ${v.word()}`)],
        ['month', 'contract.value', (v) => table(`5 4 * ${v.word()} * ${v.word()}`)],
        ['weekday', 'contract.value', (v) => table(`5 4 * * ${v.word()} ${v.word()}`)],
        ['specifier', 'contract.value', (v) => table(`@${v.word()} ${v.word()}`)],
        ['newline', 'contract.value', (v) => `printf '5 4 * * * ${v.word()}' > table; crontab table`],
        ['other-user', 'auth.denied', (v) => `crontab -u ${v.pick(['root', 'daemon', 'mail'])} -l`],
        ['unknown-user', 'state.not_found', (v) => `crontab -u ${v.word()}x -l`],
        ['option', 'exec.dependency', (v) => `crontab -${v.pick(['z', 'k', 'j'])} 2>&1 | head -1; exit 1`],
      ]),
    }
  },
}
