// Which case of `testAdapter` holds in which adapter: runs the suites of all adapters, and prints case × adapter.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { benchOptions, machine } from './options.ts'
import { plainTable } from './plain-table.ts'

type Report = { testResults: { assertionResults: { title: string; status: string }[] }[] }
type Cell = { held: boolean; cannot?: string }

const options = benchOptions()

/** Every test that is named `<case> × <adapter>`, perhaps with `(cannot: <reason>)` behind it. */
async function run(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeharness-'))
  try {
    const output = join(folder, 'report.json')
    const vitest = join('node_modules', 'vitest', 'vitest.mjs')
    const args = [vitest, 'run', 'packages', '-t', ' × ', '--reporter=json', `--outputFile=${output}`]
    // Failures are in the report, and end this process below.
    await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 28 }).catch(() => {})
    return JSON.parse(readFileSync(output, 'utf8')) as Report
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const cases = new Map<string, Map<string, Cell>>()
const adapters = new Set<string>()
const { testResults } = await run()
for (const { title, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
  const [, name, adapter, cannot] = /^(.+) × (.+?)(?: \(cannot: (.+)\))?$/.exec(title) ?? []
  if (status === 'skipped' || status === 'pending' || !name || !adapter) continue
  adapters.add(adapter)
  const row = cases.get(name) ?? new Map<string, Cell>()
  cases.set(name, row.set(adapter, { held: status === 'passed', ...(cannot ? { cannot } : {}) }))
}

const cells = [...cases.values()].flatMap((row) => [...row.values()])
const counts = {
  cases: cases.size,
  adapters: adapters.size,
  held: cells.filter(({ held, cannot }) => held && !cannot).length,
  cannot: cells.filter(({ held, cannot }) => held && cannot).length,
  failed: cells.filter(({ held }) => !held).length,
}

if (options.json) {
  const rows = [...cases].map(([name, row]) => ({ case: name, adapters: Object.fromEntries(row) }))
  console.log(JSON.stringify({ bench: 'conformance', machine: machine(), counts, rows }, null, 2))
} else {
  const table = plainTable(['case', ...adapters])
  const reasons = new Map<string, number>()
  const cellText = (cell: Cell | undefined) => {
    if (!cell) return ''
    if (!cell.held) return 'FAILED'
    if (!cell.cannot) return 'holds'
    if (!reasons.has(cell.cannot)) reasons.set(cell.cannot, reasons.size + 1)
    return `cannot ${reasons.get(cell.cannot)}`
  }
  for (const [name, row] of cases)
    table.push([name, ...[...adapters].map((adapter) => cellText(row.get(adapter)))])
  console.log(table.toString())
  for (const [reason, number] of reasons) console.log(`cannot ${number}: ${reason}`)
  const { held, cannot, failed } = counts
  console.log(
    `${counts.cases} cases × ${counts.adapters} adapters: ${held} hold, ${cannot} cannot be, ${failed} failed`,
  )
}
if (counts.failed > 0 || counts.cases < 40 || counts.adapters < 2) process.exitCode = 1
