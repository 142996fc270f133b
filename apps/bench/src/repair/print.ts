import { machine } from '../options.ts'
import { plainTable } from '../plain-table.ts'
import type { Group } from './case.ts'
import { type Judged, type Tally, tally } from './score.ts'
import type { SingleCallRow } from './single-call.ts'

const GROUPS: readonly (readonly [Group, string])[] = [
  ['repair', 'Broken calls'],
  ['odd', 'Valid and odd calls: nothing may change'],
  ['trap', 'Traps: the right answer is to leave them alone'],
]

type Results = ReadonlyMap<string, readonly Judged[]>

/** One table per group, by operator and in all, and one of the real outputs; or all of it as one JSON object. */
export function printReport(
  results: Results,
  single: readonly SingleCallRow[],
  { json, seed }: { json: boolean; seed: number },
): void {
  if (json) {
    console.log(JSON.stringify(asJson(results, single, seed)))
    return
  }
  console.log(`repair bench · seed ${seed} · ${machine().node} · ${machine().cpu}`)
  for (const [group, title] of GROUPS) printGroup(group, title, results)
  printSingle(single)
}

function printGroup(group: Group, title: string, results: Results): void {
  const names = [...results.keys()]
  const of = (name: string) => (results.get(name) ?? []).filter((one) => one.of.group === group)
  const first = of(names[0] ?? '')
  if (first.length === 0) return
  const labels = new Set(first.map(labelOf))
  const rows = [...labels].map(
    (label) => [label, names.map((name) => tally(of(name).filter((one) => labelOf(one) === label)))] as const,
  )
  const show = (one: Tally) =>
    group === 'trap' ? `${one.wrong}` : `${percent(one.right, one.cases)} / ${one.wrong}`
  const table = plainTable(['', 'n', ...names])
  for (const [label, tallies] of rows) table.push([label, tallies[0]?.cases ?? 0, ...tallies.map(show)])
  const totals = names.map((name) => tally(of(name)))
  table.push(['all', first.length, ...totals.map(show)])
  if (group !== 'trap')
    table.push(['left alone', '', ...totals.map(({ left, cases }) => percent(left, cases))])
  table.push(['µs per call (median)', '', ...totals.map(({ microseconds }) => microseconds.toFixed(0))])
  console.log(
    `\n${title} (${group === 'trap' ? 'wrong repairs' : 'exactly recovered / wrong repairs'})\n${table}`,
  )
}

/** Composed operators are reported by how many there are. */
function labelOf({ of }: Judged): string {
  const [only = '', ...others] = of.operators
  return others.length === 0 ? only : `${others.length + 1} composed`
}

function printSingle(rows: readonly SingleCallRow[]): void {
  if (rows.length === 0) return
  const table = plainTable(['model', 'system', 'outputs', 'wrong', 'wrong → right', 'right → wrong'])
  for (const { model, system, outputs, wrong, wrongToRight, rightToWrong } of rows)
    table.push([
      model,
      system,
      outputs,
      wrong,
      `${wrongToRight} (${percent(wrongToRight, wrong)})`,
      rightToWrong,
    ])
  const agreement = Math.min(...rows.map((row) => row.agreement))
  console.log(
    `\nReal outputs (the labels agree with our reading of the expected calls on ${percent(agreement * 1e4, 1e4)} or more)\n${table}`,
  )
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}

function asJson(results: Results, single: readonly SingleCallRow[], seed: number): object {
  const systems = [...results].map(([system, judged]) => {
    const groups = Object.fromEntries(
      GROUPS.map(([group]) => {
        const own = judged.filter((one) => one.of.group === group)
        const byOperator = Object.fromEntries(
          [...Map.groupBy(own, labelOf)].map(([label, members]) => [label, tally(members)]),
        )
        return [group, { total: tally(own), byOperator }]
      }),
    )
    return { system, groups }
  })
  return { seed, machine: machine(), systems, single }
}
