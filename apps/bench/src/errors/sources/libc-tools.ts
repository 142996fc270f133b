import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Names, encodings and terminals: what comes with the C library and ncurses. */
export const libcTools: Source = {
  tool: 'libc-tools',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['iconv', 'getent', 'locale', 'tput', 'infocmp', 'stty']) program(name)
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['iconv-missing', 'state.not_found', (v) => `iconv -f utf-8 -t latin1 ${v.path()}`],
        ['iconv-illegal', 'contract.value', (v) => `printf '${v.word()}\\xff' | iconv -f utf-8 -t latin1`],
        ['iconv-option', 'exec.dependency', (v) => `iconv --${v.word()}s`],
        ['getent-database', 'state.not_found', (v) => `getent ${v.word()} a`],
        ['getent-option', 'exec.dependency', (v) => `getent --${v.word()}s a`],
        ['locale-name', 'state.not_found', (v) => `locale ${v.name()} 2>&1 | tail -1 >&2; exit 1`],
        ['locale-option', 'exec.dependency', (v) => `locale --${v.word()}s`],
        ['tput-terminal', 'state.not_found', (v) => `tput -T ${v.word()} cols`],
        ['tput-capability', 'contract.value', (v) => `tput -T xterm ${v.word()}`],
        ['infocmp', 'state.not_found', (v) => `infocmp ${v.word()}`],
        ['stty-argument', 'contract.value', (v) => `stty ${v.word()} < /dev/null`],
        ['stty-device', 'state.not_found', (v) => `stty -F ${v.path()}`],
        ['localedef', 'state.not_found', (v) => `localedef -i ${v.word()} -f UTF-8 /tmp/${v.word()}`],
        ['ldd', 'state.not_found', (v) => `ldd ${v.path()}`],
        ['ldd-text', 'contract.value', () => `ldd /etc/hostname`],
        ['date-format', 'contract.value', (v) => `date -d '${v.phrase()}'`],
        ['mktemp', 'contract.value', (v) => `mktemp --tmpdir=/tmp ${v.word()}`],
      ]),
    }
  },
}
