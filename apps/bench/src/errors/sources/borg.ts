import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, setUp, shellTool } from '../shell.ts'

/** Backups by Borg. */
export const borg: Source = {
  tool: 'borg',
  languages: ['en'],
  async open({ dir, language }) {
    program('borg')
    await requireLocale(language, dir)
    await setUp(
      'export BORG_PASSPHRASE=secret; borg init -e repokey kept && borg create kept::first /etc/hostname',
      dir,
    )
    const borgs = (args: string) => `BORG_PASSPHRASE=secret borg ${args}`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['repository', 'state.not_found', (v) => borgs(`list /srv/${v.word()}/${v.word()}`)],
        ['archive', 'state.not_found', (v) => borgs(`info kept::${v.word()}-${v.integer(2, 31)}`)],
        ['source', 'state.not_found', (v) => borgs(`create kept::${v.id().replace('#', '')} ${v.path()}`)],
        ['pattern', 'state.not_found', (v) => borgs(`extract kept::first ${v.word()}/${v.file()}`)],
        ['repository-exists', 'state.conflict', (v) => `: ${v.word()}; ${borgs('init -e repokey kept')}`],
        [
          'archive-exists',
          'state.conflict',
          (v) => borgs(`create kept::first /etc/${v.pick(['hostname', 'hosts'])}`),
        ],
        ['passphrase', 'auth.denied', (v) => `BORG_PASSPHRASE=${v.word()} borg list kept`],
        ['option', 'exec.dependency', (v) => borgs(`list kept --${v.word()}s`)],
        ['argument', 'contract.missing_param', (v) => borgs(`init ${v.word()}x`)],
        ['compression', 'contract.value', (v) => borgs(`create -C ${v.word()} kept::second /etc/hostname`)],
        ['nothing-kept', 'contract.missing_param', () => borgs('prune kept')],
        ['no-fuse', 'exec.dependency', (v) => borgs(`mount kept::first ${v.word()}`)],
        ['placeholder', 'contract.value', (v) => borgs(`create 'kept::{${v.word()}}' /etc/hostname`)],
        ['argument', 'contract.missing_param', () => borgs('rename kept::first')],
      ]),
    }
  },
}
