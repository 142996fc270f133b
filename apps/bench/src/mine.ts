// How fast recordings are mined on one core, and whether memory stays flat as they grow: synthetic steps drawn from
// recorded ones, each size in a process of its own. Then whether several miners come to what one pass comes to.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Measured, Task } from './mine/measure.ts'
import { compareMerged } from './mine/merging.ts'
import { recordedEpisodes } from './mine/recordings.ts'
import { syntheticSource } from './mine/synthetic.ts'
import { benchOptions, machine } from './options.ts'
import { plainTable } from './plain-table.ts'

const options = benchOptions()
const SIZES = options.quick ? [10_000, 100_000, 300_000] : [10_000, 100_000, 1_000_000, 10_000_000]
const MINERS = 8
const SAME_GROUPS = 0.99
const MERGED_STEPS = options.quick ? 50_000 : 400_000
const TARGET = 100_000
/**
 * The same room for every size: without a limit the collector of V8 takes more time, and so more room, the longer it runs.
 * The recordings to draw from take 72 MB of it, and what is mined and remembered up to 60. Much less, and collections take
 * half of the time; much more, and the peak shows how lazy the collector was.
 */
const HEAP_MB = 256

const CHILD = fileURLToPath(new URL('./mine/child.ts', import.meta.url))

/** A child process, so that its peak of memory is its own. */
function inChild(task: Task): Measured {
  const flags = ['--expose-gc', `--max-old-space-size=${HEAP_MB}`]
  const output = execFileSync(
    process.execPath,
    [...process.execArgv, ...flags, CHILD, JSON.stringify(task)],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
    },
  )
  return JSON.parse(output) as Measured
}

type Row = Measured & { stepsPerSecond: number }

function row(steps: number): Row {
  const mined = inChild({ data: options.data, steps })
  return { ...mined, stepsPerSecond: mined.steps / mined.seconds }
}

const recorded = await recordedEpisodes(options.data)
if (!recorded) {
  console.log(`skipped: no recordings in ${options.data} (see --data)`)
  process.exit(0)
}
const rows = SIZES.map(row)
const merging = await compareMerged(syntheticSource(recorded, { steps: MERGED_STEPS }), MINERS)
const failed = merging.different.length > 0 || merging.rand < SAME_GROUPS
if (options.json) console.log(JSON.stringify({ machine: machine(), target: TARGET, rows, merging }, null, 2))
else print()
process.exitCode = failed ? 1 : 0

function print(): void {
  const { node, cpu, cores } = machine()
  const steps = recorded?.flatMap((episode) => episode.steps.filter(({ type }) => type === 'tool')) ?? []
  console.log(
    `Mining synthetic steps drawn from ${recorded?.length} recorded episodes (${steps.length.toLocaleString('en')} steps).`,
  )
  console.log(
    `Node ${node}, ${cpu}, ${cores} cores. Processor time of all threads; steps are generated and mined by turns.\n`,
  )
  const table = plainTable([
    'steps',
    'failed',
    'signatures',
    'tools',
    'steps/s',
    'µs/step',
    'CPU s',
    'generating s',
    'wall s',
    'peak RSS MB',
    'held at most MB',
    'held MB',
  ])
  for (const one of rows)
    table.push([
      one.steps.toLocaleString('en'),
      `${((100 * one.failures) / one.steps).toFixed(1)} %`,
      one.signatures,
      one.tools,
      Math.round(one.stepsPerSecond).toLocaleString('en'),
      (1e6 / one.stepsPerSecond).toFixed(1),
      one.seconds.toFixed(2),
      one.generating.toFixed(2),
      one.elapsed.toFixed(1),
      `${megabytes(one.peakBytes)} (${megabytes(one.readBytes)} before mining)`,
      megabytes(one.mostHeldBytes),
      megabytes(one.heldBytes),
    ])
  console.log(table.toString())
  const fastest = Math.max(...rows.map(({ stepsPerSecond }) => stepsPerSecond))
  console.log(
    `target ${TARGET.toLocaleString('en')} steps/s on one core: ${fastest >= TARGET ? 'reached' : 'not reached'}`,
  )
  console.log(
    `${MINERS} miners merged against one pass over ${merging.steps.toLocaleString('en')} steps, ${merging.signatures} signatures: ` +
      (merging.different.length > 0 ? `${merging.different.length} counts differ` : 'every count the same') +
      `; ${merging.templates} templates, adjusted Rand ${merging.rand.toFixed(4)} (at least ${SAME_GROUPS})`,
  )
  for (const key of merging.different.slice(0, 10)) console.log(`  ${key}`)
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
