import type { RegistryEntry, RegistryState } from '@lifeharness/core'
import { promoteByPerson } from '@lifeharness/core/learn'
import { type Audit, audit, openElsewhere } from './audit.ts'
import { skipsPrerequisites } from './contract-habits.ts'
import type { Profile, Rates } from './habit.ts'
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

/** Who shows it: how often the step is left out, and what then comes of the failure. */
export type Pupil = { name: string; skips: number; rates: Rates }

const RATES: Rates = { hint: 0.9, error: 0.7, blind: 0.4, repeat: 0.1, attempts: 5, failures: 12 }

/** Who never finds out by himself teaches nothing: all of these do, more or less. */
export const PUPILS: readonly Pupil[] = [
  { name: 'seldom leaves it out, gives up', skips: 0.3, rates: RATES },
  { name: 'often, gives up', skips: 0.6, rates: RATES },
  { name: 'often, goes on trying', skips: 0.6, rates: { ...RATES, blind: 0.6, repeat: 0.6 } },
  { name: 'mostly, goes on trying', skips: 0.9, rates: { ...RATES, blind: 0.3, repeat: 0.8 } },
]

/** In which episode (from 1) it came so far; undefined where it never did. */
export type Induction = {
  options?: unknown
  drafted?: number
  validated?: number
  approved?: number
  /** Why it came no further. */
  missing?: string
  /** Of episodes after it was approved, against the same episodes without the layer. */
  effect?: { episodes: number; success: OnOff; failedCalls: OnOff }
  audit: Audit
}

type OnOff = { on: number; off: number }
export type LessonOptions = { pupil: Pupil; seed: number; most?: number }

const AFTER = 12

/**
 * From an empty registry, one episode after another, the slow loop after each; what inserts a call is approved by a
 * scripted person as soon as replay has validated it.
 */
export async function induction(
  world: World,
  lesson: Lesson,
  { pupil, seed, most = 20 }: LessonOptions,
): Promise<Induction> {
  const elsewhere = openElsewhere(world)
  const { lifeHarness, store, clock, learn } = await openLayer(world)
  const environment = world.open(clock)
  const careful = profilesIn(world).find(({ name }) => name === 'careful') as Profile
  const profile: Profile = {
    ...careful,
    inclinations: [of(pupil.skips, skipsPrerequisites), ...careful.inclinations],
    rates: pupil.rates,
  }
  const seeds = [...environment.tasks.keys()].filter((at) =>
    lesson.templates.includes(environment.tasks[at]?.template as string),
  )
  const found: Induction = { audit: { touched: 0, wrong: [] } }
  const before: EpisodeReport[] = []
  const pairs: { on: EpisodeReport; off: EpisodeReport }[] = []
  let entry: RegistryEntry | undefined

  async function approve(state: RegistryState, id: string): Promise<void> {
    const now = clock.now()
    const moves = promoteByPerson(state, id, 'active', 'approved by the scripted person', { now })
    await store.commit(state.version, moves)
    await lifeHarness.refresh()
  }

  for (let index = 0; index < (found.approved ?? most) + AFTER; index++) {
    if (found.approved === undefined && index >= most) break
    const task = seeds[index % seeds.length] as number
    const options = { id: `lesson ${index}`, profile, seed: task, keys: [seed, 'lesson', index], clock }
    const on = await runEpisode(environment, { ...options, lifeHarness })
    const { touched, wrong } = await audit(elsewhere, on)
    found.audit.touched += touched
    found.audit.wrong.push(...wrong)
    if (found.approved !== undefined) {
      pairs.push({ on, off: await runEpisode(environment, options) })
      continue
    }
    before.push(on)
    clock.advance(60_000)
    entry = stepIn(await learn(), lesson)
    if (!entry) continue
    found.options = entry.intervention.options
    found.drafted ??= index + 1
    if (entry.stages.default?.stage === 'proposed') continue
    found.validated ??= index + 1
    await approve(lifeHarness.registry(), entry.intervention.id)
    found.approved = index + 1
  }
  if (found.approved === undefined) found.missing = entry?.stages.default?.reason ?? unseen(before, lesson)
  if (pairs.length > 0) found.effect = effectOf(pairs)
  await lifeHarness.close()
  await environment.close?.()
  await elsewhere.environment.close?.()
  return found
}

function stepIn({ entries }: RegistryState, { tool }: Lesson): RegistryEntry | undefined {
  return entries.find(
    ({ intervention }) => intervention.kind === 'insert-step' && intervention.tool.name === tool,
  )
}

/** What of it was there to be seen. */
function unseen(reports: readonly EpisodeReport[], { tool }: Lesson): string {
  const failed = reports.filter(({ turns }) => failedAt(turns, tool) >= 0)
  const mended = failed.filter(({ turns }) =>
    turns
      .slice(failedAt(turns, tool))
      .some(({ meant, told }) => meant.tool === tool && !told.noCall && !told.failed),
  )
  return `no draft: ${failed.length} of ${reports.length} episodes showed it, ${mended.length} of them with what mends it`
}

function failedAt(turns: EpisodeReport['turns'], tool: string): number {
  return turns.findIndex(({ meant, habit, told }) => {
    return meant.tool === tool && habit === undefined && !told.noCall && told.failed
  })
}

function effectOf(pairs: readonly { on: EpisodeReport; off: EpisodeReport }[]): Induction['effect'] {
  const compared = (of: (report: EpisodeReport) => number): OnOff => ({
    on: mean(pairs.map(({ on }) => of(on))),
    off: mean(pairs.map(({ off }) => of(off))),
  })
  return {
    episodes: pairs.length,
    success: compared(({ success }) => Number(success)),
    failedCalls: compared(({ failed }) => failed),
  }
}
