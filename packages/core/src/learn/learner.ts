import { builtinClassifiers } from '../classifiers/index.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { LifeHarnessConfig } from '../config.ts'
import { declaresCompensation, takesBack, toolSettings } from '../config.ts'
import type { Classifier } from '../failure.ts'
import { priceOf } from '../false-discovery.ts'
import type { Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Learner, LearnReport } from '../learner.ts'
import type { RegistryState, Transition } from '../registry.ts'
import type { Cursor, Store } from '../store.ts'
import type { Trajectory } from '../trajectory.ts'
import type { CountedOutcome } from './accounts.ts'
import { changesFrom } from './changes.ts'
import { type Ledger, STAGE_LIMITS, type StageLimits } from './decide.ts'
import { type ClosedEpisode, episodeLog } from './episode-log.ts'
import type { Inducer } from './evidence.ts'
import { readTrajectories } from './from-store.ts'
import { type Health, healthOf } from './health.ts'
import { builtinInducers } from './inducers/index.ts'
import { type Learnt, learn } from './learn.ts'
import { leaseOn } from './lease.ts'
import { collectOutcomes, type OutcomeOptions } from './outcomes.ts'
import { byRemovedImpact } from './rank.ts'
import { clusterTemplates, mergeTemplates, templateOf } from './templates.ts'

/** All optional. */
export type LearnerOptions = {
  /** What proposes. Default: those that come with the library. */
  inducers?: readonly Inducer[]
  /** Default: those that come with the library; the same as the agents'. */
  classifiers?: readonly Classifier[]
  /** Default: those that come with the library; the same as the agents'. */
  kinds?: readonly Kind[]
  /** What you know of your tools: the same as the agents'. */
  config?: LifeHarnessConfig
  /** Error rates, shares and times of the stages. Default: `STAGE_LIMITS`. */
  limits?: Partial<StageLimits>
  /** Quiet time after which an episode without an end is over, in milliseconds. Default 30 minutes. */
  idleMs?: number
  /**
   * The log is mined anew when it has grown by this share since the last time, so that the work over its life stays
   * proportional to it. Default 0.02; 0 mines at every run with a new call.
   */
  growth?: number
  /** An extension that threw. Default: it is passed over in silence. */
  fault?: (where: string, error: unknown) => void
  /** Told how the layer fares after each run: its `warnings` are the alerts. What it throws goes to `fault`. */
  onHealth?: (health: Health) => void
  /** Default: the machine's. */
  clock?: Pick<Clock, 'now'>
}

/** Times a commit is tried when others commit in between; then the next run goes on. */
const TRIES = 8
const PAGE = 1_000
const IDLE_MS = 30 * 60_000

/**
 * The slow loop. Keeps in memory how far it has read; a new one reads from the beginning and comes to the same, because
 * the registry says which episodes were counted. Runs of one learner must not overlap. Where the store has leases one
 * learner at a time is at work on it, in whatever process, and the others' runs do nothing (`busy`); where it has none
 * they may run beside each other. Either way each commit is compare-and-set, and nothing counts twice.
 */
export function createLearner(options: LearnerOptions = {}): Learner {
  const {
    inducers = builtinInducers,
    classifiers = builtinClassifiers,
    kinds = builtinKinds,
    config = {},
    growth = 0.02,
    clock = systemClock,
  } = options
  const limits: StageLimits = { ...STAGE_LIMITS, ...options.limits }
  const signals: OutcomeOptions = {
    declaresSuccess: (tool) => toolSettings(config, tool).succeeded !== undefined,
    ...(declaresCompensation(config)
      ? { compensates: (earlier, later) => takesBack(config, later.tool, earlier.tool) }
      : {}),
  }
  const log = episodeLog(options.idleMs ?? IDLE_MS)
  const outcomes = new Map<string, CountedOutcome[]>()
  const touched = new Map<string, number>()
  const history = openHistory()
  let cursor: Cursor = 0
  let calls = 0
  let minedCalls = 0
  let learnt: Learnt | undefined

  function note({ trajectory, failureOf, closedAt, lastAt }: ClosedEpisode): void {
    for (const outcome of collectOutcomes(trajectory, failureOf, signals)) {
      const { intervention, family } = outcome
      const known = outcomes.get(intervention)
      if (known) known.push({ at: closedAt, outcome })
      else outcomes.set(intervention, [{ at: closedAt, outcome }])
      touched.set(`${intervention} ${family}`, lastAt)
    }
  }

  async function readLog(store: Store): Promise<number> {
    let events = 0
    for (;;) {
      const before = cursor
      for await (const { seq, event } of store.read(cursor, PAGE)) {
        for (const closed of log.add(seq, event)) note(closed)
        if (event.type === 'tool') calls++
        cursor = seq
        events++
      }
      if (cursor === before) return events
    }
  }

  async function commit(store: Store): Promise<readonly Transition[]> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const state = await store.load()
      await history.follow(store, state.version)
      const changes = changesFrom({
        ...{ state, outcomes, touched, kinds, config, limits },
        contracts: log.contracts,
        validated: learnt ? byRemovedImpact(learnt.validated) : [],
        templates: learnt ? templatesOf(learnt) : {},
        registered: history.registered,
        ledger: history.ledger(state),
        now: clock.now(),
      })
      const version = changes.length === 0 ? state.version : await store.commit(state.version, changes)
      if (version === 'stale') continue
      history.add(changes, version)
      outcomes.clear()
      return changes
    }
    return []
  }

  async function learnFrom(store: Store, source: () => AsyncIterable<Trajectory>): Promise<LearnReport> {
    const events = await readLog(store)
    if (calls > 0 && (!learnt || calls - minedCalls > growth * minedCalls)) {
      const registered = (await store.load()).entries.map(({ intervention }) => intervention)
      learnt = await learn(source, {
        ...{ inducers, classifiers, kinds, config, registered },
        ...(options.fault ? { fault: options.fault } : {}),
      })
      minedCalls = calls
    }
    const moves = (await commit(store)).filter(({ type }) => type === 'stage')
    const proposed = moves.filter((move) => move.type === 'stage' && move.from === undefined).length
    return { events, proposed, moved: moves.length - proposed }
  }

  async function tellHealth(store: Store): Promise<void> {
    const { onHealth, fault } = options
    if (!onHealth || !learnt) return
    const registry = await store.load()
    const health = healthOf({ mined: learnt.mined, registry, touched, stageLimits: limits, now: clock.now() })
    try {
      onHealth(health)
    } catch (error) {
      fault?.('onHealth', error)
    }
  }

  return {
    async run(store): Promise<LearnReport> {
      const lease = leaseOn(store, clock)
      if (!(await lease.take())) return { events: 0, proposed: 0, moved: 0, busy: true }
      try {
        const report = await learnFrom(store, () => lease.during(readTrajectories(store)))
        await tellHealth(store)
        return report
      } finally {
        await lease.giveBack()
      }
    },
  }
}

function templatesOf({ mined }: Learnt): Record<string, string> {
  const counted = [...mined.signatures.values()].map(({ signature, template, count }) => {
    return { signature, text: template, count }
  })
  const state = clusterTemplates(mergeTemplates([], counted))
  return Object.fromEntries(
    counted.map(({ signature, text }) => [signature, templateOf(state, signature)?.text ?? text]),
  )
}

/** What the registry's history says of all that was ever tested; read again only when somebody else has committed. */
function openHistory() {
  const registered = new Set<string>()
  const levels = new Map<string, number>()
  const discovered = new Set<string>()
  let version: number | undefined

  function note(change: Transition): void {
    if (change.type !== 'stage' && change.type !== 'account') return
    const { intervention, stages } = change.entry
    registered.add(intervention.id)
    // What enters anew after it faded has another level: each level that was assigned is one hypothesis.
    for (const [family, { account }] of Object.entries(stages))
      if (account.level > 0) levels.set(`${intervention.id} ${family} ${account.level}`, account.level)
    if (change.type !== 'stage' || change.by !== 'learner') return
    const { family, from, to } = change
    if (from === 'canary' && to === 'active')
      discovered.add(`${intervention.id} ${family} ${stages[family]?.account.level}`)
  }

  return {
    registered: registered as ReadonlySet<string>,
    async follow(store: Store, current: number): Promise<void> {
      if (version === current) return
      for await (const change of store.history()) note(change)
      version = current
    },
    add(changes: readonly Transition[], committed: number): void {
      for (const change of changes) note(change)
      version = committed
    },
    ledger({ entries }: RegistryState): Ledger {
      const records = entries.flatMap(({ stages }) => Object.values(stages))
      return {
        canaries: records.filter(({ stage }) => stage === 'canary').length,
        spent: [...levels].reduce(
          (sum, [key, level]) => (discovered.has(key) ? sum : sum + priceOf(level)),
          0,
        ),
        discoveries: discovered.size,
      }
    },
  }
}
