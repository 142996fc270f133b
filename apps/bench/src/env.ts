// The environments that agents are measured in: what doing nothing and the solution reach in each, and whether what is
// recorded of the original worlds comes out of ours to the letter. Exits non-zero where it does not.
import Table from 'cli-table3'
import { bounds } from '../environments/drive.ts'
import {
  type Conformance,
  episodeConformance,
  solutionConformance,
} from '../environments/recorded/conformance.ts'
import { serviceDesks } from '../environments/recorded/index.ts'
import { benchOptions, machine } from './options.ts'

const options = benchOptions()
const isInjected = (content: string) => content.startsWith('Error: 503')
/** Recorded agents of each desk. The airline's were recorded on an older edition of its tables. */
const EPISODES: Record<string, readonly string[]> = {
  'tau-retail': ['tau-retail-agentrx', 'tau-retail-grok3-503'],
  'tau-airline': ['tau-airline-gpt4o'],
}
const OLDER_TABLES = new Set(['tau-airline-gpt4o'])

const started = performance.now()
const report = []
for (const desk of serviceDesks(options.data)) {
  const episodes = (EPISODES[desk.name] ?? []).flatMap(
    (source) => episodeConformance(desk, options.data, source, isInjected) ?? [],
  )
  report.push({
    name: desk.name,
    ...(await bounds(desk)),
    conformance: [...solutionConformance(desk), ...episodes],
  })
}
const seconds = (performance.now() - started) / 1000
const differs = ({ what, equal, of }: Conformance) =>
  equal < of && ![...OLDER_TABLES].some((source) => what.endsWith(source))
const failed = report.some(
  ({ idle, oracle, conformance }) => idle > 0 || oracle < 1 || conformance.some(differs),
)

if (options.json) console.log(JSON.stringify({ machine: machine(), seconds, report }, null, 2))
else if (report.length === 0) console.log(`skipped: no environments in ${options.data} (see --data)`)
else {
  const table = new Table({
    head: ['environment', 'tasks', 'templates', 'idle', 'solution', 'recorded', 'equal'],
  })
  for (const { name, tasks, templates, idle, oracle, conformance } of report)
    for (const [index, { what, equal, of }] of conformance.entries())
      table.push([
        ...(index === 0 ? [name, tasks, templates, percent(idle), percent(oracle)] : ['', '', '', '', '']),
        what,
        `${equal} of ${of}${OLDER_TABLES.has(what.split(' ').at(-1) ?? '') ? ' (older tables)' : ''}`,
      ])
  console.log(table.toString())
  for (const { name, conformance } of report)
    for (const { firstDifference } of conformance.filter(differs)) console.log(`${name}: ${firstDifference}`)
  console.log(`${seconds.toFixed(1)} s`)
}
if (failed) process.exitCode = 1

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}
