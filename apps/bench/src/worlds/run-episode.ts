import type { LifeHarness } from '@lifeharness/core'
import type { Environment } from '../../environments/environment.ts'
import type { VirtualClock } from '../../environments/virtual-clock.ts'
import { type Turn, work } from './agent.ts'
import type { Profile } from './habit.ts'
import { ACTIONS, hostOf } from './host.ts'
import type { Key } from './luck.ts'

export type EpisodeReport = {
  id: string
  profile: Profile['name']
  seed: number
  template: string
  success: boolean
  turns: readonly Turn[]
  /** Tool calls that failed, as the agent saw it. */
  failed: number
  /** By the clock of its world. */
  began: number
  elapsedMs: number
}

export type EpisodeOptions = {
  /** Unique over all that one layer sees. */
  id: string
  profile: Profile
  seed: number
  keys: readonly Key[]
  /** That of the environment, and of the layer. */
  clock: VirtualClock
  /** Absent: the agent runs without the layer. */
  lifeHarness?: LifeHarness
}

/** Lets an agent work on one task, and judges what the world is like afterwards. */
export async function runEpisode(
  environment: Environment,
  { id, profile, seed, keys, clock, lifeHarness }: EpisodeOptions,
): Promise<EpisodeReport> {
  const { task, tools } = await environment.reset(seed)
  const began = clock.now()
  const episode = lifeHarness?.episode({
    id,
    // Each task is somebody else's.
    subject: task.id,
    model: { provider: 'scripted', modelId: profile.modelId },
    actions: ACTIONS,
  })
  const plan = environment.solution(seed)
  const turns = await work({
    profile,
    plan,
    tools,
    host: hostOf(tools, clock, episode),
    keys: [profile.name, seed, ...keys],
  })
  const elapsedMs = clock.now() - began
  const success = (await environment.check()) === 1
  episode?.end({ success })
  const failed = turns.filter(({ told }) => !told.noCall && told.failed).length
  const { template } = task
  return { id, profile: profile.name, seed, template, success, turns, failed, began, elapsedMs }
}
