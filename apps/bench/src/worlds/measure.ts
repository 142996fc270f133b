import type { RegistryState } from '@lifeharness/core'
import { type Audit, audit } from './audit.ts'
import type { Profile } from './habit.ts'
import { type Layer, openLayer } from './layer.ts'
import { profilesIn } from './profiles.ts'
import { type EpisodeReport, runEpisode } from './run-episode.ts'
import { type Estimate, estimate, estimateDifference, mean } from './statistics.ts'
import type { World } from './world.ts'

export type Effort = {
  /** Episodes on tasks for training, and then on tasks for testing, of all profiles together. */
  train: number
  test: number
  seed: number
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
}
export type Reached = { success: number; calls: number; failed: number }

/** Episodes that were drawn for an intervention against those of the same time that were not, by the first that met one. */
export type Concurrent = { treated: number; control: number; difference: Estimate }

export type WorldFigures = {
  world: string
  profiles: ProfileFigures[]
  concurrent: Concurrent
  audit: Audit
  registry: RegistryState
  faults: string[]
}

const LEARN_EVERY = 10
const MINUTE = 60_000

export async function measureWorld(world: World, { train, test, seed }: Effort): Promise<WorldFigures> {
  const environment = world.open()
  const elsewhere = world.open()
  const layer = await openLayer(world)
  const profiles = profilesIn(world)
  const audited: Audit = { touched: 0, right: 0, wrong: [] }
  const withLayer: EpisodeReport[] = []
  const pairs: { off: EpisodeReport; on: EpisodeReport }[] = []

  async function episode(split: 'train' | 'test', index: number): Promise<void> {
    const seeds = [...environment.tasks.keys()].filter((at) => environment.tasks[at]?.split === split)
    const profile = profiles[index % profiles.length] as Profile
    const task = seeds[(Math.floor(index / profiles.length) * 7 + seed) % seeds.length] as number
    const options = { id: `${split} ${index}`, profile, seed: task, keys: [seed, split, index] }
    const on = await runEpisode(environment, { ...options, lifeHarness: layer.lifeHarness })
    withLayer.push(on)
    const { touched, right, wrong } = await audit(elsewhere, on)
    audited.touched += touched
    audited.right += right
    audited.wrong.push(...wrong)
    if (split === 'test') pairs.push({ off: await runEpisode(environment, options), on })
    layer.clock.pass(MINUTE)
    if (index % LEARN_EVERY === LEARN_EVERY - 1) await layer.learn()
  }

  for (let index = 0; index < train; index++) await episode('train', index)
  for (let index = 0; index < test; index++) await episode('test', index)
  const registry = await layer.learn()
  await closeAll(layer, environment, elsewhere)
  return {
    world: world.name,
    profiles: profiles.map(({ name }) => profileFigures(name, pairs)),
    concurrent: concurrentFigures(withLayer),
    ...{ audit: audited, registry, faults: layer.faults },
  }
}

async function closeAll(
  { lifeHarness }: Layer,
  ...environments: { close?(): Promise<void> }[]
): Promise<void> {
  await lifeHarness.close()
  for (const one of environments) await one.close?.()
}

function profileFigures(
  profile: Profile['name'],
  pairs: readonly { off: EpisodeReport; on: EpisodeReport }[],
): ProfileFigures {
  const own = pairs.filter(({ on }) => on.profile === profile)
  return {
    ...{ profile, episodes: own.length },
    off: reached(own.map(({ off }) => off)),
    on: reached(own.map(({ on }) => on)),
    gain: estimate(own.map(({ off, on }) => Number(on.success) - Number(off.success))),
    callsSaved: estimate(own.map(({ off, on }) => off.turns.length - on.turns.length)),
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
  const arms = { applied: [] as number[], control: [] as number[] }
  for (const { turns, success } of reports) {
    const met = turns.flatMap(({ told }) => (told.noCall ? [] : told.applied))
    const arm = met.find(({ arm }) => arm !== 'shadow')?.arm
    if (arm === 'applied' || arm === 'control') arms[arm].push(Number(success))
  }
  return {
    ...{ treated: arms.applied.length, control: arms.control.length },
    difference: estimateDifference(arms.applied, arms.control),
  }
}
