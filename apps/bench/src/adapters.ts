// What a step of a host pays for the layer: each row runs the same step bare and through the layer (and, where there is
// one, through somebody else's), in turn, so that what disturbs one disturbs all.

import { aiSdkRows } from './adapters/ai-sdk.ts'
import { langgraphRows } from './adapters/langgraph.ts'
import { mcpRows } from './adapters/mcp.ts'
import type { AdapterRow } from './adapters/row.ts'
import { benchOptions, machine } from './options.ts'
import { plainTable } from './plain-table.ts'
import { quantile } from './quantiles.ts'

/** One file each in `adapters/`. */
const rows: readonly AdapterRow[] = [...aiSdkRows, ...langgraphRows, ...mcpRows]

const options = benchOptions()
const ROUNDS = options.quick ? 200 : 2_000
const WARM_UP = ROUNDS / 5

type Figures = { p50: number; p99: number }
type Measured = Figures & { step: string; way: string; overBare?: Figures; promised?: Partial<Figures> }

async function measure({ name, open }: AdapterRow): Promise<Measured[]> {
  const { bare, others, promised = {}, close } = await open()
  const ways = Object.entries({ bare, ...others })
  const samples = new Map(ways.map(([way]) => [way, [] as number[]]))
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    // Who comes first changes from round to round.
    for (let turn = 0; turn < ways.length; turn++) {
      const [way, run] = ways[(round + turn) % ways.length] as (typeof ways)[number]
      const started = performance.now()
      await run()
      const us = (performance.now() - started) * 1_000
      if (round >= WARM_UP) samples.get(way)?.push(us)
    }
    // Queues drain between two steps, as they do while a model answers.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await close?.()
  const figuresOf = (of: number[]): Figures => ({ p50: quantile(of, 0.5), p99: quantile(of, 0.99) })
  const alone = figuresOf(samples.get('bare') ?? [])
  return [...samples].map(([way, of]) => {
    const figures = figuresOf(of)
    const overBare = { p50: figures.p50 - alone.p50, p99: figures.p99 - alone.p99 }
    const promise = promised[way]
    return {
      ...{ step: name, way, ...figures },
      ...(way === 'bare' ? {} : { overBare }),
      ...(promise ? { promised: promise } : {}),
    }
  })
}

const measured: Measured[] = []
for (const row of rows) measured.push(...(await measure(row)))

if (options.json) {
  console.log(
    JSON.stringify(
      { bench: 'adapters', unit: 'µs', rounds: ROUNDS, machine: machine(), rows: measured },
      null,
      2,
    ),
  )
} else {
  const head = ['step', 'way', 'p50 µs', 'p99 µs', 'over bare p50', 'p99', 'promised', '']
  const table = plainTable(head)
  for (const { step, way, p50, p99, overBare, promised } of measured) {
    const over = Object.entries(promised ?? {}).filter(
      ([name, limit]) => overBare !== undefined && overBare[name as keyof Figures] > limit,
    )
    table.push([
      step,
      way,
      p50.toFixed(0),
      p99.toFixed(0),
      overBare?.p50.toFixed(0) ?? '',
      overBare?.p99.toFixed(0) ?? '',
      promised ? `≤ ${Object.values(promised).join(', ≤ ')}` : '',
      promised ? (over.length === 0 ? 'kept' : 'MISSED') : '',
    ])
  }
  console.log(table.toString())
  const { node, cores, cpu } = machine()
  console.log(`${ROUNDS.toLocaleString('en')} steps a way, in turn; Node ${node}, ${cores} × ${cpu}`)
}
