import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** apt and dpkg, the package managers of Debian. */
export const packages: Source = {
  tool: 'packages',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['apt-get', 'apt-cache', 'dpkg']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['locate', 'state.not_found', (v) => `apt-get install -s ${v.word()}-${v.word()}x`],
        [
          'no-version',
          'state.not_found',
          (v) => `apt-get install -s bash=${v.integer(7, 90)}.${v.integer(1, 9)}`,
        ],
        ['no-release', 'state.not_found', (v) => `apt-get install -s bash/${v.word()}`],
        ['operation', 'exec.dependency', (v) => `apt-get ${v.word()}s`],
        ['option', 'exec.dependency', (v) => `apt-get --${v.word()}s update`],
        ['lock-denied', 'auth.denied', () => 'apt-get autoclean'],
        ['show-missing', 'state.not_found', (v) => `apt-cache show ${v.word()}-${v.word()}x`],
        ['option-argument', 'contract.missing_param', (v) => `apt-get ${v.pick(['-t', '-c', '-o'])}`],
        ['status-missing', 'state.not_found', (v) => `dpkg -s ${v.word()}-${v.word()}x`],
        ['list-missing', 'state.not_found', (v) => `dpkg -L ${v.word()}-${v.word()}x`],
        ['search-missing', 'state.not_found', (v) => `dpkg -S ${v.path()}`],
        ['install-denied', 'auth.denied', (v) => `dpkg -i ${v.word()}.deb`],
        ['archive-missing', 'state.not_found', (v) => `dpkg --info ${v.word()}.deb`],
        [
          'archive-format',
          'contract.value',
          (v) => `${scratch} f=${v.word()}.deb; date > $f; dpkg --info $f`,
        ],
        ['dpkg-option', 'exec.dependency', (v) => `dpkg --${v.word()}s`],
        ['dpkg-no-action', 'contract.missing_param', (v) => `dpkg --admindir=/tmp/${v.word()}`],
        ['compare-relation', 'contract.value', (v) => `dpkg --compare-versions 1 ${v.word()} 2`],
      ]),
    }
  },
}
