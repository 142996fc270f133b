// Does the activation test promote what helps, only what helps, and take back what harms? Simulated traffic through
// core's own accounts, levels and stage machine, beside what is in use elsewhere on the same traffic: episodes of 1 to
// 12 correlated calls, looked at at any time. Exits non-zero when a promise is not kept. `--quick` for few runs.

import {
  harmFigures,
  ownFigures,
  registryFigures,
  rivalFigures,
  type TestFigures,
} from './activation/measure.ts'
import { bounds } from './activation/promises.ts'
import { eLond } from './activation/registry.ts'
import { rivalsAt } from './activation/rivals.ts'
import { harmTable, registryTable, testTable } from './activation/tables.ts'
import { benchOptions, machine } from './options.ts'

const options = benchOptions()
const effort = options.quick ? { runs: 300, registries: 4 } : { runs: 4_000, registries: 100 }
const started = performance.now()
const progress = (what: string) => {
  if (!options.json) process.stderr.write(`${what} … `)
}

progress('registries')
const registry = registryFigures('core (α-investing)', effort)
const registries = [
  registry,
  registryFigures('e-LOND', { ...effort, registries: Math.ceil(effort.registries / 4) }, eLond),
]
/** The level which a candidate in the middle of a registry gets: where power counts. */
const typical = registry.level.median

progress('the test at the typical level')
const own = ownFigures('core, at the typical level', typical, effort)
const tests: TestFigures[] = [own]
progress('at 5 %')
tests.push(ownFigures('core, at 5 %', 0.05, effort))
for (const level of [typical, 0.05])
  for (const rival of rivalsAt(level)) {
    // What counts calls, or peeks at a test of fixed size, is shown once.
    if (level === typical && (rival.unit === 'call' || !/mSPRT|looks only/.test(rival.name))) continue
    progress(rival.name)
    tests.push(rivalFigures(rival, level, effort))
  }
progress('harm')
const harm = harmFigures(typical, effort)
if (!options.json) process.stderr.write('\n')

const promises = bounds(own, registry, harm, effort.runs)
const seconds = (performance.now() - started) / 1000
if (options.json) {
  console.log(
    JSON.stringify({ machine: machine(), seconds, effort, registries, tests, harm, promises }, null, 2),
  )
} else {
  console.log(`\n200 candidates, of which 180 do nothing, through the stage machine`)
  console.log(registryTable(registries))
  console.log(
    `\none candidate: ${effort.runs} runs, random looks, episodes of 1 to 12 calls; medians per arm; at most 1,000 episodes per arm`,
  )
  console.log(testTable(tests))
  console.log('\nharm')
  console.log(harmTable(harm))
  for (const { name, value, bound, kind, kept } of promises)
    console.log(`${kept ? 'kept  ' : 'BROKEN'} ${name}: ${+value.toFixed(4)} (${kind} ${bound})`)
  console.log(`\n${seconds.toFixed(0)} s`)
}
if (promises.some(({ kept }) => !kept)) process.exitCode = 1
