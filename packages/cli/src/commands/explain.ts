import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { explanationOf } from '../explain-report.ts'
import { findCall, registryAt } from '../find-call.ts'
import { printExplanation } from '../print-explanation.ts'
import { readRecordings } from '../recordings.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; config?: string; json?: boolean; episode?: string }

export const explain: Command = {
  name: 'explain',
  define: (program, terminal) => {
    program
      .description('One call: what fired, why, what it changed and on what evidence; or why nothing did.')
      .argument('<id>', 'the id of a call, or of its event')
      .argument('[files...]', 'recordings to look for it in, where no agent recorded it in the store')
      .option('--episode <id>', 'the episode, where several calls have this id')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--json', 'print one JSON document')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (id: string, files: string[], options: Options) => {
        const config = await loadConfig(options.config)
        await withStore(options.store, 'must-exist', async (store) => {
          const found = await findCall(store, readRecordings(files, terminal), id, options.episode)
          const now = await store.load()
          const { state, versions } = await registryAt(store, found.event?.began ?? Number.POSITIVE_INFINITY)
          // A call that no agent of this registry made is held against the registry of today.
          const earlier = found.event ? state : now
          const made = explanationOf(found, { earlier, now, versions }, config, (where, error) =>
            terminal.err(`fault in ${where}: ${error}`),
          )
          if (options.json) terminal.out(JSON.stringify(made, null, 2))
          else printExplanation(made, terminal)
        })
      })
  },
}
