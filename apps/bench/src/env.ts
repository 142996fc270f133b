// The environments that agents are measured in: what doing nothing and the solution reach in each, and whether what is
// recorded of the original worlds comes out of ours to the letter. Exits non-zero where it does not.

import { osEnvironment } from '../environments/agentbench-os/index.ts'
import { apiEnvironment } from '../environments/api/index.ts'
import { bashConformance } from '../environments/bash/conformance.ts'
import { type BashEnvironment, bashEnvironment } from '../environments/bash/index.ts'
import { multiTurnConformance } from '../environments/bfcl/conformance.ts'
import { multiTurnEnvironment } from '../environments/bfcl/index.ts'
import { type Bounds, bounds } from '../environments/drive.ts'
import {
  type Conformance,
  episodeConformance,
  solutionConformance,
} from '../environments/recorded/conformance.ts'
import { serviceDesks } from '../environments/recorded/index.ts'
import type { ServiceDesk } from '../environments/recorded/service-desk.ts'
import { statementConformance } from '../environments/sql/conformance.ts'
import { sqlEnvironment } from '../environments/sql/index.ts'
import { terminalEnvironment } from '../environments/terminal/index.ts'
import { missingTerminal } from '../environments/terminal/sandbox.ts'
import { benchOptions, machine } from './options.ts'
import { plainTable } from './plain-table.ts'

const options = benchOptions()
/** Recorded agents of each desk. The airline's were recorded on an older edition of its tables. */
const DESK_EPISODES: Record<string, readonly { source: string; because?: string }[]> = {
  'tau-retail': [{ source: 'tau-retail-agentrx' }, { source: 'tau-retail-grok3-503' }],
  'tau-airline': [{ source: 'tau-airline-gpt4o', because: 'recorded on older tables' }],
}
const SQL_EPISODES = ['intercode-sql-gpt-4', 'intercode-sql-gpt-3.5', 'intercode-sql-chat-bison-001-handicap']
type Row = Bounds & { name: string; conformance: Conformance[] }

const started = performance.now()
const report: Row[] = []
for (const desk of serviceDesks(options.data))
  report.push({ name: desk.name, ...(await bounds(desk)), conformance: deskConformance(desk) })
const sql = sqlEnvironment(options.data)
if (sql) {
  const conformance = []
  for (const source of options.quick ? [] : SQL_EPISODES)
    conformance.push(...(await statementConformance(sql, options.data, source)))
  report.push({ name: sql.name, ...(await bounds(sql)), conformance })
  await sql.close?.()
}
const bash = await bashEnvironment(options.data, { every: options.quick ? 3 : 1 })
if (typeof bash === 'object') {
  const conformance = await bashConformance(options.data, options.quick ? 40 : 1)
  report.push({ name: bash.name, ...(await bounds(bash)), conformance })
  await bash.close?.()
}
const os = await osEnvironment(options.data, { every: options.quick ? 50 : 1 })
if (typeof os === 'object') {
  report.push({ name: os.name, ...(await bounds(os)), conformance: [] })
  await os.close?.()
}
const api = apiEnvironment()
report.push({ name: api.name, ...(await bounds(api)), conformance: [] })
await api.close?.()
const terminal = terminalEnvironment()
if (terminal) {
  // Variants of a template lie side by side.
  report.push({ name: terminal.name, ...(await bounds(terminal, options.quick ? 3 : 1)), conformance: [] })
  await terminal.close?.()
}
const multiTurn = multiTurnEnvironment(options.data)
if (multiTurn)
  report.push({
    name: multiTurn.name,
    ...(await bounds(multiTurn)),
    conformance: multiTurnConformance(multiTurn, options.data),
  })
const seconds = (performance.now() - started) / 1000
const failed = report.some(
  ({ idle, oracle, conformance }) => idle > 0 || oracle < 1 || conformance.some(differs),
)

if (options.json) console.log(JSON.stringify({ machine: machine(), seconds, report }, null, 2))
else print()
if (!sql)
  console.error(`skipped: the recorded environments, for they are not in ${options.data} (see --data)`)
if (typeof bash === 'string') console.error(`skipped: intercode-bash and agentbench-os, for ${bash}`)
if (!terminal) console.error(`skipped: terminal, for ${missingTerminal()}`)
if (failed) process.exitCode = 1

function deskConformance(desk: ServiceDesk): Conformance[] {
  const isInjected = (content: string) => content.startsWith('Error: 503')
  const episodes = (DESK_EPISODES[desk.name] ?? []).flatMap(({ source, because }) => {
    const found = episodeConformance(desk, options.data, source, isInjected)
    return found ? [{ ...found, ...(because && { because }) }] : []
  })
  return [...solutionConformance(desk), ...episodes]
}

function differs({ equal, of, because }: Conformance): boolean {
  return equal < of && because === undefined
}

function print(): void {
  const table = plainTable(
    ['environment', 'tasks', 'templates', 'idle', 'solution', 'recorded', 'equal', ''],
    {
      colWidths: [null, null, null, null, null, null, null, 60],
      wordWrap: true,
    },
  )
  for (const { name, tasks, templates, idle, oracle, conformance } of report) {
    const recorded = conformance.map(({ what, equal, of, because = '' }) => [
      what,
      `${equal} of ${of}`,
      because,
    ])
    if (recorded.length === 0) recorded.push(['', '', ''])
    for (const [index, cells] of recorded.entries())
      table.push([
        ...(index === 0 ? [name, tasks, templates, percent(idle), percent(oracle)] : ['', '', '', '', '']),
        ...cells,
      ])
  }
  console.log(table.toString())
  for (const { name, conformance } of report)
    for (const { firstDifference } of conformance.filter(differs)) console.log(`${name}: ${firstDifference}`)
  for (const { name, leftOut } of [bash, os].filter((one) => typeof one === 'object'))
    if (leftOut.length > 0) console.log(leftOutTable(name, leftOut))
  const { node, cpu } = machine()
  console.log(`${seconds.toFixed(1)} s, Node ${node}, ${cpu}`)
}

function leftOutTable(name: string, leftOut: BashEnvironment['leftOut']): string {
  const table = plainTable([`left out of ${name}`, 'because the gold command'], {
    wordWrap: true,
    colWidths: [null, 90],
  })
  for (const [because, tasks] of Map.groupBy(leftOut, (one) => one.because))
    table.push([tasks.length, `${because} (${tasks.map(({ id }) => id).join(', ')})`])
  return table.toString()
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}
