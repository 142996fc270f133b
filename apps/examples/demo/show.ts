import type { Intervention, RegistryState, Stage, Transition } from '@lifeharness/core'
import { describeIntervention } from '@lifeharness/core/learn'
import type { EpisodeReport } from './agent.ts'
import type { Deeds } from './audit.ts'
import { wrongIdeas } from './frozen-model.ts'
import { HABITS } from './habits.ts'
import { type Evaluation, isHarmful } from './phases.ts'
import { type Column, heading, interval, percent, say, table, tableRows } from './print.ts'
import { RATES } from './reaction.ts'
import { type Estimate, estimate, mean, upperBoundOfNone } from './statistics.ts'

/** What the demo prints, in the order of its phases. */

export function showIntroduction(seed: number): void {
  heading(`Lifeharness demo, seed ${seed}`)
  say(
    'An AI SDK agent (ToolLoopAgent) does office tasks with real tools: a SQLite database, a strict HTTP service on ' +
      'loopback, and the public MCP file server in a process of its own. Each task is judged by what the database, ' +
      'the service and the files look like afterwards.',
  )
  say(
    `The model is SCRIPTED, so that this runs offline, and frozen: nothing here trains it. It has ` +
      `habits of writing calls wrongly, and reacts to failed calls as a recorded agent did (τ-bench airline, gpt-4o: the ` +
      `same tool went well next in 10 of 73 cases, failed again in 19). That it takes a plain advice in ` +
      `${percent(RATES.takesAdvice)} of cases is an assumption. A turn of the model takes 8 ms and a Retry-After of one ` +
      `second 4 ms: waits are 250 times shorter than usual.`,
  )
}

/** What happened after failed calls: how often the same tool went well next, and failed again. */
export function showRates(reports: readonly EpisodeReport[]): void {
  const calls = reports.flatMap((report) => report.calls)
  const failed = calls.filter((call) => call.failed)
  let recovered = 0
  let again = 0
  for (const report of reports)
    for (const [index, call] of report.calls.entries()) {
      const next = report.calls[index + 1]
      if (!call.failed || next?.tool !== call.tool) continue
      if (next.failed) again++
      else recovered++
    }
  say(
    `${reports.length} episodes: ${percent(successRate(reports))} of the tasks done, ` +
      `${(calls.length / reports.length).toFixed(1)} calls an episode, ${percent(failed.length / calls.length)} of them failed. ` +
      `After a failed call the same tool went well next in ${percent(recovered / failed.length)}, failed again in ${percent(again / failed.length)}.`,
  )
}

export function successRate(reports: readonly EpisodeReport[]): number {
  return mean(reports.map(({ success }) => (success ? 1 : 0)))
}

/** What replay counted for a candidate when it was registered. */
type ReplayCounts = {
  failures: number
  fixes: number
  weakFixes: number
  wrongRepairs: number
  examined: number
}

/** The candidates as they were first registered, with what replay found on episodes they were not induced from. */
export function showCandidates(history: readonly Transition[]): void {
  const proposed = history
    .filter((change) => change.type === 'stage')
    .filter(({ from }) => from === undefined)
  const passed = new Set(
    history.flatMap((change) => (isMove(change, 'shadow') ? [change.entry.intervention.id] : [])),
  )
  const hints = proposed.filter(({ entry }) => entry.intervention.kind === 'explain-error')
  const rows = proposed
    .filter((change) => !hints.includes(change))
    .map(({ entry: { intervention }, evidence, reason }) => {
      const { fixes, weakFixes, failures, wrongRepairs, examined } = evidence as ReplayCounts
      const all = Math.max(failures, fixes + weakFixes)
      return [
        intervention.tool.name,
        describeIntervention(intervention),
        `${fixes}${weakFixes ? ` + ${weakFixes}` : ''} of ${all}`,
        `${wrongRepairs} of ${examined}`,
        passed.has(intervention.id) ? 'shadow' : `stays proposed: ${reason}`,
      ]
    })
  table(
    [
      { title: 'tool', width: 16 },
      { title: 'what it would do', width: 38 },
      { title: 'fixed', width: 14, right: true },
      { title: 'wrong', width: 8, right: true },
      { title: 'stage', width: 24 },
    ],
    rows,
  )
  const passing = hints.filter(({ entry }) => passed.has(entry.intervention.id)).length
  say(`And ${hints.length} hints to the model about the same failures, ${passing} of them in shadow.`)
  say(
    'fixed: recorded failures, on held-out episodes, that became what the model later got right itself + what contract ' +
      'and profile let through. wrong: recorded successes it would have touched, of those examined.',
  )
}

function isMove(change: Transition, to: Stage): change is Extract<Transition, { type: 'stage' }> {
  return change.type === 'stage' && change.to === to
}

const MOVES: readonly Column[] = [
  { title: 'after', width: 6, right: true },
  { title: 'now', width: 9 },
  { title: 'tool', width: 16 },
  { title: 'what it does', width: 38 },
  { title: 'why', width: 29 },
]

export function beginMoves(): void {
  table(MOVES, [])
}

/** The moves of one round that a person would want to know of. */
export function showMoves(episodes: number, moves: readonly Transition[]): void {
  const shown = moves.filter((change) => isMove(change, 'active') || isMove(change, 'suspended'))
  tableRows(
    MOVES,
    shown.flatMap((change) => {
      if (change.type !== 'stage') return []
      const { intervention } = change.entry
      const what = describeIntervention(intervention)
      return [[String(episodes), change.to, intervention.tool.name, what, change.reason]]
    }),
  )
}

export function showStages({ entries }: RegistryState): void {
  const counts = new Map<Stage, number>()
  for (const { stages } of entries) {
    const { stage } = Object.entries(stages).find(([family]) => family !== 'default')?.[1] ?? stages.default!
    counts.set(stage, (counts.get(stage) ?? 0) + 1)
  }
  say([...counts].map(([stage, count]) => `${count} ${stage}`).join(', '))
}

type Measure = { title: string; digits: number; of(reports: readonly EpisodeReport[]): number }

const MEASURES: readonly Measure[] = [
  { title: 'tasks done, %', digits: 1, of: (reports) => 100 * successRate(reports) },
  { title: 'calls an episode', digits: 2, of: (reports) => mean(reports.map(({ calls }) => calls.length)) },
  {
    title: 'failed calls an episode',
    digits: 2,
    of: (reports) => mean(reports.map(({ calls }) => calls.filter(({ failed }) => failed).length)),
  },
  {
    title: 'wasted time an episode, ms',
    digits: 2,
    of: (reports) => mean(reports.map(({ wastedMs }) => wastedMs)),
  },
]

/** The table of the evaluation; gives back the difference in tasks done, in per cent. */
export function showEvaluation({ seeds }: Evaluation): Estimate {
  const rows = MEASURES.map(({ title, digits, of }) => {
    const control = estimate(seeds.map((arms) => of(arms.control)))
    const treated = estimate(seeds.map((arms) => of(arms.treated)))
    const difference = estimate(seeds.map((arms) => of(arms.treated) - of(arms.control)))
    return {
      difference,
      cells: [
        title,
        interval(control, digits),
        interval(treated, digits),
        interval(difference, digits, true),
      ],
    }
  })
  table(
    [
      { title: 'mean [95 % over seeds]', width: 27 },
      { title: 'without the layer', width: 22, right: true },
      { title: 'with the layer', width: 22, right: true },
      { title: 'difference, paired', width: 24, right: true },
    ],
    rows.map(({ cells }) => cells),
  )
  return rows[0]!.difference
}

/** What each active intervention did in the evaluation; gives back how often any acted, and how often wrongly. */
export function showDeeds(
  { entries }: RegistryState,
  deeds: ReadonlyMap<string, Deeds>,
): { fired: number; wrong: number } {
  const known = new Map(entries.map(({ intervention }) => [intervention.id, intervention]))
  const ordered = [...deeds].sort(([, a], [, b]) => b.fired - a.fired)
  table(
    [
      { title: 'tool', width: 16 },
      { title: 'intervention', width: 50 },
      { title: 'fired', width: 6, right: true },
      { title: 'fixed', width: 6, right: true },
      { title: 'wrong repairs', width: 14, right: true },
    ],
    ordered.map(([id, { fired, fixed, wrong }]) => {
      const intervention = known.get(id) as Intervention
      const what = describeIntervention(intervention)
      return [intervention.tool.name, what, String(fired), String(fixed), `${wrong} of ${fired}`]
    }),
  )
  const total = { fired: 0, wrong: 0 }
  for (const { fired, wrong } of deeds.values()) {
    total.fired += fired
    total.wrong += wrong
  }
  return total
}

export function wrongRepairs(where: string, { fired, wrong }: { fired: number; wrong: number }): string {
  const bound = wrong === 0 ? ` (at most ${percent(upperBoundOfNone(fired), 1)}, with 95 % confidence)` : ''
  return `Wrong repairs ${where}: ${wrong} of ${fired} applications${bound}.`
}

/** Why tasks still fail with the layer, by what the model had in mind. */
export function showRest({ seeds }: Evaluation): void {
  const failed = seeds.flatMap(({ treated }) => treated).filter(({ success }) => !success)
  const causes = new Map<string, number>()
  for (const report of failed) {
    const cause = causeOf(report)
    causes.set(cause, (causes.get(cause) ?? 0) + 1)
  }
  const said = [...causes].sort(([, a], [, b]) => b - a).map(([cause, count]) => `${count} ${cause}`)
  say(`Still not done with the layer: ${failed.length} tasks. Of these ${said.join(', ')}.`)
}

function causeOf({ task, luck, calls }: EpisodeReport): string {
  const ideas = wrongIdeas(task, luck)
  const uses = (tool: string) => task.plan.some((step) => step.tool === tool)
  if (ideas.takesFirstRow && uses('list_orders')) return 'took the wrong customer'
  if (ideas.forgetsFilter && uses('run_sql')) return 'had a wrong idea of the SQL'
  if (ideas.forgetsTheRest) return 'forgot half of the task'
  const last = calls.findLast((call) => call.failed)
  if (!last) return 'failed otherwise'
  const habit = HABITS.find(
    ({ tool, argument }) => tool === last.tool && last.written[argument] !== last.meant[argument],
  )
  if (habit?.argument === 'date') return 'wrote a date that has two readings, or one too few have written'
  return habit ? `gave up on: ${habit.name}` : `gave up at ${last.tool} (a step left out, or an outage)`
}

/** The candidate that would have made failing calls succeed with a wrong value. */
export function showTrap({ entries }: RegistryState): { isActive: boolean } {
  const traps = entries.filter(({ intervention }) => isHarmful(intervention))
  for (const { intervention, stages } of traps) {
    const records = Object.values(stages)
    const stage = records.find((record) => record.stage !== 'proposed')?.stage ?? 'proposed'
    say(
      `Tempting and harmful: ${intervention.tool.name} ${describeIntervention(intervention)}. The contract would take it, ` +
        `and pay 12 cents for 12 euros. It is ${stage}: ${records[0]!.reason}.`,
    )
  }
  if (traps.length === 0)
    say('The tempting, harmful candidate (amount_cents written as a number) was never proposed.')
  return {
    isActive: traps.some(({ stages }) => Object.values(stages).some(({ stage }) => stage === 'active')),
  }
}
