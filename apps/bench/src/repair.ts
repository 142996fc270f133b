// `pnpm bench repair`: how many broken calls are brought back exactly, how many are made into something else, and how
// many are left alone, against what is used today.
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { baselines } from './repair/baselines.ts'
import { repairCases } from './repair/cases.ts'
import { readCorpus } from './repair/corpus.ts'
import { callGenerator } from './repair/generate.ts'
import { oddCases } from './repair/odd.ts'
import { cold, warmSystem } from './repair/ours.ts'
import { printReport } from './repair/print.ts'
import { seededRandom } from './repair/random.ts'
import { loadRecordedValues } from './repair/recorded.ts'
import { loadToolSets } from './repair/schemas.ts'
import { type Judged, judge } from './repair/score.ts'
import { singleCallReport } from './repair/single-call.ts'
import { trapCases } from './repair/traps.ts'

const USAGE = 'usage: [--data DIR] [--corpus FILE] [--seed N] [--per N] [--json] [--quick] [--show FILE]'

function options() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string', default: process.env.LIFEHARNESS_DATA ?? '../shared/data' },
        corpus: { type: 'string' },
        seed: { type: 'string', default: '1' },
        per: { type: 'string' },
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        show: { type: 'string' },
      },
    }).values
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`)
    process.exit(2)
  }
}

const { data, corpus, seed, per, json, quick, show } = options()
const systems = [...baselines, cold, warmSystem()]

function generated() {
  const sets = loadToolSets(data)
  if (sets.length === 0) return []
  const random = seededRandom(Number(seed))
  const generator = callGenerator(random, loadRecordedValues(data))
  const count = per === undefined ? (quick ? 10 : 60) : Number(per)
  const broken = repairCases(sets, generator, random, count)
  // Three of ten calls are valid and odd.
  const odd = oddCases(sets, generator, random, Math.round((broken.length * 3) / 7))
  return [...broken, ...odd, ...trapCases(sets, generator, random, count)]
}

if (corpus === undefined && !existsSync(data)) {
  console.log(`skipped: there is no data in ${data} (--data DIR or LIFEHARNESS_DATA)`)
  process.exit(0)
}

const cases = corpus === undefined ? generated() : readCorpus(corpus)
const results = new Map<string, Judged[]>()
for (const system of systems) results.set(system.name, await judge(system, cases, () => performance.now()))
const single = corpus === undefined ? await singleCallReport(data, systems) : []

if (show !== undefined) {
  const ours = [...results].filter(([name]) => name.startsWith('lifeharness'))
  const rows = ours.flatMap(([system, judged]) =>
    judged
      .filter(({ verdict }) => verdict !== 'right')
      .map(({ of, verdict, answer }) => ({
        system,
        verdict,
        group: of.group,
        operators: of.operators,
        emitted: of.emitted,
        truth: of.truth,
        answer,
        tool: of.tools.find(({ tool }) => tool.name === of.truth?.[0]?.name)?.inputSchema,
      })),
  )
  writeFileSync(show, rows.map((row) => JSON.stringify(row)).join('\n'))
}
printReport(results, single, { json, seed: Number(seed) })
