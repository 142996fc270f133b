import type { RegistryState, Transition } from '@lifeharness/core'
import { promoteByPerson } from '@lifeharness/core/learn'
import { type Audit, audit } from './audit.ts'
import { skipsPrerequisites } from './contract-habits.ts'
import type { Profile } from './habit.ts'
import { openLayer } from './layer.ts'
import { of, profilesIn } from './profiles.ts'
import { type EpisodeReport, runEpisode } from './run-episode.ts'
import { mean } from './statistics.ts'
import type { World } from './world.ts'

/** What is to be learnt: that calls of a tool need another one first. */
export type Lesson = {
  tool: string
  /** Templates whose tasks need it. */
  templates: readonly string[]
}

/** In which episode (from 1) it came so far; undefined where it never did. */
export type Induction = {
  options?: unknown
  drafted?: number
  validated?: number
  approved?: number
  /** Of episodes after it was approved, against the same episodes without the layer. */
  effect?: { episodes: number; success: OnOff; failedCalls: OnOff }
  audit: Audit
}

type OnOff = { on: number; off: number }

const AFTER = 12
const SKIPS = 0.6
const PERSISTENT = { blind: 0.6, repeat: 0.6 }

/**
 * From an empty registry, one episode after another, the slow loop after each; what inserts a call is approved by a
 * scripted person as soon as replay has validated it.
 */
export async function induction(world: World, lesson: Lesson, most = 20, seed = 1): Promise<Induction> {
  const environment = world.open()
  const elsewhere = world.open()
  const { lifeHarness, store, clock, learn } = await openLayer(world)
  const careful = profilesIn(world).find(({ name }) => name === 'careful') as Profile
  // Who never finds out by himself teaches nothing: an agent that leaves steps out, and mostly gets there all the same.
  const profile: Profile = {
    ...careful,
    inclinations: [of(SKIPS, skipsPrerequisites), ...careful.inclinations],
    rates: { ...careful.rates, ...PERSISTENT },
  }
  const seeds = [...environment.tasks.keys()].filter((at) =>
    lesson.templates.includes(environment.tasks[at]?.template as string),
  )
  const found: Induction = { audit: { touched: 0, right: 0, wrong: [] } }
  const pairs: { on: EpisodeReport; off: EpisodeReport }[] = []
  const step = ({ entries }: RegistryState) =>
    entries.find(({ intervention: { kind, tool } }) => kind === 'insert-step' && tool.name === lesson.tool)

  async function approve(state: RegistryState, id: string): Promise<void> {
    const moves: Transition[] = promoteByPerson(state, id, 'active', 'approved by the scripted person', {
      now: clock.now(),
    })
    await store.commit(state.version, moves)
    await lifeHarness.refresh()
  }

  for (let index = 0; index < (found.approved ?? most) + AFTER; index++) {
    if (found.approved === undefined && index >= most) break
    const options = {
      id: `lesson ${index}`,
      profile,
      seed: seeds[index % seeds.length] as number,
      keys: [seed, 'lesson', index],
    }
    const on = await runEpisode(environment, { ...options, lifeHarness })
    const { touched, right, wrong } = await audit(elsewhere, on)
    found.audit.touched += touched
    found.audit.right += right
    found.audit.wrong.push(...wrong)
    if (found.approved !== undefined) {
      const off = await runEpisode(environment, options)
      pairs.push({ on, off })
      continue
    }
    clock.pass(60_000)
    const entry = step(await learn())
    if (!entry) continue
    found.options = entry.intervention.options
    found.drafted ??= index + 1
    if (entry.stages.default?.stage === 'proposed') continue
    found.validated ??= index + 1
    await approve(lifeHarness.registry(), entry.intervention.id)
    found.approved = index + 1
  }
  const compared = (of: (report: EpisodeReport) => number): OnOff => ({
    on: mean(pairs.map(({ on }) => of(on))),
    off: mean(pairs.map(({ off }) => of(off))),
  })
  if (pairs.length > 0)
    found.effect = {
      episodes: pairs.length,
      success: compared(({ success }) => Number(success)),
      failedCalls: compared(({ failed }) => failed),
    }
  await lifeHarness.close()
  await environment.close?.()
  await elsewhere.close?.()
  return found
}
