import { createLearner } from '@lifeharness/core/learn'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { count, plural } from '../figures.ts'
import { countStages } from '../stages.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; config?: string; json?: boolean }

export const learn: Command = {
  name: 'learn',
  define: (program, terminal) => {
    program
      .description('Run the learner once over what agents have recorded in the store.')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--json', 'print one JSON document')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (options: Options) => {
        const config = await loadConfig(options.config)
        await withStore(options.store, 'must-exist', async (store, path) => {
          const learner = createLearner({
            config,
            fault: (where, error) => terminal.err(`fault in ${where}: ${error}`),
          })
          const { events, proposed, moved } = await learner.run(store)
          const { entries } = await store.load()
          if (options.json)
            return terminal.out(JSON.stringify({ store: path, events, proposed, moved }, null, 2))
          const stages = entries.flatMap(({ stages: records }) => records.default?.stage ?? [])
          terminal.out(
            `${plural(events, 'event')} read; ${plural(proposed, 'intervention')} new, ` +
              `${count(moved)} moved. Registered: ${countStages(stages) || 'nothing yet'}`,
          )
        })
      })
  },
}
