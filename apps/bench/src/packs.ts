// The pack for terminals on commands of a real bash: how often its first suggestion is the right one, how many failures
// it explains, what it suggests where nothing should be changed, and what a decision costs. `--data DIR` reads *.jsonl
// (or one file); `--path` names more folders of programs, such as those of scripts/install-terminal-tools.sh.
import { parseArgs } from 'node:util'
import { upperBound } from './learn/upper-bound.ts'
import { type Judged, judge } from './packs/judge.ts'
import { readCases } from './packs/read-cases.ts'
import { collect, type TerminalCase } from './packs/terminal/collect.ts'
import { families } from './packs/terminal/index.ts'
import { plainTable } from './plain-table.ts'
import { quantile } from './quantiles.ts'

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    path: { type: 'string' },
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
  },
})

const refuted: string[] = []
const { cases, problems } =
  options.data === undefined ? { cases: await ownCases(), problems: [] } : readCases(options.data)
for (const problem of problems) console.error(`not read: ${problem}`)
if (problems.length > 0) process.exitCode = 1
if (cases.length === 0) throw new Error(`no cases${options.data ? ` in ${options.data}` : ''}`)
judge(cases, { approved: true })
const judged = judge(cases, { approved: true })
const unapproved = judge(cases, { approved: false })
const rows = [...new Set(cases.map(({ family }) => family))].map((family) =>
  summary(family, (one) => one.case.family === family),
)
if (options.data === undefined) {
  rows.push(
    summary('tuned on', (one) => !one.case.heldOut),
    summary('held out at first', (one) => one.case.heldOut),
  )
}
rows.push(summary('all', () => true))
const all = rows.at(-1) as Summary
const costs = judged.map(({ microseconds }) => microseconds)
if (options.json) console.log(JSON.stringify({ rows, refuted, problems }, null, 2))
else print()
// The gate of continuous integration: nothing is suggested where nothing should be changed.
if (all.misfires > 0 && options.data === undefined) process.exitCode = 1

type Summary = ReturnType<typeof summary>

async function ownCases(): Promise<TerminalCase[]> {
  const found: TerminalCase[] = []
  for (const family of families) {
    if (options.quick && !['files', 'text-tools', 'programs'].includes(family.name)) continue
    const { cases, refuted: wrong, skipped } = await collect(family, { path: options.path })
    if (skipped) console.error(`skipped ${family.name}: ${skipped}`)
    refuted.push(...wrong.map((what) => `${family.name}: ${what}`))
    found.push(...cases)
  }
  return found
}

function isRight({ case: { expected }, suggestion }: Judged): boolean {
  return suggestion !== undefined && (expected ?? []).includes(suggestion.trim())
}

function summary(name: string, of: (one: Judged) => boolean) {
  const own = judged.filter(of)
  const kind = (wanted: TerminalCase['kind']) => own.filter((one) => one.case.kind === wanted)
  const [fixes, broken, untouched] = [kind('fix'), kind('broken'), kind('untouched')]
  const misfires = untouched.filter(({ suggestion }) => suggestion !== undefined).length
  return {
    ...{ name, fixes: fixes.length, right: fixes.filter(isRight).length },
    rightUnapproved: unapproved.filter((one) => of(one) && one.case.kind === 'fix').filter(isRight).length,
    wrong: fixes.filter((one) => one.suggestion !== undefined && !isRight(one)).length,
    ...{ broken: broken.length, answered: broken.filter((one) => one.suggestion ?? one.explained).length },
    failing: untouched.filter(({ case: { exitCode } }) => exitCode !== 0).length,
    ...{ untouched: untouched.length, misfires, bound: upperBound(misfires, untouched.length) },
  }
}

function share(part: number, of: number): string {
  return of === 0 ? '' : `${part} of ${of} (${((100 * part) / of).toFixed(1)} %)`
}

function print(): void {
  const table = plainTable([
    'family',
    'first suggestion right',
    'without approval',
    'wrong',
    'broken answered',
    'misfires',
    'of them failing',
    '≤',
  ])
  for (const {
    name,
    fixes,
    right,
    rightUnapproved,
    wrong,
    broken,
    answered,
    untouched,
    misfires,
    failing,
    bound,
  } of rows)
    table.push([
      ...[name, share(right, fixes), share(rightUnapproved, fixes), wrong, share(answered, broken)],
      ...[`${misfires} of ${untouched}`, failing, untouched === 0 ? '' : `${(100 * bound).toFixed(1)} %`],
    ])
  console.log(table.toString())
  console.log(
    `µs of CPU per decision: p50 ${quantile(costs, 0.5)}, p99 ${quantile(costs, 0.99)}, mean ${(costs.reduce((sum, one) => sum + one, 0) / costs.length).toFixed(0)}`,
  )
  const slowest = [...judged].sort((a, b) => b.microseconds - a.microseconds).slice(0, 10)
  console.log(`slowest:\n${slowest.map((one) => `  ${one.microseconds} ${one.case.command}`).join('\n')}`)
  for (const what of refuted) console.log(`label not borne out here: ${what}`)
  for (const one of judged) {
    const { kind, command, expected } = one.case
    if (kind === 'untouched' && one.suggestion !== undefined)
      console.log(`misfire of ${one.entry}: ${command} → ${one.suggestion}`)
    if (options.misses && kind === 'fix' && !isRight(one))
      console.log(`missed: ${command} → ${one.suggestion ?? 'nothing'}, expected ${expected?.join(' or ')}`)
  }
}
