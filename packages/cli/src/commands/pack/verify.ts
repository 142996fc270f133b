import { builtinKinds } from '@lifeharness/core/builtins'
import { conflictsOf } from '@lifeharness/core/learn'
import { verifyPack } from '@lifeharness/packs'
import type { Command as Program } from 'commander'
import { CliError } from '../../cli-error.ts'
import { plural } from '../../figures.ts'
import {
  ARGUMENT_HELP,
  ARGUMENT_OPTION,
  boundTo,
  collect,
  statedBinding,
  TOOL_HELP,
  TOOL_OPTION,
} from '../../pack-binding.ts'
import { readPack } from '../../pack-source.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../../store-file.ts'
import { wrap } from '../../table.ts'
import type { Terminal } from '../../terminal.ts'

type Options = { tool?: string[]; argument?: string[]; store?: string }

export function defineVerify(program: Program, terminal: Terminal): void {
  program
    .command('verify')
    .description('Play every fixture of a pack through the runtime, and say what does not hold.')
    .argument('<name|file>', 'a pack that comes with the library, or the file of one')
    .option(TOOL_OPTION, 'with --store: the tool for which it is held against the registry', collect)
    .option(ARGUMENT_OPTION, ARGUMENT_HELP, collect)
    .option(STORE_OPTION, `${STORE_HELP}; with --tool only`)
    .addHelpText('after', `\n--tool: ${TOOL_HELP}`)
    .action(async (named: string, options: Options) => {
      const pack = readPack(named)
      const { problems, fixes, leaves } = await verifyPack(pack)
      const found = problems.map(({ entry, where, problem }) => `${entry}, ${where}: ${problem}`)
      const binding = statedBinding(pack, options.tool, options.argument)
      if (binding)
        await withStore(options.store, 'must-exist', async (store) => {
          const registered = (await store.load()).entries.map(({ intervention }) => intervention)
          for (const { entry, intervention } of boundTo(pack, binding))
            for (const { other, argument } of conflictsOf(intervention, registered, builtinKinds))
              if (registered.find(({ id }) => id === other)?.origin.pack?.name !== pack.name)
                found.push(
                  `${entry.name}: ${other}, which is registered, makes something else of ${argument}; retire it, or leave the entry proposed`,
                )
        })
      for (const line of found)
        terminal.out(`${terminal.paint('red', 'fails')}  ${wrap(line, terminal.width - 7, '       ')}`)
      terminal.out(
        `${pack.name} ${pack.version}: ${plural(pack.entries.length, 'entry', 'entries')}; ` +
          `${fixes.held} of ${fixes.all} calls are mended as it says, ${leaves.held} of ${leaves.all} are left alone`,
      )
      if (found.length > 0)
        throw new CliError(
          `${plural(found.length, 'thing')} of ${pack.name} ${found.length === 1 ? 'does' : 'do'} not hold; correct the entry or its fixture`,
        )
    })
}
