import { type LifeHarnessConfig, memoryStore, type Store } from '@lifeharness/core'
import { registerLearnt } from '@lifeharness/core/learn'
import { CliError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { learnFiles, settingsFor } from '../learn-files.ts'
import { type MineReport, mineReport } from '../mine-report.ts'
import { printMine } from '../print-mine.ts'
import { problemTeller } from '../recordings.ts'
import { withStore } from '../store-file.ts'
import type { Terminal } from '../terminal.ts'

type Options = { config?: string; store?: string; json?: boolean; untrusted?: boolean }

export const mine: Command = {
  name: 'mine',
  define: (program, terminal) => {
    program
      .description('Learn from recordings: what fails, what it costs, and what would help, proven by replay.')
      .argument(
        '<files...>',
        'JSONL or JSON: messages (OpenAI, Anthropic, AI SDK, LangChain), sessions (Claude Code, Codex), LangGraph checkpoints, traces (OTLP, LangSmith, Langfuse), MCP logs, runs (SWE-agent, OpenHands, τ-bench), recorded episodes',
      )
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--store <path>', 'keep what was learnt in this registry (SQLite)')
      .option('--json', 'print one JSON document (schema/mine.schema.json)')
      .option(
        '--untrusted',
        'the files come from others: nothing they say supports an intervention by itself',
      )
      .action(async (files: string[], options: Options) => {
        const config = await loadConfig(options.config)
        const { store: path } = options
        // Without a store the registry lives as long as this command.
        const found =
          path === undefined
            ? await learnInto(memoryStore(), null, files, config, options, terminal)
            : await withStore(path, 'may-be-new', (store) =>
                learnInto(store, path, files, config, options, terminal),
              )
        if (options.json) terminal.out(JSON.stringify(found, null, 2))
        else if (found.episodes > 0) printMine(found, terminal)
        if (found.episodes === 0)
          throw new CliError(
            `no episode could be read${isFormat(found) ? `; the formats are ${FORMATS}` : ''}`,
          )
      })
  },
}

const FORMATS =
  'messages of OpenAI, Anthropic, AI SDK and LangChain, sessions of Claude Code and Codex, LangGraph checkpoints, traces of OTLP, LangSmith and Langfuse, MCP logs, runs of SWE-agent, OpenHands and τ-bench, and recorded episodes'

/** Some file could be opened, and what stands in it was not understood. */
function isFormat({ problems }: MineReport): boolean {
  return problems.some(({ line }) => line !== undefined)
}

async function learnInto(
  store: Store,
  path: string | null,
  files: readonly string[],
  config: LifeHarnessConfig,
  { untrusted = false }: Options,
  terminal: Terminal,
): Promise<MineReport> {
  const { entries } = await store.load()
  const faults = new Set<string>()
  const problems = problemTeller(terminal)
  const found = await learnFiles({
    files,
    config,
    untrusted,
    registered: entries.map(({ intervention }) => intervention),
    onProblem: problems.tell,
    onFault: (where, error) => {
      const fault = `fault in ${where}: ${error}`
      if (!faults.has(fault)) terminal.err(fault)
      faults.add(fault)
    },
  })
  problems.done(files.length)
  const { state, changes } = await registerLearnt(store, found.learnt, {
    config: settingsFor(config, untrusted),
    now: Date.now(),
  })
  const kept = {
    registered: changes.filter((change) => change.type === 'stage' && change.from === undefined).length,
    changed: changes.filter(({ type }) => type === 'stage' || type === 'account').length,
    version: state.version,
  }
  return mineReport(files, found, { state, store: path === null ? null : { path, ...kept } })
}
