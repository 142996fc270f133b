import type { RegistryState } from '@lifeharness/core'
import Table from 'cli-table3'
import type { Profile } from './habit.ts'
import type { Induction, Lesson } from './induction.ts'
import type { WorldFigures } from './measure.ts'
import type { Estimate } from './statistics.ts'

/** What a turn of a model takes, for the time that is saved; an assumption. */
export const TURN_SECONDS = 4

export function profileTable(worlds: readonly WorldFigures[]): string {
  const table = plain([
    ...['environment', 'profile', 'episodes', 'success off → on', 'points [95 %]'],
    ...['calls off → on', 'failed off → on', 'seconds saved [95 %]'],
  ])
  for (const { world, profiles } of worlds)
    for (const { profile, episodes, off, on, gain, callsSaved } of profiles)
      table.push([
        ...[
          world,
          profile,
          episodes,
          `${percent(off.success)} → ${percent(on.success)}`,
          interval(gain, 100),
        ],
        ...[
          `${off.calls.toFixed(1)} → ${on.calls.toFixed(1)}`,
          `${off.failed.toFixed(1)} → ${on.failed.toFixed(1)}`,
        ],
        interval(callsSaved, TURN_SECONDS),
      ])
  return table.toString()
}

export function concurrentTable(worlds: readonly WorldFigures[]): string {
  const table = plain([
    ...['environment', 'treated', 'control', 'success, points [95 %]'],
    ...['calls touched', 'would have failed', 'wrong'],
  ])
  for (const { world, concurrent, audit } of worlds)
    table.push([
      ...[world, concurrent.treated, concurrent.control, interval(concurrent.difference, 100)],
      ...[audit.touched, audit.right, audit.wrong.length],
    ])
  return table.toString()
}

const LATER = new Set(['canary', 'active', 'suspended'])

/** What has come as far as canary for some family, with the first touched calls of each arm. */
export function interventionTable({ entries }: RegistryState): string {
  const table = plain(['intervention', 'tool', 'options', 'family', 'stage', 'with it', 'without'])
  for (const { intervention, stages } of entries)
    for (const [family, { stage, account }] of Object.entries(stages)) {
      if (!LATER.has(stage)) continue
      const { treated, control } = account
      table.push([
        ...[intervention.kind, intervention.tool.name, JSON.stringify(intervention.options).slice(0, 60)],
        ...[
          family,
          stage,
          `${treated.successes} of ${treated.episodes}`,
          `${control.successes} of ${control.episodes}`,
        ],
      ])
    }
  return table.toString()
}

export function lessonTable(
  lessons: readonly { world: string; lesson: Lesson; learnt: Induction }[],
): string {
  const table = plain([
    'environment',
    'tool',
    'step',
    'drafted',
    'validated',
    'approved',
    'success after: off → on',
    'failed calls',
    'wrong',
  ])
  for (const { world, lesson, learnt } of lessons) {
    const { options, drafted, validated, approved, effect, audit } = learnt
    table.push([
      ...[
        world,
        lesson.tool,
        JSON.stringify(options) ?? 'not learnt',
        drafted ?? '–',
        validated ?? '–',
        approved ?? '–',
      ],
      effect ? `${percent(effect.success.off)} → ${percent(effect.success.on)} of ${effect.episodes}` : '–',
      effect ? `${effect.failedCalls.off.toFixed(1)} → ${effect.failedCalls.on.toFixed(1)}` : '–',
      audit.wrong.length,
    ])
  }
  return table.toString()
}

/** What the agents are assumed to do. */
export function assumptions(profiles: readonly Profile[]): string {
  const table = plain([
    'profile',
    'hint corrects',
    'error that names it',
    'any error',
    'repeats',
    'attempts',
    'failures',
  ])
  for (const { name, rates } of profiles)
    table.push([
      ...[name, percent(rates.hint), percent(rates.error), percent(rates.blind), percent(rates.repeat)],
      ...[rates.attempts, rates.failures],
    ])
  return table.toString()
}

function plain(head: string[]): Table.Table {
  return new Table({ head, style: { head: [], border: [] } })
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}

function interval({ mean, low, high }: Estimate, factor: number): string {
  const shown = (value: number) => (value * factor).toFixed(1)
  return `${shown(mean)} [${shown(low)}, ${shown(high)}]`
}
