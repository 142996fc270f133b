import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'

/** What every bench takes. `data` is a folder laid out like the reference data. */
export type BenchOptions = { json: boolean; data: string; quick: boolean }

/** Parses `[--json] [--data DIR] [--quick]`; a wrong flag ends the process with exit code 2. */
export function benchOptions(argv: readonly string[] = process.argv.slice(2)): BenchOptions {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        data: { type: 'string', default: process.env.LIFEHARNESS_DATA ?? '../shared/data' },
      },
    })
    return values
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: [--json] [--data DIR] [--quick]`)
    process.exit(2)
  }
}

/** The machine a figure was measured on. */
export function machine(): { node: string; cpu: string; cores: number } {
  return { node: process.version, cpu: cpuModel(), cores: availableParallelism() }
}

function cpuModel(): string {
  return cpus()[0]?.model.trim() ?? 'unknown'
}
