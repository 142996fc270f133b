import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

/** zip, unzip, xz: archives. */
export const zip: Source = {
  tool: 'zip',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['zip', 'unzip', 'xz']) program(name)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['unzip-missing', 'state.not_found', (v) => `unzip ${v.word()}.zip`],
        ['unzip-format', 'contract.value', (v) => `${scratch} f=${v.word()}.zip; date > $f; unzip $f`],
        [
          'unzip-member',
          'state.not_found',
          (v) => `${scratch} date > a; zip -q b.zip a; unzip -q b.zip ${v.file()}`,
        ],
        [
          'unzip-password',
          'auth.denied',
          (v) => `${scratch} date > a; zip -q -P x b.zip a; rm a; unzip -P ${v.word()} b.zip`,
        ],
        ['zip-nothing', 'state.not_found', (v) => `${scratch} zip a.zip ${v.word()}`],
        ['zip-option', 'exec.dependency', (v) => `${scratch} zip --${v.word()}s a.zip a`],
        ['zip-no-folder', 'state.not_found', (v) => `${scratch} date > a; zip ${v.path()}.zip a`],
        ['zip-denied', 'auth.denied', (v) => `${scratch} date > a; zip /etc/${v.word()}.zip a`],
        [
          'zip-corrupt',
          'contract.value',
          (v) => `${scratch} date > a; f=${v.word()}.zip; head -c 300 /dev/zero > $f; zip $f a`,
        ],
        ['xz-missing', 'state.not_found', (v) => `xz -d ${v.word()}.xz`],
        ['xz-format', 'contract.value', (v) => `${scratch} f=${v.word()}.xz; date > $f; xz -d $f`],
        [
          'xz-exists',
          'state.conflict',
          (v) => `${scratch} f=${v.word()}; date > $f; date > $f.xz; xz $f < /dev/null`,
        ],
        ['xz-suffix', 'contract.value', (v) => `${scratch} f=${v.word()}.txt; date > $f; xz -d $f`],
        ['xz-option', 'exec.dependency', (v) => `xz --${v.word()}s a`],
        ['xz-directory', 'contract.value', (v) => `${scratch} mkdir ${v.word()}; xz *`],
      ]),
    }
  },
}
