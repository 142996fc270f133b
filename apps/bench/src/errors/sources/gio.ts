import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Files and settings by GLib: gio, gsettings, gdbus. */
export const gio: Source = {
  tool: 'gio',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['gio', 'gsettings', 'gdbus']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['cat-missing', 'state.not_found', (v) => `gio cat ${v.path()}`],
        ['info-missing', 'state.not_found', (v) => `gio info ${v.path()}`],
        ['list-missing', 'state.not_found', (v) => `gio list ${v.path()}`],
        ['list-file', 'contract.value', (v) => `${scratch} f=${v.file()}; touch $f; gio list $f`],
        ['mkdir-exists', 'state.conflict', (v) => `${scratch} d=${v.name()}; mkdir $d; gio mkdir $d`],
        ['mkdir-no-parent', 'state.not_found', (v) => `gio mkdir ${v.path()}/${v.word()}`],
        ['mkdir-denied', 'auth.denied', (v) => `gio mkdir /usr/${v.name()}`],
        ['copy-missing', 'state.not_found', (v) => `gio copy ${v.path()} /tmp`],
        ['copy-directory', 'contract.value', (v) => `${scratch} mkdir ${v.name()}; gio copy * b`],
        ['remove-missing', 'state.not_found', (v) => `gio remove ${v.path()}`],
        [
          'remove-not-empty',
          'state.conflict',
          (v) => `${scratch} d=${v.name()}; mkdir -p $d/x; gio remove $d`,
        ],
        [
          'remove-denied',
          'auth.denied',
          (v) => `gio remove /etc/${v.pick(['hostname', 'fstab', 'passwd', 'group', 'profile'])}`,
        ],
        ['rename-missing', 'state.not_found', (v) => `gio rename ${v.path()} ${v.word()}`],
        ['scheme', 'contract.value', (v) => `gio cat ${v.word()}://${v.word()}/${v.file()}`],
        ['option', 'exec.dependency', (v) => `gio cat --${v.word()}s a 2>&1 | head -3 >&2; exit 1`],
        ['schema', 'state.not_found', (v) => `gsettings get org.${v.word()}.${v.word()} ${v.name()}`],
        ['schema-command', 'exec.dependency', (v) => `gsettings ${v.word()}s 2>&1 | head -1 >&2; exit 1`],
        ['open-denied', 'auth.denied', (v) => `${scratch} f=${v.file()}; touch $f; chmod 0 $f; gio cat $f`],
      ]),
    }
  },
}
