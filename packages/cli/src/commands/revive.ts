import type { Command } from '../command.ts'
import { plural } from '../figures.ts'
import { acting, killSwitchTurned } from '../kill-switch.ts'
import { commitChanges, STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; reason?: string }

export const revive: Command = {
  name: 'revive',
  define: (program, terminal) => {
    program
      .description('Turn the kill switch off: what is active acts again, as it did before.')
      .option('--reason <text>', 'why, for the record')
      .option(STORE_OPTION, STORE_HELP)
      .action(async ({ store: named, reason = 'revived by a person' }: Options) => {
        await withStore(named, 'must-exist', async (store, path) => {
          const changes = await commitChanges(store, (state) => killSwitchTurned(state, false, reason))
          if (changes.length === 0) return terminal.out(`The kill switch was off already: ${path}`)
          const number = acting(await store.load())
          terminal.out(
            `${terminal.paint('green', 'revived')}  ${path}: ${plural(number, 'intervention')} applied again`,
          )
        })
      })
  },
}
