import {
  createLifeHarness,
  type Intervention,
  type Learner,
  type LifeHarness,
  type LifeHarnessConfig,
  memoryStore,
  type RegistryState,
  type Store,
} from '@lifeharness/core'
import { type Environment, type EpisodeReport, runEpisode } from './agent.ts'
import { audit, type Deeds, toolEvents } from './audit.ts'
import { evaluationTemplates } from './evaluation-tasks.ts'
import type { Key } from './random.ts'
import { shopState } from './shop.ts'
import { makeTask, type Task, TRAINING, UNSEEN } from './task.ts'
import { trainingTemplates } from './training-tasks.ts'

/** What the owner of this agent declares of his tools; the layer believes no tool that it may be called twice. */
export function demoConfig({ shops }: Environment): LifeHarnessConfig {
  return {
    tools: {
      'find_*': { readOnly: true },
      'list_*': { readOnly: true },
      run_sql: { readOnly: true },
      track_parcel: { readOnly: true },
      book_pickup: { idempotent: true },
      check_address: { idempotent: true },
    },
    trustedOrigins: ['mcp:files'],
    observeState: ({ id }) => {
      const db = shops.get(id.split('/')[0] ?? '')
      return db && shopState(db)
    },
  }
}

/** Episodes that run side by side; the waiting of one is the work of another. */
const SIDE_BY_SIDE = 8

async function runAll<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const work = async () => {
    while (next < items.length) {
      const at = next++
      results[at] = await run(items[at]!)
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return results
}

/** Training episodes `from` to `from + count`, one after the other through one layer. */
export function train(
  environment: Environment,
  lifeHarness: LifeHarness | undefined,
  { from, count, seed }: { from: number; count: number; seed: number },
): Promise<EpisodeReport[]> {
  const templates = trainingTemplates(environment.files)
  const numbers = Array.from({ length: count }, (_, index) => from + index)
  return runAll(numbers, (number) => {
    const task = makeTask(templates, TRAINING, number, 'training', seed, number)
    return runEpisode(environment, {
      task,
      label: 'training',
      luck: seed,
      ...(lifeHarness ? { lifeHarness } : {}),
    })
  })
}

export type Activation = {
  rounds: number
  reports: EpisodeReport[]
  deeds: Map<string, Deeds>
  registry: RegistryState
}

/**
 * Real episodes through the real stage machine, in rounds, with the learner running after each; until nothing is in
 * canary and nothing has moved for a while, or the rounds are over.
 */
export async function activate(
  environment: Environment,
  options: {
    store: Store
    learner: Learner
    seed: number
    from: number
    roundLength: number
    maxRounds: number
    onRound(round: number): Promise<void>
  },
): Promise<Activation> {
  const { store, learner, seed, from, roundLength, maxRounds, onRound } = options
  const lifeHarness = await createLifeHarness({
    store,
    learner,
    mode: 'progressive',
    config: demoConfig(environment),
    learnEveryMs: 0,
    onFault: reportFault,
  })
  const reports: EpisodeReport[] = []
  let rounds = 0
  let quiet = 0
  while (rounds < maxRounds && quiet < QUIET_ROUNDS) {
    const before = stagesOf(lifeHarness.registry())
    reports.push(
      ...(await train(environment, lifeHarness, {
        from: from + rounds * roundLength,
        count: roundLength,
        seed,
      })),
    )
    await lifeHarness.learn()
    rounds++
    const after = stagesOf(lifeHarness.registry())
    quiet = after === before && !after.includes('canary') ? quiet + 1 : 0
    await onRound(rounds)
  }
  await lifeHarness.flush()
  const registry = lifeHarness.registry()
  return { rounds, reports, deeds: audit(reports, await toolEvents(store)), registry }
}

const QUIET_ROUNDS = 2

function stagesOf({ entries }: RegistryState): string {
  return entries
    .flatMap(({ intervention, stages }) => Object.values(stages).map((s) => intervention.id + s.stage))
    .join()
}

/** A fault inside the layer is a failure of the demo. */
const faults: string[] = []
function reportFault(fault: { where: string; error: unknown }): void {
  faults.push(`${fault.where}: ${fault.error instanceof Error ? fault.error.message : String(fault.error)}`)
}
export const faultsSoFar = (): readonly string[] => faults

export type Arms = { control: EpisodeReport[]; treated: EpisodeReport[] }

export type Evaluation = { seeds: Arms[]; deeds: Map<string, Deeds> }

/** Unseen tasks, each with the frozen layer and without it, at the same time and with the same luck. */
export async function evaluate(
  environment: Environment,
  registry: RegistryState,
  { seed, seeds, tasks }: { seed: number; seeds: number; tasks: number },
): Promise<Evaluation> {
  const store = memoryStore()
  const lifeHarness = await createLifeHarness({
    registry,
    store,
    mode: 'frozen',
    config: demoConfig(environment),
    onFault: reportFault,
  })
  const templates = evaluationTemplates(environment.files)
  const serials = Array.from({ length: seeds * tasks }, (_, serial) => serial)
  const both = await runAll(serials, async (serial) => {
    const luck: Key = `${seed} evaluation ${Math.floor(serial / tasks)}`
    const task: Task = makeTask(templates, UNSEEN, serial, 'unseen', seed, serial)
    const control = await runEpisode(environment, { task, label: 'control', luck })
    const treated = await runEpisode(environment, { task, label: 'treated', luck, lifeHarness })
    return { control, treated }
  })
  await lifeHarness.flush()
  const deeds = audit(
    both.map(({ treated }) => treated),
    await toolEvents(store),
  )
  await lifeHarness.close()
  const arms = Array.from({ length: seeds }, (_, at): Arms => {
    const own = both.slice(at * tasks, (at + 1) * tasks)
    return { control: own.map(({ control }) => control), treated: own.map(({ treated }) => treated) }
  })
  return { seeds: arms, deeds }
}

export async function observe(
  environment: Environment,
  { store, seed, episodes }: { store: Store; seed: number; episodes: number },
): Promise<EpisodeReport[]> {
  const config = demoConfig(environment)
  const lifeHarness = await createLifeHarness({ store, mode: 'observe', config, onFault: reportFault })
  const reports = await train(environment, lifeHarness, { from: 0, count: episodes, seed })
  await lifeHarness.flush()
  return reports
}

/** The tempting candidate: cents written as they stand in the text, which are whole units. */
export function isHarmful({ tool, options }: Intervention): boolean {
  return tool.name === 'refund_order' && options.path === '/amount_cents'
}
