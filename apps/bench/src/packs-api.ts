// The pack for HTTP APIs on a real server: failures that are provoked under their mechanism, and how many of them the pack
// repairs or explains; calls that must stay as they are, and how many do not; and what a decision costs. Half of the
// failures (`final`) is for the last run. `--half tune|final`, `--misses`.
import { parseArgs } from 'node:util'
import { costOfDecision } from './packs/api/cost.ts'
import type { Failure, Half } from './packs/api/failure.ts'
import { judgeFailure, judgeUnmatched, type Verdict } from './packs/api/judge.ts'
import { CONDITIONS, KEYS, MISSING_HEADERS, PLACES, REFUSALS } from './packs/api/requests-that-fail.ts'
import { courseRunner } from './packs/api/run-calls.ts'
import { unmatched } from './packs/api/unmatched.ts'
import { AVAILABILITY, COURSES, GRAPHQL, VALUES } from './packs/api/values-that-fail.ts'
import { venueInterventions } from './packs/api/venue-layer.ts'
import { plainTable } from './plain-table.ts'

const { values: options } = parseArgs({
  options: { half: { type: 'string' }, misses: { type: 'boolean', default: false } },
})
const halves: Half[] =
  options.half === 'tune' || options.half === 'final' ? [options.half] : ['tune', 'final']
const all: Failure[] = [
  ...[MISSING_HEADERS, CONDITIONS, KEYS, PLACES, REFUSALS].flat(),
  ...[VALUES, AVAILABILITY, GRAPHQL, COURSES].flat(),
]
const interventions = venueInterventions()
const runner = await courseRunner(interventions)
const table = plainTable(['half', 'mechanism', 'failures', 'repaired', 'explained', 'left', 'wrong'])
const verdicts: (Verdict & { failure: Failure })[] = []
let broken = 0

for (const half of halves) {
  const own = all.filter((failure) => failure.half === half)
  for (const failure of own) verdicts.push({ failure, ...(await judgeFailure(runner, failure)) })
  for (const mechanism of new Set(own.map((failure) => failure.mechanism))) row(half, mechanism)
  row(half, 'all')
}
for (const { failure, outcome, why } of verdicts) {
  if (outcome === 'not provoked' || outcome === 'wrong') broken++
  if (outcome === 'not provoked' || outcome === 'wrong' || (options.misses && outcome === 'left'))
    console.log(`${outcome}: ${failure.mechanism}: ${JSON.stringify(failure.call)}: ${why}`)
}
console.log(table.toString())

const stay = unmatched()
let touched = 0
for (const course of stay) {
  const why = await judgeUnmatched(runner, course)
  if (why === undefined) continue
  touched++
  console.log(`touched: ${JSON.stringify(course.call)}: ${why}`)
}
console.log(`calls that must stay as they are: ${stay.length}, touched: ${touched}`)
const { microseconds, without } = await costOfDecision(interventions)
console.log(
  `${interventions.length} interventions; a call and its result: ${microseconds.toFixed(1)} µs CPU, ${without.toFixed(1)} without any`,
)
for (const fault of runner.faults) console.log(`fault: ${fault}`)
await runner.close()
if (broken > 0 || touched > 0 || runner.faults.length > 0) process.exitCode = 1

function row(half: Half, mechanism: string): void {
  const own = verdicts.filter(
    ({ failure }) => failure.half === half && (mechanism === 'all' || failure.mechanism === mechanism),
  )
  const count = (outcome: Verdict['outcome']) => own.filter((verdict) => verdict.outcome === outcome).length
  const outcomes = (['repaired', 'explained', 'left', 'wrong'] as const).map(count)
  table.push([half, mechanism, own.length, ...outcomes])
}
