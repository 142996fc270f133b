// What one call pays for the layer: `episode.run` around a tool that does nothing, against the bare call, in one
// interleaved run. Beside it the figures promised in docs/design.md §8.
import {
  createLifeHarness,
  type Episode,
  type Json,
  type RegistryState,
  type ToolCall,
} from '@lifeharness/core'
import { benchOptions, machine } from './options.ts'
import { registryOf, TOOL } from './overhead-registry.ts'
import { plainTable } from './plain-table.ts'
import { quantile } from './quantiles.ts'

const options = benchOptions()
const ROUNDS = options.quick ? 40 : 200
const CALLS = 40
const WARM_UP = options.quick ? 10 : 40

const RESULT_BYTES = [100, 2_000, 10_000, 100_000, 1_000_000]

const setups: { name: string; registry: RegistryState; matches: boolean }[] = [
  { name: '0', registry: registryOf({ onTool: 0, elsewhere: 0 }), matches: false },
  {
    name: '200 on this tool, none matches',
    registry: registryOf({ onTool: 200, elsewhere: 0 }),
    matches: false,
  },
  {
    name: '200 on this tool, one matches',
    registry: registryOf({ onTool: 200, elsewhere: 0 }),
    matches: true,
  },
  {
    name: '10,000 (200 on this tool), one matches',
    registry: registryOf({ onTool: 200, elsewhere: 9_800 }),
    matches: true,
  },
]

/** Some 900 bytes of nested arguments. `quantity` is text where the schema wants an integer when it shall match. */
function input(matches: boolean): Json {
  return {
    order: {
      reference: 'order-reference-000000000001',
      lines: Array.from({ length: 8 }, (_, index) => ({
        sku: `sku-${index}-abcdefghijkl`,
        name: 'a line item with a readable name',
        price: 12.5 + index,
      })),
      address: { street: 'Some Street 12', city: 'Some City', country: 'NL' },
    },
    quantity: matches ? '12' : 12,
  }
}

function result(bytes: number): Json {
  const row = { id: 1, name: 'a row of the result', note: 'x'.repeat(40) }
  const rows = Math.max(1, Math.round(bytes / JSON.stringify(row).length))
  return { rows: Array.from({ length: rows }, (_, id) => ({ ...row, id })) }
}

type Measured = { setup: string; resultBytes: number; bare: number[]; layer: number[] }

async function measure(): Promise<Measured[]> {
  const cases = await Promise.all(
    setups.flatMap((setup) =>
      RESULT_BYTES.map(async (resultBytes) => {
        const lifeHarness = await createLifeHarness({ registry: setup.registry, mode: 'progressive' })
        const value = result(resultBytes)
        const measured: Measured = { setup: setup.name, resultBytes, bare: [], layer: [] }
        return { setup, lifeHarness, execute: async () => value, arguments: input(setup.matches), measured }
      }),
    ),
  )
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const one of cases) {
      const episode = one.lifeHarness.episode({ model: { modelId: 'bench' } })
      episode.presentTools([TOOL])
      const keep = round >= 0
      for (let index = 0; index < CALLS; index++) {
        const call: ToolCall = {
          id: `call-${round}-${index}`,
          tool: TOOL.tool,
          turn: index,
          index: 0,
          attempt: 1,
          approved: false,
          // A new object each time, as a host's parser makes it; calls differ, so that none recurs.
          input: { ...(one.arguments as object), note: `${round}-${index}` } as Json,
        }
        const bare = await timed(() => one.execute())
        const layer = await timed(() => episode.run(call, one.execute))
        if (keep) {
          one.measured.bare.push(bare)
          one.measured.layer.push(layer)
        }
      }
      episode.end()
      // The queues drain between episodes, as they would between two model turns; that work is off the path.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return cases.map(({ measured }) => measured)
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await run()
  return (performance.now() - started) * 1_000
}

/** Events per second that leave the path, redacted and serialised. */
async function offPath(): Promise<number> {
  const lifeHarness = await createLifeHarness()
  const episode: Episode = lifeHarness.episode({ model: { modelId: 'bench' } })
  const value = result(2_000)
  const calls = 10_000
  for (let index = 0; index < calls; index++) {
    await episode.run(
      {
        id: String(index),
        tool: TOOL.tool,
        turn: index,
        index: 0,
        attempt: 1,
        approved: false,
        input: input(false),
      },
      () => value,
    )
  }
  const started = performance.now()
  await lifeHarness.flush()
  return calls / ((performance.now() - started) / 1_000)
}

/** Time to look a tool up and plan, by size of the registry: the ratio from 100 to 100,000. */
async function growth(): Promise<{ p50At100: number; p50At100k: number; ratio: number }> {
  const small = await createLifeHarness({
    registry: registryOf({ onTool: 50, elsewhere: 50 }),
    mode: 'progressive',
  })
  const large = await createLifeHarness({
    registry: registryOf({ onTool: 50, elsewhere: 99_950 }),
    mode: 'progressive',
  })
  const samples = { small: [] as number[], large: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, lifeHarness] of [
      ['small', small],
      ['large', large],
    ] as const) {
      const episode = lifeHarness.episode({ model: { modelId: 'bench' } })
      episode.presentTools([TOOL])
      for (let index = 0; index < CALLS; index++) {
        const call = {
          id: `${round}-${index}`,
          tool: TOOL.tool,
          turn: 0,
          index: 0,
          attempt: 1,
          approved: false,
          input: input(true),
        }
        const us = await timed(() => episode.run(call, async () => null))
        if (round >= 5) samples[name].push(us)
      }
      episode.end()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const [p50At100, p50At100k] = [quantile(samples.small, 0.5), quantile(samples.large, 0.5)]
  return { p50At100, p50At100k, ratio: p50At100k / p50At100 }
}

const measured = await measure()
const rows = measured.map(({ setup, resultBytes, bare, layer }) => ({
  setup,
  resultBytes,
  bareP50: quantile(bare, 0.5),
  layerP50: quantile(layer, 0.5),
  overheadP50: quantile(layer, 0.5) - quantile(bare, 0.5),
  overheadP99: quantile(layer, 0.99) - quantile(bare, 0.99),
  promised: promise(setup, resultBytes),
}))
const report = {
  bench: 'overhead',
  unit: 'µs',
  calls: ROUNDS * CALLS,
  machine: machine(),
  rows,
  growth: await growth(),
  offPathEventsPerSecond: await offPath(),
}

function promise(setup: string, resultBytes: number): { p50: number; p99: number } | undefined {
  if (resultBytes > 2_000) return undefined
  return setup === '0' ? { p50: 5, p99: 150 } : { p50: 25, p99: 150 }
}

if (options.json) console.log(JSON.stringify(report, null, 2))
else {
  const table = plainTable([
    'interventions',
    'result',
    'bare p50',
    'layer p50',
    '+p50 µs',
    '+p99 µs',
    'promised p50 / p99',
    '',
  ])
  for (const row of rows) {
    const kept = !row.promised || (row.overheadP50 <= row.promised.p50 && row.overheadP99 <= row.promised.p99)
    table.push([
      row.setup,
      row.resultBytes >= 1_000 ? `${row.resultBytes / 1_000} kB` : `${row.resultBytes} B`,
      row.bareP50.toFixed(2),
      row.layerP50.toFixed(2),
      row.overheadP50.toFixed(2),
      row.overheadP99.toFixed(2),
      row.promised ? `≤ ${row.promised.p50} / ≤ ${row.promised.p99}` : '–',
      row.promised ? (kept ? 'kept' : 'MISSED') : '',
    ])
  }
  console.log(table.toString())
  const { p50At100, p50At100k, ratio } = report.growth
  console.log(
    `registry of 100 → 100,000: ${p50At100.toFixed(2)} → ${p50At100k.toFixed(2)} µs p50, ${ratio.toFixed(2)}× (promised ≤ 1.3×)`,
  )
  console.log(
    `off the path: ${Math.round(report.offPathEventsPerSecond).toLocaleString('en')} events/s redacted`,
  )
  console.log(
    `${report.calls.toLocaleString('en')} calls a row, interleaved; Node ${report.machine.node}, ${report.machine.cores} × ${report.machine.cpu}`,
  )
}
