import type { RegistryState, Transition } from '@lifeharness/core'
import type { Environment } from '../../environments/environment.ts'
import { type Audit, audit, openElsewhere } from './audit.ts'
import type { Profile } from './habit.ts'
import { type Layer, openLayer } from './layer.ts'
import { profilesIn } from './profiles.ts'
import { type EpisodeReport, runEpisode } from './run-episode.ts'
import { approveEffects, begin, type Start } from './start.ts'
import { type Drawn, type Estimate, estimate, estimateDifference, mean } from './statistics.ts'
import type { World } from './world.ts'

export type Effort = {
  /** Episodes on tasks for training, and then on tasks for testing, of all profiles together. */
  train: number
  test: number
  seed: number
  start: Start
  /** Places in canary; the library's own default is few. */
  canaries: number
}

/** One profile on the tasks for testing, each without the layer and with it. */
export type ProfileFigures = {
  profile: Profile['name']
  episodes: number
  off: Reached
  on: Reached
  /** Of the success, as a share. */
  gain: Estimate
  callsSaved: Estimate
  /** By the clock of the world. */
  secondsSaved: Estimate
}
export type Reached = { success: number; calls: number; failed: number }

/** Episodes that were drawn for an intervention against those of the same time that were not, by the first that met one. */
export type Concurrent = { treated: number; control: number; difference: Estimate }

export type WorldFigures = {
  world: string
  start: Start
  profiles: ProfileFigures[]
  concurrent: Concurrent
  audit: Audit
  /** Tasks that an agent scores in which does nothing. */
  idle: string[]
  /** Episodes that succeed without the layer and fail with it, and what was applied in them. */
  lost: { episode: string; interventions: readonly string[] }[]
  registry: RegistryState
  /** Moves to each stage over the whole run, and by whom. */
  moves: Transition[]
  /** By the clock of the world, in the end. */
  now: number
  /** From the first episode to the last. */
  episodesADay: number
  faults: string[]
}

const LEARN_EVERY = 10
const MINUTE = 60_000
const DAY = 86_400_000

export async function measureWorld(world: World, effort: Effort): Promise<WorldFigures> {
  const { train, test, seed, start, canaries } = effort
  const profiles = profilesIn(world)
  const elsewhere = openElsewhere(world)
  const { tools } = await elsewhere.environment.reset(0)
  const layer = await openLayer(
    world,
    (store, clock) => begin(store, world, { ...{ start, tools, profiles }, now: clock.now() }),
    { canaries },
  )
  const { clock } = layer
  const environment = world.open(clock)
  const audited: Audit = { touched: 0, wrong: [] }
  const withLayer: EpisodeReport[] = []
  const pairs: Pair[] = []
  const began = clock.now()
  const seen = new Set<number>()
  const idle: string[] = []

  async function episode(split: 'train' | 'test', index: number): Promise<void> {
    const seeds = seedsOf(environment, split)
    const profile = profiles[index % profiles.length] as Profile
    const task = seeds[(Math.floor(index / profiles.length) * 7 + seed) % seeds.length] as number
    if (!seen.has(task)) {
      seen.add(task)
      await elsewhere.environment.reset(task)
      if ((await elsewhere.environment.check()) > 0) idle.push(environment.tasks[task]?.id as string)
    }
    const options = { id: `${split} ${index}`, profile, seed: task, keys: [seed, split, index], clock }
    const on = await runEpisode(environment, { ...options, lifeHarness: layer.lifeHarness })
    withLayer.push(on)
    const { touched, wrong } = await audit(elsewhere, on)
    audited.touched += touched
    audited.wrong.push(...wrong)
    if (split === 'test') pairs.push({ off: await runEpisode(environment, options), on })
    clock.advance(MINUTE)
    if (index % LEARN_EVERY !== LEARN_EVERY - 1) return
    await layer.learn()
    if (await approveEffects(layer.store, profiles, clock.now())) await layer.lifeHarness.refresh()
  }

  for (let index = 0; index < train; index++) await episode('train', index)
  for (let index = 0; index < test; index++) await episode('test', index)
  const registry = await layer.learn()
  const moves = await Array.fromAsync(layer.store.history())
  await closeAll(layer, environment, elsewhere.environment)
  return {
    ...{ world: world.name, start },
    profiles: profiles.map(({ name }) => profileFigures(name, pairs)),
    concurrent: concurrentFigures(withLayer),
    idle,
    ...{ audit: audited, lost: lostIn(pairs), registry, moves, faults: layer.faults, now: clock.now() },
    episodesADay: ((train + test) * DAY) / (clock.now() - began),
  }
}

/** Where all recorded tasks are for testing, every third of them is. */
function seedsOf({ tasks }: Environment, split: 'train' | 'test'): number[] {
  const isSplit = new Set(tasks.map((task) => task.split)).size > 1
  const splitOf = (at: number) => (isSplit ? tasks[at]?.split : at % 3 === 2 ? 'test' : 'train')
  return [...tasks.keys()].filter((at) => splitOf(at) === split)
}

type Pair = { off: EpisodeReport; on: EpisodeReport }

function lostIn(pairs: readonly Pair[]): WorldFigures['lost'] {
  return pairs
    .filter(({ off, on }) => off.success && !on.success)
    .map(({ on: { id, turns } }) => {
      const applied = turns.flatMap(({ told }) => (told.noCall ? [] : told.applied))
      const acting = applied.filter(({ arm }) => arm === 'applied').map(({ intervention }) => intervention)
      return { episode: id, interventions: [...new Set(acting)] }
    })
}

async function closeAll(
  { lifeHarness }: Layer,
  ...environments: { close?(): Promise<void> }[]
): Promise<void> {
  await lifeHarness.close()
  for (const one of environments) await one.close?.()
}

function profileFigures(profile: Profile['name'], pairs: readonly Pair[]): ProfileFigures {
  const own = pairs.filter(({ on }) => on.profile === profile)
  return {
    ...{ profile, episodes: own.length },
    off: reached(own.map(({ off }) => off)),
    on: reached(own.map(({ on }) => on)),
    gain: estimate(own.map(({ off, on }) => Number(on.success) - Number(off.success))),
    callsSaved: estimate(own.map(({ off, on }) => off.turns.length - on.turns.length)),
    secondsSaved: estimate(own.map(({ off, on }) => (off.elapsedMs - on.elapsedMs) / 1_000)),
  }
}

function reached(reports: readonly EpisodeReport[]): Reached {
  return {
    success: mean(reports.map(({ success }) => Number(success))),
    calls: mean(reports.map(({ turns }) => turns.length)),
    failed: mean(reports.map(({ failed }) => failed)),
  }
}

function concurrentFigures(reports: readonly EpisodeReport[]): Concurrent {
  const treated: Drawn[] = []
  const control: Drawn[] = []
  for (const { turns, success } of reports) {
    const met = turns.flatMap(({ told }) => (told.noCall ? [] : told.applied))
    const first = met.find(({ treatedShare }) => treatedShare !== undefined && treatedShare < 1)
    const share = first?.treatedShare
    if (share === undefined) continue
    const value = Number(success)
    if (first?.arm === 'applied') treated.push({ value, share })
    else control.push({ value, share: 1 - share })
  }
  return {
    ...{ treated: treated.length, control: control.length },
    difference: estimateDifference(treated, control),
  }
}
