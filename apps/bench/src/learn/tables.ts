import Table from 'cli-table3'
import type { HeldOutCounts } from './held-out.ts'
import type { AcrossModels, Learned, Measured } from './measure.ts'
import { upperBound } from './upper-bound.ts'

export function heldOutTable(rows: readonly Measured[]): string {
  const table = plainTable({
    head: [
      ...['source', 'episodes', 'failed', 'pairs same/edited', 'induced/pass'],
      ...['exact', 'of failed', 'ceiling', 'in texts', 'decisions', 'unproven', 'blocked', 'hints agree'],
      ...['touched episodes', 'wrong repairs', '95 % ≤'],
    ],
  })
  for (const { name, pairs, ceiling, interventions, heldOut: counts } of rows) {
    const { edited, repeated } = counts.exact
    const passing = interventions.filter(({ passes }) => passes).length
    table.push([
      ...[name, counts.episodes, counts.failed, `${pairs.same}/${pairs.edited}`],
      `${interventions.length}/${passing}`,
      ...[`${edited}+${repeated}`, percent(edited + repeated, counts.failed)],
      reached(ceiling.reached, ceiling.respelled, ceiling.arguments),
      reached(ceiling.textsReached, ceiling.textsRespelled, ceiling.texts),
      String(ceiling.decisions),
      ...outcomes(counts),
    ])
  }
  return table.toString()
}

function reached(exact: number, respelled: number, all: number): string {
  const more = respelled > 0 ? `, with ${respelled} respelled ${percent(exact + respelled, all)}` : ''
  return `${exact} of ${all} (${percent(exact, all)}${more})`
}

function outcomes(counts: HeldOutCounts): string[] {
  const { hints, unproven, blocked, wrong, successes } = counts
  return [
    ...[String(unproven), String(blocked)],
    `${hints.agreed}/${hints.agreed + hints.disagreed} of ${hints.given}`,
    `${counts.episodesTouched} (${percent(counts.episodesTouched, counts.episodes)})`,
    `${wrong} of ${successes}`,
    `${(100 * upperBound(wrong, successes)).toFixed(2)} %`,
  ]
}

/** Counts with a line for each: strict held-out replay, and other models. */
export function countsTable(title: string, rows: readonly { name: string; counts: HeldOutCounts }[]): string {
  const table = plainTable({
    head: [
      ...[title, 'episodes', 'failed', 'exact', 'unproven', 'blocked', 'hints agree'],
      ...['touched episodes', 'wrong repairs', '95 % ≤'],
    ],
  })
  for (const { name, counts } of rows) {
    const { edited, repeated } = counts.exact
    table.push([name, counts.episodes, counts.failed, `${edited}+${repeated}`, ...outcomes(counts)])
  }
  return table.toString()
}

export function acrossModelsRows(rows: readonly AcrossModels[]): { name: string; counts: HeldOutCounts }[] {
  return rows.map(({ source, family, counts }) => ({ name: `${source} → ${family}`, counts }))
}

/** Interventions by what became of them: validated ones, and drafts by the reason for which they stay drafts. */
export function stagesTable(rows: readonly Measured[]): string {
  const table = plainTable({ head: ['source', 'stage', 'reason', 'interventions'] })
  for (const { name, interventions } of rows) {
    const groups = new Map<string, Learned[]>()
    for (const one of interventions) {
      const key = one.passes ? 'validated' : one.reason.replace(/\d+/g, 'n')
      groups.set(key, [...(groups.get(key) ?? []), one])
    }
    for (const [reason, members] of groups)
      table.push([
        name,
        members[0]?.passes ? 'shadow' : 'proposed',
        members[0]?.passes ? '' : reason,
        kindsOf(members),
      ])
  }
  return table.toString()
}

function kindsOf(members: readonly Learned[]): string {
  const counts = new Map<string, number>()
  for (const { kind } of members) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')
}

/** One line for each intervention. */
export function interventionLines(rows: readonly Measured[]): string[] {
  return rows.flatMap(({ name, interventions }) => [
    `${name}:`,
    ...interventions.map(({ kind, tool, passes, reason, options }) => {
      return `  ${passes ? '✓' : '·'} ${kind} ${tool} ${JSON.stringify(options).slice(0, 120)} — ${reason}`
    }),
  ])
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(part === whole || part === 0 ? 0 : 1)} %`
}

/** Without colours and rules between rows, so that it can stand in a note. */
function plainTable({ head }: { head: string[] }): InstanceType<typeof Table> {
  const none = [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
  ]
  const lines = [...none, 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid']
  return new Table({
    head,
    chars: { ...Object.fromEntries(lines.map((name) => [name, ''])), middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
}
