import { chmod } from 'node:fs/promises'
import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source } from '../provocation.ts'
import { nobody, program, requireLocale, shellTool } from '../shell.ts'

export const gpg: Source = {
  tool: 'gpg',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('gpg')
    await requireLocale(language, dir)
    const keys = await ownedFolder(dir, '.gnupg', nobody)
    await chmod(keys, 0o700)
    const tool = shellTool(dir, language)
    // The first call makes its files, and says so.
    await tool('gpg --batch --list-keys')
    const quiet = 'gpg --batch --no-tty'
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(tool, [
        ['decrypt-missing', 'state.not_found', (v) => `${quiet} --decrypt ${v.word()}.gpg`],
        [
          'decrypt-format',
          'contract.value',
          (v) => `${scratch} f=${v.word()}.gpg; date > $f; ${quiet} --decrypt $f`,
        ],
        [
          'no-recipient',
          'state.not_found',
          (v) => `${scratch} date > ${v.word()}; ${quiet} -r ${v.word()}@${v.word()}.test --encrypt *`,
        ],
        [
          'no-secret-key',
          'state.not_found',
          (v) => `${scratch} date > ${v.word()}; ${quiet} -u ${v.word()}@${v.word()}.test --sign *`,
        ],
        ['key-missing', 'state.not_found', (v) => `${quiet} --list-keys ${v.word()}@${v.word()}.test`],
        [
          'delete-missing',
          'state.not_found',
          (v) => `${quiet} --yes --delete-key ${v.word()}@${v.word()}.test`,
        ],
        ['option', 'exec.dependency', (v) => `${quiet} --${v.word()}s`],
        [
          'option-argument',
          'contract.missing_param',
          (v) => `${quiet} --${v.pick(['recipient', 'local-user', 'output'])}`,
        ],
        ['verify-missing', 'state.not_found', (v) => `${quiet} --verify ${v.word()}.asc`],
        ['import-nothing', 'contract.value', (v) => `${scratch} date > ${v.word()}.asc; ${quiet} --import *`],
        [
          'cipher',
          'contract.value',
          (v) => `${scratch} date > a; ${quiet} --cipher-algo ${v.word()} --symmetric a`,
        ],
        [
          'output-exists',
          'state.conflict',
          (v) => `${scratch} f=${v.word()}; date > $f; date > $f.asc; ${quiet} --enarmor $f`,
        ],
      ]),
    }
  },
}
