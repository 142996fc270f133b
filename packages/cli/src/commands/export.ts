import { writeFileSync } from 'node:fs'
import { exportRegistry } from '@lifeharness/core'
import { CliError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { plural } from '../figures.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'

type Options = { store?: string; output?: string }

export const exportCommand: Command = {
  name: 'export',
  define: (program, terminal) => {
    program
      .description(
        'Write the registry as JSON, for review and for createLifeHarness({ registry, mode: "frozen" }).',
      )
      .option(STORE_OPTION, STORE_HELP)
      .option('-o, --output <file>', 'write to a file instead of standard output')
      .action(async ({ store: named, output }: Options) => {
        await withStore(named, 'must-exist', async (store) => {
          const state = await store.load()
          const text = exportRegistry(state)
          if (output === undefined) return terminal.out(text.trimEnd())
          try {
            writeFileSync(output, text)
          } catch (cause) {
            throw new CliError(`${output} cannot be written: ${(cause as Error).message}`, { cause })
          }
          terminal.err(`${plural(state.entries.length, 'intervention')} written to ${output}`)
        })
      })
  },
}
