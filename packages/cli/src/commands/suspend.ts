import { suspendByPerson } from '@lifeharness/core/learn'
import { CliError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { entryById } from '../entries.ts'
import { entryInWords } from '../stages.ts'
import { commitChanges, STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; family?: string; reason?: string }

export const suspend: Command = {
  name: 'suspend',
  define: (program, terminal) => {
    program
      .description('Take one intervention back: running agents stop using it at their next call.')
      .argument('<id>', 'its id, or the beginning of it')
      .option('--family <family>', 'for this model family only (default: all, and the learner leaves it so)')
      .option('--reason <text>', 'why, for the record')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (id: string, { store: named, family, reason }: Options) => {
        await withStore(named, 'must-exist', async (store) => {
          const entry = entryById(await store.load(), id)
          const { id: known } = entry.intervention
          const stages = Object.values(entry.stages).map(({ stage }) => stage)
          if (stages.every((stage) => stage === 'proposed'))
            throw new CliError(`${known} is only a draft: it does nothing, so there is nothing to suspend`)
          const changes = await commitChanges(store, (state) =>
            suspendByPerson(state, known, reason ?? 'suspended by a person', family ? { family } : {}),
          )
          const what = `${known}  ${entryInWords(entry)}`
          if (changes.length === 0) terminal.out(`already suspended: ${what}`)
          else terminal.out(`${terminal.paint('red', 'suspended')}  ${what}`)
        })
      })
  },
}
