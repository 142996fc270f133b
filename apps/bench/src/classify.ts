// What the classifiers make of recorded failures, source by source: how much stays unknown, how much rests on prose
// alone, and what the largest signatures are, with examples. No labels: for reading, and for the budget of `unknown`.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Failure, Trajectory } from '@lifeharness/core'
import { builtinClassifiers } from '@lifeharness/core/builtins'
import { episodeJudge, importTrajectories, type JudgedStep } from '@lifeharness/core/learn'
import { machine } from './options.ts'
import { plainTable } from './plain-table.ts'

const UNKNOWN_BUDGET = 0.1
const LARGEST = 10
const EXAMPLES = 2
const EXAMPLE_LENGTH = 160

type Signature = { signature: string; count: number; by: string; examples: string[] }
type Source = {
  source: string
  episodes: number
  calls: number
  failures: number
  expectedNegatives: number
  unknown: number
  textAlone: number
  toolBug: number
  categories: Record<string, number>
  signatures: Map<string, Signature>
}

const { json, data } = readOptions()
const files = join(data, 'trajectories')
if (!existsSync(files)) {
  console.log(`SKIPPED: no ${files}`)
  process.exit(0)
}

const judge = episodeJudge({ classifiers: builtinClassifiers })
const sources = new Map<string, Source>()
const problems: string[] = []
const imported = importTrajectories({
  files: readdirSync(files)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(files, name)),
  onProblem: ({ file, line, reason }) => problems.push(`${basename(file)}:${line}: ${reason}`),
})
for await (const trajectory of imported) read(trajectory)

const rows = [...sources.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
const over = rows.filter(({ unknown, failures }) => unknown > UNKNOWN_BUDGET * failures)

function read(trajectory: Trajectory): void {
  const name = trajectory.source ?? basename(data)
  const known = sources.get(name)
  const source = known ?? emptySource(name)
  if (!known) sources.set(name, source)
  source.episodes++
  for (const judged of judge(trajectory)) {
    source.calls++
    const { failure } = judged
    if (!failure) continue
    if (failure.expectedNegative) source.expectedNegatives++
    else count(source, judged, failure)
  }
}

function emptySource(source: string): Source {
  const counts = {
    episodes: 0,
    calls: 0,
    failures: 0,
    expectedNegatives: 0,
    unknown: 0,
    textAlone: 0,
    toolBug: 0,
  }
  return { source, ...counts, categories: {}, signatures: new Map() }
}

function count(source: Source, { step }: JudgedStep, { category, rank, signature, evidence }: Failure): void {
  source.failures++
  source.categories[category] = (source.categories[category] ?? 0) + 1
  if (category === 'unknown') source.unknown++
  if (category === 'exec.tool_bug') source.toolBug++
  if (rank === 'text' && category !== 'unknown') source.textAlone++
  const known = source.signatures.get(signature) ?? {
    signature,
    count: 0,
    by: evidence.detector,
    examples: [],
  }
  source.signatures.set(signature, known)
  known.count++
  const said = (step.result.error?.message || evidence.bytes).replaceAll(/\s+/g, ' ').slice(0, EXAMPLE_LENGTH)
  if (known.examples.length < EXAMPLES && !known.examples.includes(said)) known.examples.push(said)
}

function largest({ signatures }: Source): Signature[] {
  return [...signatures.values()].sort((a, b) => b.count - a.count).slice(0, LARGEST)
}

if (json) {
  const report = rows.map((row) => ({ ...row, signatures: row.signatures.size, largest: largest(row) }))
  console.log(JSON.stringify({ bench: 'classify', machine: machine(), problems, sources: report }, null, 2))
} else {
  const head = [
    'source',
    'episodes',
    'calls',
    'failures',
    'expected',
    'unknown',
    'text alone',
    'tool bug',
    'signatures',
  ]
  const table = plainTable(head)
  const share = (part: number, whole: number) =>
    whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
  for (const row of rows) {
    const { source, episodes, calls, failures, expectedNegatives, unknown, textAlone, toolBug, signatures } =
      row
    const shares = [unknown, textAlone, toolBug].map((part) => share(part, failures))
    table.push([source, episodes, calls, failures, expectedNegatives, ...shares, signatures.size].map(String))
  }
  console.log(table.toString())
  for (const row of rows) {
    console.log(`\n${row.source}`)
    for (const { signature, count, by, examples } of largest(row))
      console.log(`  ${count} × ${signature} (${by})${examples.map((said) => `\n      ${said}`).join('')}`)
  }
  for (const problem of problems) console.log(`PROBLEM ${problem}`)
  console.log(
    over.length === 0
      ? '\nunknown ≤ 10 % on every source'
      : `\nOVER 10 % unknown: ${over.map(({ source }) => source).join(', ')}`,
  )
}
process.exitCode = over.length === 0 ? 0 : 1

function readOptions(): { json: boolean; data: string } {
  try {
    const data = process.env.LIFEHARNESS_DATA ?? '../shared/data'
    const options = {
      json: { type: 'boolean', default: false },
      data: { type: 'string', default: data },
    } as const
    return parseArgs({ options }).values
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: [--json] [--data DIR]`)
    process.exit(2)
  }
}
