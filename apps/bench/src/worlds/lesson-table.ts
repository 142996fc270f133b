import { plainTable } from '../plain-table.ts'
import type { Induction, Lesson, Pupil } from './induction.ts'
import { mean } from './statistics.ts'
import { percent } from './tables.ts'

/** One lesson with one kind of agent, over several seeds. */
export type Course = { world: string; lesson: Lesson; pupil: Pupil; learnt: readonly Induction[] }

export function lessonTable(courses: readonly Course[]): string {
  const table = plainTable([
    ...['environment', 'tool', 'agent', 'skips', 'learnt', 'drafted in', 'approved in'],
    ...['success after: off → on', 'failed calls', 'wrong'],
  ])
  for (const { world, lesson, pupil, learnt } of courses) {
    const done = learnt.filter(({ approved }) => approved !== undefined)
    const effects = done.flatMap(({ effect }) => effect ?? [])
    const shown = (of: (one: (typeof effects)[number]) => number) => mean(effects.map(of))
    table.push([
      ...[world, lesson.tool, pupil.name, percent(pupil.skips), `${done.length} of ${learnt.length}`],
      ...[range(done.map(({ drafted }) => drafted)), range(done.map(({ approved }) => approved))],
      effects.length > 0
        ? `${percent(shown(({ success }) => success.off))} → ${percent(shown(({ success }) => success.on))}`
        : '–',
      effects.length > 0
        ? `${shown(({ failedCalls }) => failedCalls.off).toFixed(1)} → ${shown(({ failedCalls }) => failedCalls.on).toFixed(1)}`
        : '–',
      learnt.reduce((sum, { audit }) => sum + audit.wrong.length, 0),
    ])
  }
  return table.toString()
}

/** What was learnt, and why not where it was not. */
export function lessonLines(courses: readonly Course[]): string[] {
  return courses.flatMap(({ world, lesson, pupil, learnt }) => {
    const steps = new Set(
      learnt.flatMap(({ options, approved }) => (approved ? [JSON.stringify(options)] : [])),
    )
    const about = `${world}, ${lesson.tool}, ${pupil.name}`
    return [
      ...[...steps].map((step) => `${about}: ${step}`),
      ...learnt.flatMap(({ missing }, index) => (missing ? [`${about}, seed ${index + 1}: ${missing}`] : [])),
    ]
  })
}

function range(episodes: readonly (number | undefined)[]): string {
  const known = episodes.filter((one) => one !== undefined).sort((a, b) => a - b)
  if (known.length === 0) return '–'
  return known[0] === known.at(-1) ? `${known[0]}` : `${known[0]} to ${known.at(-1)}`
}
