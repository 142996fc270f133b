import { type Clock, systemClock } from './clock.ts'
import { type LifeHarnessConfig, type ToolSettings, toolSettings } from './config.ts'
import { createEpisode, type Episode, type EpisodeInit } from './episode.ts'
import { type Event, REFUSED_EVENTS } from './event.ts'
import type { Classifier } from './failure.ts'
import { type ModelFamily, modelFamily } from './family.ts'
import { type Fault, type FaultLog, faultLog } from './fault.ts'
import type { Kind } from './intervention.ts'
import type { Learner } from './learner.ts'
import { memoryStore } from './memory-store.ts'
import { type EventQueue, eventQueue } from './queue.ts'
import { type RegistryEntry, type RegistryState, stageFor } from './registry.ts'
import { compileSnapshot, type Snapshot } from './snapshot.ts'
import type { Store } from './store.ts'
import { type Tool, type ToolContract, toolKey } from './tool.ts'

/** `observe` alters nothing; `progressive` learns and applies by stage; `frozen` applies what is active, learns nothing. */
export type Mode = 'observe' | 'progressive' | 'frozen'

/** All optional: without any, the layer observes and keeps what it saw in memory. */
export type LifeHarnessOptions = {
  /** Where events and the registry live. Default: in memory. */
  store?: Store
  /** An exported registry to work from, unchanging. It needs no store; without one nothing is recorded. */
  registry?: RegistryState
  /** Default `observe`. */
  mode?: Mode
  /** What you know of your tools. Default: nothing, and what is not said is not so. */
  config?: LifeHarnessConfig
  /** In the place of those that come with the library (`core/builtins`). */
  classifiers?: readonly Classifier[]
  /** In the place of those that come with the library (`core/builtins`). */
  kinds?: readonly Kind[]
  /** The slow loop, in this process. Without one, `progressive` counts evidence and induces nothing. */
  learner?: Learner
  /** How often the learner runs, in milliseconds. Default 60,000; 0 leaves it to `learn()`. */
  learnEveryMs?: number
  /** Each distinct exception inside the layer, once. */
  onFault?: (fault: Fault) => void
  /** Sees each event, redacted, off the path of the call: for metrics and spans (`@lifeharness/core/otel`). */
  observe?: (event: Event) => void
  /** Events kept while the store does not answer. Default 16,384; further ones are refused and counted. */
  queueCapacity?: number
  /** Default: the machine's. */
  clock?: Clock
}

/** The layer of one process; one serves all its agents and episodes. */
export type LifeHarness = {
  readonly mode: Mode
  /** Switched off by `LIFEHARNESS=off`: everything is left to the host. */
  readonly off: boolean
  /** The open episode with this id, or a new one. */
  episode(init?: EpisodeInit): Episode
  /** The registry that new episodes work from. */
  registry(): RegistryState
  /** Reads the registry from the store again. */
  refresh(): Promise<void>
  /** Runs the learner once over what is new. */
  learn(): Promise<void>
  /** Resolves when every event so far is durable; rejects when the store refuses, and nothing is lost then. */
  flush(): Promise<void>
  /** Writes what is queued, stops the learner, and closes the store. Rejects when the store refuses. */
  close(): Promise<void>
  /** Counters since it was created; `refused`: events for which the queue had no room. */
  health(): { events: { queued: number; written: number; refused: number }; faults: number }
  /** For adapters: an exception of their own, counted and reported like any other; the host's call goes through. */
  report(where: string, error: unknown): void
}

/** What episodes need of the runtime. */
export type RuntimeContext = {
  readonly off: boolean
  readonly mode: Mode
  readonly config: LifeHarnessConfig
  readonly classifiers: readonly Classifier[]
  /** What was loaded when it started. */
  readonly loaded: typeof import('./loaded.ts')
  readonly clock: Clock
  readonly queue: EventQueue
  readonly faults: FaultLog
  readonly modelFamily: ModelFamily
  readonly contractsRecorded: Set<string>
  redact(event: Event): Event
  snapshot(): Snapshot
  /** Suspended (for the family) or retired since the episode began, or everything is killed. */
  revoked(intervention: string, family: string): boolean
  settings(tool: Tool, contract: ToolContract | undefined): ToolSettings
  nextEventId(): string
  forget(episode: string): void
}

/** Episodes held open; the one that was used longest ago is let go first. */
const OPEN_EPISODES = 1_000
/** Tools whose settings are remembered. */
const KNOWN_TOOLS = 4_096
const LEARN_EVERY_MS = 60_000

/** `LIFEHARNESS=off|observe` overrides whatever the code says. */
function environmentOverride(): 'off' | 'observe' | undefined {
  const said = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env
    ?.LIFEHARNESS
  return said === 'off' || said === 'observe' ? said : undefined
}

function entriesById({ entries }: RegistryState): Map<string, RegistryEntry> {
  return new Map(entries.flatMap((entry) => (entry?.intervention ? [[entry.intervention.id, entry]] : [])))
}

const MODES: readonly Mode[] = ['observe', 'progressive', 'frozen']

/** Without types, a misspelt mode would be one that acts, and a text in the place of a registry an empty one. */
function refuseUnusable({ mode, registry }: LifeHarnessOptions): void {
  if (mode !== undefined && !MODES.includes(mode))
    throw new TypeError(`createLifeHarness: there is no mode ${mode}; the modes are ${MODES.join(', ')}`)
  if (registry !== undefined && !(Array.isArray(registry?.entries) && registry.settings))
    throw new TypeError(
      'createLifeHarness: this is no registry; read the text that `lifeharness export` wrote with parseRegistry()',
    )
}

/**
 * Stands the layer up. Rejects only for a configuration that cannot work; a store that fails is reported through
 * `onFault`, and the agent runs as if the layer were not there.
 */
export async function createLifeHarness(options: LifeHarnessOptions = {}): Promise<LifeHarness> {
  refuseUnusable(options)
  const override = environmentOverride()
  const off = override === 'off'
  const mode = override === 'observe' ? 'observe' : (options.mode ?? 'observe')
  const { config = {}, clock = systemClock } = options
  const faults = faultLog((fault) => {
    recordFault(fault)
    options.onFault?.(fault)
  })
  // Loaded here and not imported above: the entry of a bundle that brings its own classifiers and kinds is a third of the
  // size, and all others wait for this once.
  const [classifiers, kinds, loaded] = await Promise.all([
    options.classifiers ?? import('./classifiers/index.ts').then((module) => module.builtinClassifiers),
    options.kinds ?? import('./interventions/index.ts').then((module) => module.builtinKinds),
    import('./loaded.ts'),
  ])
  const store = options.store ?? memoryStore(options.registry)
  const recording = options.store !== undefined || options.registry === undefined
  const fixed = options.registry !== undefined
  const processId = globalThis.crypto.randomUUID()
  const redactor = loaded.createRedactor(config.redaction)
  const nextEventId = () => `${processId}-${events++}`
  const queue = eventQueue({
    store: recording ? store : { append: async () => {} },
    clock,
    faults,
    processId,
    observe: options.observe,
    ...(options.queueCapacity === undefined ? {} : { capacity: options.queueCapacity }),
    refusedEvent: (count) => ({
      ...{ type: 'fault', id: nextEventId(), at: clock.now(), where: REFUSED_EVENTS },
      ...{ message: 'the queue was full', count },
    }),
  })

  /** For `doctor`, which looks at the store from another process. */
  function recordFault({ where, error }: Fault): void {
    if (off || closed) return
    const at = clock.now()
    const message = error instanceof Error ? error.message : String(error)
    queue.push(() =>
      loaded.redactEvent({ type: 'fault', id: nextEventId(), at, where, message }, redactor.redact),
    )
  }

  /** The user's own function, or the default where it throws. */
  const familyOf: ModelFamily = (provider, modelId) => {
    try {
      return (config.modelFamily ?? modelFamily)(provider, modelId)
    } catch (error) {
      faults.report('modelFamily', error)
      return modelFamily(provider, modelId)
    }
  }

  let events = 0
  let closed = false
  let state: RegistryState = options.registry ?? { version: -1, entries: [], templates: {}, settings: {} }
  let snapshot = compileSnapshot(state, kinds, config, faults)
  let entries = entriesById(state)
  const episodes = new Map<string, Episode>()
  const settings = new Map<string, { contract: ToolContract | undefined; settings: ToolSettings }>()

  function adopt(next: RegistryState): void {
    // What is retired is not loaded any more, but an open episode may still hold it: it is then missing here.
    entries = entriesById(next)
    snapshot = compileSnapshot(next, kinds, config, faults)
    state = next
  }

  async function refresh(): Promise<void> {
    if (fixed) return
    try {
      const loaded = await store.load()
      if (loaded.version !== state.version) adopt(loaded)
    } catch (error) {
      faults.report('store load', error)
    }
  }

  const runtime: RuntimeContext = {
    off,
    mode,
    config,
    classifiers,
    loaded,
    clock,
    queue,
    faults,
    modelFamily: familyOf,
    contractsRecorded: new Set(),
    redact: (event) => loaded.redactEvent(event, redactor.redact),
    snapshot: () => snapshot,
    revoked(id, family) {
      if (state.settings.killed) return true
      const entry = entries.get(id)
      return !entry || stageFor(entry, family).stage === 'suspended'
    },
    settings(tool, contract) {
      const key = toolKey(tool)
      const known = settings.get(key)
      if (known && known.contract === contract) return known.settings
      const resolved = toolSettings(config, tool, contract)
      // A model may invent any number of names.
      if (settings.size >= KNOWN_TOOLS) settings.clear()
      settings.set(key, { contract, settings: resolved })
      return resolved
    },
    nextEventId,
    forget: (episode) => episodes.delete(episode),
  }

  await refresh()
  const unwatch = fixed ? undefined : watch()
  const learning = options.learner && mode === 'progressive' && !off ? startLearning() : undefined
  if (!options.learner && mode === 'progressive' && !fixed)
    faults.report(
      'learner',
      new Error('progressive mode without a learner: evidence is counted, nothing is induced'),
    )

  function watch(): (() => void) | undefined {
    try {
      return store.watch?.(() => void refresh())
    } catch (error) {
      faults.report('store watch', error)
      return undefined
    }
  }

  function startLearning(): ReturnType<typeof setInterval> | undefined {
    const every = options.learnEveryMs ?? LEARN_EVERY_MS
    if (every <= 0) return undefined
    const timer = setInterval(() => void learn().catch(() => {}), every)
    ;(timer as { unref?: () => void }).unref?.()
    return timer
  }

  async function learn(): Promise<void> {
    if (!options.learner || off || mode === 'frozen') return
    try {
      await queue.flush()
      await options.learner.run(store)
    } catch (error) {
      faults.report('learner', error)
    }
    await refresh()
  }

  return {
    mode,
    off,
    episode(init = {}) {
      const id = init.id ?? globalThis.crypto.randomUUID()
      const open = episodes.get(id)
      if (open) {
        // Most recently used goes last.
        episodes.delete(id)
        episodes.set(id, open)
        return open
      }
      if (episodes.size >= OPEN_EPISODES) episodes.delete(episodes.keys().next().value as string)
      const created = createEpisode({ ...init, id }, runtime)
      episodes.set(id, created)
      return created
    },
    registry: () => state,
    refresh,
    learn,
    flush: () => queue.flush(),
    async close() {
      closed = true
      if (learning !== undefined) clearInterval(learning)
      unwatch?.()
      try {
        await queue.flush()
      } finally {
        await store.close()
      }
    },
    health: () => ({ events: queue.stats(), faults: faults.count }),
    report: (where, error) => faults.report(where, error),
  }
}
