import { retireByPerson } from '@lifeharness/core/learn'
import { CliError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { confirm } from '../confirm.ts'
import { entryById } from '../entries.ts'
import { entryInWords } from '../stages.ts'
import { commitChanges, STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; reason?: string; yes?: boolean }

export const retire: Command = {
  name: 'retire',
  define: (program, terminal) => {
    program
      .description('The end of one intervention: it is not applied, not tested, and not learnt again.')
      .argument('<id>', 'its id, or the beginning of it')
      .option('--reason <text>', 'why, for the record')
      .option('-y, --yes', 'do not ask')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (id: string, { store: named, reason = 'retired by a person', yes }: Options) => {
        await withStore(named, 'must-exist', async (store) => {
          const entry = entryById(await store.load(), id)
          const { id: known } = entry.intervention
          terminal.out(`${known}  ${entryInWords(entry)}`)
          if (!yes && !(await confirm(`Retire it? There is no way back.`)))
            throw new CliError('nothing was changed')
          await commitChanges(store, (state) => retireByPerson(state, known, reason))
          terminal.out(`${terminal.paint('red', 'retired')}  ${known}`)
        })
      })
  },
}
