import { printDrifts } from './drift-report.ts'
import { count, duration, percent, plural } from './figures.ts'
import type { CategoryReport, InterventionReport, MineReport } from './mine-report.ts'
import { countStages, paintStage } from './stages.ts'
import { eachWord, table, wrap } from './table.ts'
import type { Terminal } from './terminal.ts'

export function printMine(report: MineReport, terminal: Terminal): void {
  const { out, paint } = terminal
  const { files, episodes, steps, failures, interventions, problems } = report
  out(
    `${paint('bold', plural(files.length, 'file'))}, ${plural(episodes, 'episode')}, ` +
      `${plural(steps, 'tool call')}, ${paint('bold', plural(failures, 'failure'))} ` +
      `(${percent(steps === 0 ? 0 : failures / steps)}); ${count(report.stepsPerSecond)} calls/s`,
  )
  if (problems.length > 0) out(`${plural(problems.length, 'problem')} in the files, see standard error`)
  if (failures === 0) out(steps === 0 ? '\nThere is no tool call to learn from.' : '\nNothing failed.')
  else {
    out(
      `\n${paint('bold', isTimed(report.categories) ? 'What fails, most costly first' : 'What fails, most frequent first')}`,
    )
    printCategories(report.categories, terminal)
    printUnknown(report, terminal)
    printDrifts(report.drifts, terminal)
  }
  if (interventions.length === 0) {
    if (failures === 0) return
    out('\nNothing was found that could help: no failure here was followed by a success that explains it.')
    return
  }
  const heading = failures === 0 ? 'What these files concern in the registry' : 'What could help'
  out(`\n${paint('bold', heading)}: ${countStages(interventions.map(({ stage }) => stage))}`)
  printInterventions(interventions, terminal)
  printCovered(report, terminal)
}

export function printCategories(categories: readonly CategoryReport[], terminal: Terminal): void {
  const timed = isTimed(categories)
  const columns = [
    { head: 'category' },
    { head: 'failures', align: 'right' as const },
    { head: 'share', align: 'right' as const },
    { head: 'wasted calls', align: 'right' as const },
    ...(timed ? [{ head: 'wasted time', align: 'right' as const }] : []),
    { head: 'most frequent', flexible: true },
  ]
  const rows = categories.map(({ category, failures, share, wasted, top }) => [
    category,
    count(failures),
    percent(share),
    count(wasted.steps),
    ...(timed ? [duration(wasted.ms)] : []),
    topLines(top, failures, terminal.width),
  ])
  terminal.out(table(columns, rows, terminal.width))
}

/** Recordings often state no times: then the order is that of the failures. */
function isTimed(categories: readonly CategoryReport[]): boolean {
  return categories.some(({ wasted }) => wasted.ms > 0)
}

/** The most frequent, and those that come near it. */
function topLines(top: CategoryReport['top'], failures: number, width: number): string {
  return top
    .filter(({ failures: own }, index) => index === 0 || (own > 1 && own >= failures * WORTH_A_LINE))
    .map((one) => `${count(one.failures)} × ${one.tool}: ${shorten(one.template, width)}`)
    .join('\n')
}

const WORTH_A_LINE = 0.15

/** As long as about a line of the terminal. */
export function shorten(template: string, width: number): string {
  const line = template.replaceAll(/\s+/g, ' ').trim()
  return line.length > width ? `${line.slice(0, width)}…` : line
}

function printUnknown({ sources }: MineReport, { out, paint, width }: Terminal): void {
  const said = sources
    .filter(({ failures }) => failures > 0)
    .map(({ source, unknown, failures, unknownShare }) => {
      const text = `${source || 'no source named'} ${count(unknown)} of ${count(failures)} (${percent(unknownShare)})`
      return unknownShare > UNKNOWN_BUDGET ? paint('yellow', text) : text
    })
  out(`\n${wrap(`Cause unknown: ${said.join('; ')}`, width)}`)
}

/** Above it the categories or the masks are failing (docs/taxonomy.md). */
const UNKNOWN_BUDGET = 0.1

function printInterventions(interventions: readonly InterventionReport[], terminal: Terminal): void {
  const { paint } = terminal
  const columns = [
    { head: 'stage' },
    { head: 'intervention', flexible: true },
    { head: 'fixes', align: 'right' as const },
    { head: 'wrong repairs', align: 'right' as const },
  ]
  const rows = interventions.map((one) => [
    paintStage(terminal, one.stage),
    [`${one.tool}: ${one.does}`, eachWord(noteOn(one), (word) => paint('dim', word))].join('\n'),
    `${count(one.fixes)} of ${count(one.failed)}${one.plausibleFixes > 0 ? `\n+ ${count(one.plausibleFixes)} plausible` : ''}`,
    `${paintWrong(one, terminal)} of ${count(one.examined)}${one.examined > 0 ? `\n(≤ ${percent(one.upperBound)})` : ''}`,
  ])
  terminal.out(table(columns, rows, terminal.width))
}

/** What the other columns do not say: of what was validated they say the reason. */
function noteOn({ id, risk, stage, reason, episodes }: InterventionReport): string {
  const validated = stage === 'shadow' || stage === 'canary' || stage === 'active'
  return `${id} · ${risk} · ${validated ? `fixes in ${plural(episodes, 'episode')}` : reason}`
}

function paintWrong({ wrongRepairs }: InterventionReport, { paint }: Terminal): string {
  return wrongRepairs === 0 ? paint('green', '0') : paint('red', count(wrongRepairs))
}

function printCovered({ covered, store, failures }: MineReport, { out, paint, width }: Terminal): void {
  const { validated, proposed } = covered
  const share =
    `Covered: ${paint('bold', percent(validated.share))} of the failures ` +
    `(${count(validated.failures)} of ${count(failures)}) by what was validated, ` +
    `${percent(proposed.share)} with what is only proposed.`
  out(failures === 0 ? '' : `\n${wrap(share, width)}`)
  out(wrap(storeLine(store), width))
}

function storeLine(store: MineReport['store']): string {
  if (!store) return 'Nothing was stored; --store keeps it in a registry.'
  const { path, registered, changed } = store
  if (changed === 0) return `${path} knew all of this already.`
  return (
    `${path}: ${count(registered)} new, ${plural(changed, 'change')} in all. ` +
    `Next: lifeharness report --store ${path}`
  )
}
