import { builtinKinds, type LifeHarnessConfig, memoryStore, type Store } from '@lifeharness/core'
import { type Learnt, registerLearnt } from '@lifeharness/core/learn'
import { CliError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { plural } from '../figures.ts'
import { learnFiles, trusting } from '../learn-files.ts'
import { mineReport, type Registered } from '../mine-report.ts'
import { printMine } from '../print-mine.ts'
import { withStore } from '../store-file.ts'

type Options = { config?: string; store?: string; json?: boolean; untrusted?: boolean }

/** Problems that are told one by one; a file of another format has one in every line. */
const TOLD = 20

export const mine: Command = {
  name: 'mine',
  define: (program, terminal) => {
    program
      .description('Learn from recordings: what fails, what it costs, and what would help, proven by replay.')
      .argument('<files...>', 'JSONL or JSON: OpenAI messages, AI SDK messages, recorded episodes')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--store <path>', 'keep what was learnt in this registry (SQLite)')
      .option('--json', 'print one JSON document (schema/mine.schema.json)')
      .option(
        '--untrusted',
        'the files come from others: nothing they say supports an intervention by itself',
      )
      .action(async (files: string[], options: Options) => {
        const config = await loadConfig(options.config)
        let told = 0
        const found = await learnFiles({
          files,
          config,
          untrusted: options.untrusted === true,
          onProblem: ({ file, line, reason }) => {
            if (told++ < TOLD) terminal.err(`${file}:${line}: ${reason}`)
          },
          onFault: (where, error) => terminal.err(`fault in ${where}: ${error}`),
        })
        if (told > TOLD) terminal.err(`… and ${plural(told - TOLD, 'more problem')}`)
        if (told > 0) terminal.err(`${plural(told, 'problem')} in ${plural(files.length, 'file')}`)
        const registered = await register(found.learnt, config, options.store)
        const report = mineReport(files, found, registered)
        if (options.json) terminal.out(JSON.stringify(report, null, 2))
        else printMine(report, terminal)
        if (found.learnt.mined.episodes === 0)
          throw new CliError(
            'no episode could be read; the formats are OpenAI chat messages, AI SDK messages and recorded episodes',
          )
      })
  },
}

/** Without a store the registry lives as long as this command. */
async function register(
  learnt: Learnt,
  config: LifeHarnessConfig,
  path: string | undefined,
): Promise<Registered> {
  const enter = (store: Store) =>
    registerLearnt(store, learnt, { kinds: builtinKinds, config: trusting(config), now: Date.now() })
  if (path === undefined) return { state: (await enter(memoryStore())).state, store: null }
  return withStore(path, 'may-be-new', async (store) => {
    const { state, changes } = await enter(store)
    const moves = changes.filter(({ type }) => type === 'stage' || type === 'account')
    const registered = changes.filter((change) => change.type === 'stage' && change.from === undefined).length
    return { state, store: { path, registered, changed: moves.length, version: state.version } }
  })
}
