import { writeFileSync } from 'node:fs'
import { toolKey } from '@lifeharness/core'
import { exportPack } from '@lifeharness/packs'
import type { Command as Program } from 'commander'
import { CliError } from '../../cli-error.ts'
import { loadConfig } from '../../config-file.ts'
import { plural } from '../../figures.ts'
import { lookAt } from '../../look.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../../store-file.ts'
import { wrap } from '../../table.ts'
import type { Terminal } from '../../terminal.ts'

type Options = Record<'name' | 'packVersion' | 'license', string> & {
  output?: string
  seen?: string[]
  config?: string
  store?: string
}

export function defineExport(program: Program, terminal: Terminal): void {
  program
    .command('export')
    .description(
      'Write what this registry has learnt and proven as a pack, for review and for other registries.',
    )
    .option('--name <name>', 'of the pack', 'learnt')
    .option('--pack-version <version>', 'of the pack', '0.1.0')
    .option('--license <spdx>', 'of the pack', 'UNLICENSED')
    .option(
      '--seen <files...>',
      'recordings that hold the contracts of the tools, besides those in the store',
    )
    .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option(STORE_OPTION, STORE_HELP)
    .action(({ store: named, ...options }: Options) =>
      withStore(named, 'must-exist', async (store) => {
        const { state, scan, mined } = await lookAt(
          store,
          options.seen ?? [],
          await loadConfig(options.config),
          terminal,
        )
        const { pack, refused } = await exportPack(state.entries, {
          ...{ name: options.name, version: options.packVersion, license: options.license },
          description: 'What one registry has learnt and proven.',
          provenance: 'Learnt by lifeharness from recorded calls, and validated by replay on others.',
          contractOf: (tool) => scan.contracts.get(toolKey(tool)) ?? mined.tools.get(toolKey(tool))?.contract,
        })
        for (const { id, reason } of refused)
          terminal.err(
            `${terminal.paintErr('yellow', 'left out')}  ${id}  ${wrap(reason, terminal.width - 10, '          ')}`,
          )
        if (!pack) throw new CliError('nothing of this registry can be given away as a pack')
        const text = JSON.stringify(pack, null, 2)
        if (options.output === undefined) return terminal.out(text)
        try {
          writeFileSync(options.output, `${text}\n`)
        } catch (cause) {
          throw new CliError(`${options.output} cannot be written: ${(cause as Error).message}`, { cause })
        }
        terminal.err(
          `${plural(pack.entries.length, 'entry', 'entries')} written to ${options.output}. ` +
            'Its fixtures hold recorded values of the arguments they are about: read them before you give it away',
        )
      }),
    )
}
