import type { Command } from '../command.ts'
import { plural } from '../figures.ts'
import { acting, killSwitchTurned } from '../kill-switch.ts'
import { commitChanges, STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; reason?: string }

export const kill: Command = {
  name: 'kill',
  define: (program, terminal) => {
    program
      .description(
        'The kill switch: nothing is applied any more, from the next call of every running agent on. No questions.',
      )
      .option('--reason <text>', 'why, for the record')
      .option(STORE_OPTION, STORE_HELP)
      .action(async ({ store: named, reason = 'killed by a person' }: Options) => {
        await withStore(named, 'must-exist', async (store, path) => {
          const changes = await commitChanges(store, (state) => killSwitchTurned(state, true, reason))
          if (changes.length === 0) return terminal.out(`The kill switch was on already: ${path}`)
          const number = acting(await store.load())
          terminal.out(
            `${terminal.paint('red', 'killed')}  ${path}: ${plural(number, 'intervention')} no longer applied. ` +
              'Agents go on as if the layer were not there; `lifeharness revive` takes it back.',
          )
        })
      })
  },
}
