import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, setUp, shellTool } from '../shell.ts'

/** Archives by 7-Zip. */
export const sevenZip: Source = {
  tool: '7-zip',
  languages: ['en'],
  async open({ dir, language }) {
    program('7zz')
    await requireLocale(language, dir)
    await writeFile(join(dir, 'kept.txt'), 'text\n')
    await writeFile(join(dir, 'text.7z'), 'no archive at all\n')
    await setUp(
      '7zz a kept.7z kept.txt; 7zz a -psecret -mhe=on locked.7z kept.txt; head -c 90 kept.7z > cut.7z',
      dir,
    )
    const z = (args: string) => `7zz ${args}`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['archive', 'state.not_found', (v) => z(`x ${v.path().replace(/\.\w+$/, '.7z')}`)],
        ['add-file', 'state.not_found', (v) => z(`a new${v.integer(1, 999)}.7z ${v.path()}`)],
        ['no-archive', 'contract.value', (v) => z(`l text.7z ${v.word()}`)],
        ['cut', 'contract.value', (v) => z(`t cut.7z ${v.word()}`)],
        ['command', 'exec.dependency', (v) => z(`${v.word()}x kept.7z`)],
        ['switch', 'exec.dependency', (v) => z(`l kept.7z -${v.pick(['q', 'k', 'g'])}${v.word()}`)],
        ['no-name', 'contract.missing_param', (v) => z(v.pick(['x', 'l', 't']))],
        ['password', 'auth.denied', (v) => z(`t -p${v.word()} locked.7z`)],
        ['type', 'contract.value', (v) => z(`a -t${v.word()} new${v.integer(1, 999)}.7z kept.txt`)],
        ['level', 'contract.value', (v) => z(`a -mx=${v.word()} new${v.integer(1, 999)}.7z kept.txt`)],
        ['denied', 'auth.denied', (v) => z(`a /etc/${v.word()}.7z kept.txt`)],
        ['volume', 'contract.value', (v) => z(`a -v${v.word()} new${v.integer(1, 999)}.7z kept.txt`)],
        ['list-file', 'state.not_found', (v) => z(`a new${v.integer(1, 999)}.7z @${v.path()}`)],
        ['rename', 'contract.missing_param', (v) => z(`rn kept.7z ${v.word()}.txt`)],
      ]),
    }
  },
}
