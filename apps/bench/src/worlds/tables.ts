import type { Intervention, RegistryState, Stage, StageRecord } from '@lifeharness/core'
import { forecastDecision } from '@lifeharness/core/learn'
import { plainTable } from '../plain-table.ts'
import type { Wrong } from './audit.ts'
import type { Profile } from './habit.ts'
import type { WorldFigures } from './measure.ts'
import { BY_PERSON } from './start.ts'
import type { Estimate } from './statistics.ts'

export function profileTable(worlds: readonly WorldFigures[]): string {
  const table = plainTable([
    ...['environment', 'start', 'profile', 'episodes', 'success off → on', 'points [95 %]'],
    ...['failed calls off → on', 'calls saved [95 %]', 'seconds saved [95 %]'],
  ])
  for (const { world, start, profiles } of worlds)
    for (const { profile, episodes, off, on, gain, callsSaved, secondsSaved } of profiles)
      table.push([
        ...[world, start, profile, episodes],
        ...[`${percent(off.success)} → ${percent(on.success)}`, interval(gain, 100)],
        `${off.failed.toFixed(1)} → ${on.failed.toFixed(1)}`,
        ...[interval(callsSaved), interval(secondsSaved)],
      ])
  return table.toString()
}

export function concurrentTable(worlds: readonly WorldFigures[]): string {
  const table = plainTable([
    ...['environment', 'start', 'treated', 'control', 'success, points [95 %]'],
    ...['calls touched', 'wrong', 'lost with it'],
  ])
  for (const { world, start, concurrent, audit, lost } of worlds)
    table.push([
      ...[world, start, concurrent.treated, concurrent.control, interval(concurrent.difference, 100)],
      ...[audit.touched, audit.wrong.length, lost.length],
    ])
  return table.toString()
}

const SHOWN: readonly Stage[] = ['proposed', 'shadow', 'canary', 'active', 'suspended']

/** How far interventions have come: by the stage in which each stands for any family at best, and who brought them there. */
export function stageTable(worlds: readonly WorldFigures[]): string {
  const table = plainTable([
    'environment',
    'start',
    'interventions',
    ...SHOWN,
    'to active: by the layer',
    'by a person',
  ])
  for (const { world, start, registry, moves } of worlds) {
    const records = registry.entries.flatMap(({ stages }) => Object.values(stages))
    const toActive = moves.filter((move) => move.type === 'stage' && move.to === 'active')
    const by = (who: string) => toActive.filter((move) => move.type === 'stage' && move.by === who).length
    table.push([
      ...[world, start, registry.entries.length],
      ...SHOWN.map((shown) => records.filter(({ stage }) => stage === shown).length),
      ...[by('learner'), by('person')],
    ])
  }
  return table.toString()
}

const LATER: ReadonlySet<Stage> = new Set(['canary', 'active', 'suspended'])

/**
 * What was tried, of all tools and families together: how many of each stand where, and the first touched calls of each
 * arm.
 */
export function interventionTable({ registry }: WorldFigures): string {
  const table = plainTable(['intervention', 'options', 'canary', 'active', 'suspended', 'with it', 'without'])
  const rows = new Map<string, StageRecord[]>()
  for (const { intervention, record } of triedIn(registry)) {
    const key = `${intervention.kind}\n${shortOf(intervention)}`
    rows.set(key, [...(rows.get(key) ?? []), record])
  }
  for (const [key, records] of [...rows].sort()) {
    const sum = (of: (record: StageRecord) => number) => records.reduce((all, one) => all + of(one), 0)
    const arm = (name: 'treated' | 'control') =>
      `${sum(({ account }) => account[name].successes)} of ${sum(({ account }) => account[name].episodes)}`
    table.push([
      ...key.split('\n'),
      ...[...LATER].map((shown) => records.filter(({ stage }) => stage === shown).length),
      ...[arm('treated'), arm('control')],
    ])
  }
  return table.toString()
}

/** One by one: what the layer itself moved on or took back, and when what is in canary will be decided. */
export function decisionLines({ world, start, registry, now, episodesADay }: WorldFigures): string[] {
  return triedIn(registry).flatMap(({ intervention, family, record }) => {
    const { stage, reason, account } = record
    const { treated, control } = account
    const arms = `${treated.successes} of ${treated.episodes} with it, ${control.successes} of ${control.episodes} without`
    const about = `${world} from ${start}: ${intervention.kind} of ${intervention.tool.name} ${shortOf(intervention)} for ${family}`
    if (stage !== 'canary') return reason === BY_PERSON ? [] : [`${about}: ${stage}: ${reason}`]
    const forecast = forecastDecision(record, now)
    const said =
      'days' in forecast ? `in ${Math.ceil(forecast.days * episodesADay)} more episodes` : forecast.unknown
    return [`${about}: canary (${arms}), decided: ${said}`]
  })
}

type TriedRecord = { intervention: Intervention; family: string; record: StageRecord }

function triedIn({ entries }: RegistryState): TriedRecord[] {
  return entries.flatMap(({ intervention, stages }) =>
    Object.entries(stages).flatMap(([family, record]) => {
      const { treated, control } = record.account
      const wasTried = LATER.has(record.stage) && treated.episodes + control.episodes > 0
      return wasTried ? [{ intervention, family, record }] : []
    }),
  )
}

function shortOf({ options }: Intervention): string {
  return JSON.stringify(options).slice(0, 60)
}

/** Wrong interventions, word by word. */
export function wrongLines(wrong: readonly Wrong[], registry: RegistryState): string[] {
  return wrong.map(({ episode, interventions, why, turn: { meant, written, told } }) => {
    const ran = told.noCall ? [] : told.executed.map(({ tool, input }) => ({ tool, input }))
    const said = [
      `written ${JSON.stringify(written)}`,
      `ran ${JSON.stringify(ran)}`,
      `meant ${JSON.stringify(meant)}`,
    ]
    return `wrong: ${episode}: ${interventions.map((id) => named(id, registry)).join(', ')}: ${why}: ${said.join(', ')}`
  })
}

export function named(id: string, { entries }: RegistryState): string {
  const found = entries.find(({ intervention }) => intervention.id === id)?.intervention
  return found ? `${found.kind} of ${found.tool.name} ${JSON.stringify(found.options).slice(0, 80)}` : id
}

/** What the agents are assumed to do. */
export function assumptions(agents: readonly { name: string; rates: Profile['rates'] }[]): string {
  const table = plainTable([
    ...['agent', 'hint corrects', 'error that names it', 'any error', 'repeats', 'attempts', 'failures'],
  ])
  for (const { name, rates } of agents)
    table.push([
      ...[name, percent(rates.hint), percent(rates.error), percent(rates.blind), percent(rates.repeat)],
      ...[rates.attempts, rates.failures],
    ])
  return table.toString()
}

/** Which habits an agent has, and in how many of its episodes. */
export function habitTable(worlds: readonly { world: string; profiles: readonly Profile[] }[]): string {
  const table = plainTable(['environment', 'profile', 'habits, and in how many of its episodes'])
  table.options.colWidths = [14, 20, 110]
  table.options.wordWrap = true
  for (const { world, profiles } of worlds)
    for (const { name, inclinations } of profiles) {
      const habits = inclinations.map(({ habit, probability }) => `${habit.name} ${percent(probability)}`)
      table.push([world, name, habits.join('; ')])
    }
  return table.toString()
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}

function interval({ mean, low, high }: Estimate, factor = 1): string {
  const shown = (value: number) => (value * factor).toFixed(1)
  return `${shown(mean)} [${shown(low)}, ${shown(high)}]`
}
