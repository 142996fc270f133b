import { setTimeout as sleep } from 'node:timers/promises'
import type { LifeHarnessConfig, Store, Transition } from '@lifeharness/core'
import { createLearner } from '@lifeharness/core/learn'
import { usageError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { count, plural } from '../figures.ts'
import { parseInterval } from '../interval.ts'
import { countStages, entryInWords, paintStage } from '../stages.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'
import type { Terminal } from '../terminal.ts'
import { watchStore } from '../watch-store.ts'

type Options = { store?: string; config?: string; json?: boolean; watch?: boolean; every?: string }

const EVERY = '30s'

export const learn: Command = {
  name: 'learn',
  define: (program, terminal) => {
    program
      .description('Run the learner over what agents have recorded in the store: once, or again and again.')
      .option('--watch', 'until SIGINT or SIGTERM; one line for each transition')
      .option('--every <interval>', `with --watch: the pause between two runs (default: ${EVERY})`)
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--json', 'print one JSON document; with --watch one for each transition, a line each')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (options: Options) => {
        if (options.every !== undefined && !options.watch) throw usageError('--every needs --watch')
        const everyMs = parseInterval(options.every ?? EVERY)
        const config = await loadConfig(options.config)
        await withStore(options.store, 'must-exist', (store, path) =>
          options.watch
            ? watch(store, path, config, everyMs, options.json === true, terminal)
            : once(store, path, config, options.json === true, terminal),
        )
      })
  },
}

async function once(
  store: Store,
  path: string,
  config: LifeHarnessConfig,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const { events, proposed, moved, busy } = await learnerFor(config, terminal).run(store)
  const { entries } = await store.load()
  if (json)
    return terminal.out(
      JSON.stringify({ store: path, events, proposed, moved, ...(busy ? { busy } : {}) }, null, 2),
    )
  if (busy) return terminal.out(`Another learner is at work on ${path}; nothing was done.`)
  const stages = entries.flatMap(({ stages: records }) => records.default?.stage ?? [])
  terminal.out(
    `${plural(events, 'event')} read; ${plural(proposed, 'intervention')} new, ` +
      `${count(moved)} moved. Registered: ${countStages(stages) || 'nothing yet'}`,
  )
}

async function watch(
  store: Store,
  path: string,
  config: LifeHarnessConfig,
  everyMs: number,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const stop = new AbortController()
  // The first signal lets a run end; a second one does what a signal does.
  const ended = () => stop.abort()
  for (const signal of SIGNALS) process.once(signal, ended)
  terminal.err(`lifeharness: learning from ${path} every ${everyMs / 1_000} s, until SIGINT or SIGTERM`)
  let waiting = false
  try {
    await watchStore({
      ...{ store, everyMs, signal: stop.signal, learner: learnerFor(config, terminal) },
      pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
      onChange(change) {
        if (change.type === 'stage') terminal.out(json ? JSON.stringify(change) : lineFor(change, terminal))
      },
      onRun({ busy = false }) {
        if (busy && !waiting) terminal.err('lifeharness: another learner is at work on this store')
        waiting = busy
      },
      onTrouble: (error) =>
        terminal.err(`lifeharness: ${error instanceof Error ? error.message : error}; trying again later`),
    })
  } finally {
    for (const signal of SIGNALS) process.off(signal, ended)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

function learnerFor(config: LifeHarnessConfig, terminal: Terminal) {
  const told = new Set<string>()
  return createLearner({
    config,
    fault(where, error) {
      const fault = `fault in ${where}: ${error}`
      if (!told.has(fault)) terminal.err(fault)
      told.add(fault)
    },
  })
}

type Move = Extract<Transition, { type: 'stage' }>

/** `21:14:09  shadow → canary  get_order: adds "#" at the beginning of id (gpt-4o-mini): to be compared …  affix-…`. */
function lineFor({ at, entry, family, from, to, reason }: Move, terminal: Terminal): string {
  const { paint } = terminal
  const move = from === undefined ? paintStage(terminal, to) : `${from} → ${paintStage(terminal, to)}`
  const time = new Date(at).toISOString().slice(11, 19)
  return (
    `${paint('dim', time)}  ${move}  ${entryInWords(entry)} (${family}): ${reason}  ` +
    paint('dim', entry.intervention.id)
  )
}
