import { StageError } from '@lifeharness/core'
import { undoByPerson } from '@lifeharness/core/learn'
import { CliError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { entryById } from '../entries.ts'
import { paintStage } from '../stages.ts'
import { commitChanges, STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; reason?: string }

export const undo: Command = {
  name: 'undo',
  define: (program, terminal) => {
    program
      .description(
        "Take back the last word of a person on an intervention: it stands where it stood before, and is the learner's again if it was. Undone again, the word holds again.",
      )
      .argument('<id>', 'its id, or the beginning of it')
      .option('--reason <text>', 'why, for the record')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (id: string, { store: named, reason = 'taken back by a person' }: Options) => {
        await withStore(named, 'must-exist', async (store) => {
          const { id: known } = entryById(await store.load(), id).intervention
          const history = await Array.fromAsync(store.history())
          try {
            await commitChanges(store, (state) => undoByPerson(state, history, known, reason))
          } catch (error) {
            if (error instanceof StageError) throw new CliError(error.message, { cause: error })
            throw error
          }
          const { stages, pinned } = entryById(await store.load(), known)
          const whose = pinned ? 'pinned' : 'the learner decides'
          terminal.out(`taken back  ${terminal.paint('bold', known)} · ${whose}`)
          for (const [family, { stage }] of Object.entries(stages))
            terminal.out(`  ${family}: ${paintStage(terminal, stage)}`)
        })
      })
  },
}
