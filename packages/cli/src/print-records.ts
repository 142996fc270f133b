import { count, percent, plural } from './figures.ts'
import type { RecordReport } from './registry-report.ts'
import { paintStage } from './stages.ts'
import { eachWord, table } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Interventions with what became of them, one row for the families that stand alike; drafts only when `all`. */
export function printRecords(records: readonly RecordReport[], all: boolean, terminal: Terminal): void {
  const { out, paint } = terminal
  const shown = records
    .filter((record) => all || record.stage !== 'proposed')
    .filter((record) => tells(record, records))
  const drafts = records.filter(({ stage }) => stage === 'proposed').length
  if (shown.length > 0) {
    const acted = shown.some(({ treated, control }) => treated.episodes + control.episodes > 0)
    const columns = [
      { head: 'stage' },
      { head: 'intervention', flexible: true },
      ...(acted ? ACTED : []).map((head) => ({ head, align: 'right' as const })),
    ]
    const rows = alike(shown).map((group) => rowFor(group, acted, terminal))
    out(`\n${paint('bold', 'Interventions')}`)
    out(table(columns, rows, terminal.width))
    if (!acted) out('None of them has acted in an episode that was counted.')
  }
  if (!all && drafts > 0) out(`${plural(drafts, 'draft')} not shown; --all shows them.`)
}

const ACTED = ['fired', 'went well', 'without it', 'helped', 'harmed'] as const

/** The default says nothing of its own where families have records. */
function tells({ id, family }: RecordReport, records: readonly RecordReport[]): boolean {
  return family !== 'default' || !records.some((other) => other.id === id && other.family !== 'default')
}

type Group = [RecordReport, ...RecordReport[]]

/** Records of one intervention that differ in nothing but the family. */
function alike(records: readonly RecordReport[]): Group[] {
  const groups = new Map<string, Group>()
  for (const record of records) {
    const key = JSON.stringify({ ...record, family: '' })
    const group = groups.get(key)
    if (group) group.push(record)
    else groups.set(key, [record])
  }
  return [...groups.values()]
}

function rowFor([record, ...others]: Group, acted: boolean, terminal: Terminal): string[] {
  const { paint } = terminal
  const { stage, pinned, tool, does, id, risk, treated, control, wouldFix, wouldBreak, idleDays } = record
  const { helped, harmed } = record
  const said = [
    id,
    [record, ...others].map(({ family }) => family).join(', '),
    risk,
    pinned ? 'pinned by a person' : '',
    wouldFix > 0 ? `would have fixed ${plural(wouldFix, 'call')}` : '',
    wouldBreak > 0 ? `would have broken ${plural(wouldBreak, 'call')}` : '',
    idleDays === null ? '' : `nothing has touched it for ${plural(idleDays, 'day')}`,
    decisionOf(record),
  ]
  const dim = (text: string) => eachWord(text, (word) => paint('dim', word))
  const share = ({ successes, episodes }: RecordReport['treated']) =>
    episodes > 0 ? percent(successes / episodes) : '·'
  return [
    paintStage(terminal, stage),
    [`${tool}: ${does}`, dim(said.filter(Boolean).join(' · ')), dim(record.reason)].join('\n'),
    ...(acted
      ? [
          treated.episodes > 0 ? count(treated.episodes) : '·',
          share(treated),
          share(control),
          episodesOf(helped),
          harmed !== null && harmed > 0 ? paint('red', episodesOf(harmed)) : episodesOf(harmed),
        ]
      : []),
  ]
}

function decisionOf({ stage, decision }: RecordReport): string {
  if ('days' in decision) return `decided in about ${daysOf(decision.days)}`
  return stage === 'canary' ? `not to be foreseen yet: ${decision.unknown}` : ''
}

function daysOf(days: number): string {
  return days < 1 ? 'a day' : plural(Math.ceil(days), 'day')
}

/** Episodes; a fraction where the control's share says so. */
export function episodesOf(episodes: number | null | undefined): string {
  if (episodes === undefined || episodes === null) return '·'
  return episodes < 10 && episodes % 1 > 0 ? episodes.toFixed(1) : count(episodes)
}
