// What can be learnt from recorded episodes, and what it does to episodes it was not learnt from. Held-out replay goes
// through the runtime itself. The ceiling counts failed calls whose correction is the same edit program as one of another
// episode (`learn/recurring.ts`), without what was another decision: corrections of calls that were refused.
// Function calling and prompted agents apart. `--only NAME` (repeatable) picks sources,
// `--list` shows every intervention, `--quick` leaves out strict replay and replay across models.
import { parseArgs } from 'node:util'
import { type Measured, measure, measureAcrossModels, pooledBySource } from './learn/measure.ts'
import { type Protocol, readRecordings } from './learn/recordings.ts'
import {
  acrossModelsRows,
  countsTable,
  heldOutTable,
  interventionLines,
  stagesTable,
} from './learn/tables.ts'
import { benchOptions, machine } from './options.ts'

const own = parseArgs({
  options: { only: { type: 'string', multiple: true }, list: { type: 'boolean', default: false } },
  strict: false,
}).values as { only?: string[]; list?: boolean }
const options = benchOptions(
  process.argv.slice(2).filter((flag, index, all) => {
    return !['--list', '--only'].includes(flag) && !flag.startsWith('--only=') && all[index - 1] !== '--only'
  }),
)

const started = performance.now()
const recordings = await readRecordings(options.data, own.only)
if (recordings.length === 0) console.error(`no trajectories in ${options.data}: nothing was measured`)
const measured: Measured[] = []
for (const recording of [...recordings, ...pooledBySource(recordings)]) {
  if (!options.json) process.stderr.write(`${recording.name} … `)
  measured.push(await measure(recording, !options.quick))
}
const across = options.quick ? [] : await measureAcrossModels(recordings)
if (!options.json) process.stderr.write('\n')

const wrong =
  measured.reduce((sum, { heldOut, strict }) => sum + heldOut.wrong + (strict?.wrong ?? 0), 0) +
  across.reduce((sum, { counts }) => sum + counts.wrong, 0)

if (options.json) {
  const seconds = (performance.now() - started) / 1000
  console.log(JSON.stringify({ machine: machine(), data: options.data, seconds, measured, across }, null, 2))
} else {
  for (const protocol of ['function-calling', 'prompted'] satisfies Protocol[]) {
    const rows = measured.filter((one) => one.protocol === protocol)
    if (rows.length === 0) continue
    console.log(`\n${protocol}: each episode under what was induced without its fold (one of ten)`)
    console.log(heldOutTable(rows))
    console.log(stagesTable(rows))
    const strict = rows.flatMap(({ name, strict: counts }) => (counts ? [{ name, counts }] : []))
    if (strict.length > 0) console.log(countsTable('validated without the fold too', strict))
  }
  if (across.length > 0) console.log(countsTable('learnt from the other models', acrossModelsRows(across)))
  if (own.list) console.log(interventionLines(measured).join('\n'))
  for (const { heldOut, name } of measured)
    for (const example of heldOut.wrongExamples) console.log(`wrong repair in ${name}: ${example}`)
  console.log(
    `exact = edited + repeated calls that are exactly one that later succeeded.
ceiling = failed calls whose correction is the same edit program as one of another episode: of whole arguments, or (in
texts) words replaced wherever they stand; reached = exact ones among them; respelled = the same query as one that later
succeeded, but for the letters' case of columns and keywords and for white space, which databases read alike. decisions = corrections that recur likewise, of
calls that the state of the world refused (state.precondition, state.conflict): no repairs.`,
  )
  console.log(`${wrong} wrong repairs in all; ${((performance.now() - started) / 1000).toFixed(0)} s`)
}
if (wrong > 0) process.exitCode = 1
