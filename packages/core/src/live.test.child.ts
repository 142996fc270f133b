// A process that serves traffic, for live.test.ts: it takes orders by lines of JSON and answers each with one. It is
// never told of anything that happens to the registry.
import { createInterface } from 'node:readline'
import type { Episode } from './episode.ts'
import { BOOK, book, bookCall, misnamed, playBooking } from './learn/worker-learner/booking.test.support.ts'
import { createLifeHarness } from './runtime.ts'
import { sqliteStore } from './sqlite/index.ts'

/** `play`: whole episodes; `open`, `call` (by habit, misnamed) and `end`: one, step by step; `registry`: its version. */
export type Order =
  | { play: number }
  | { open: string; model?: string }
  | { call: string }
  | { end: string }
  | { registry: true }

export type Answer =
  | { calls: number }
  | { opened: string }
  | { executed: unknown }
  | { ended: string }
  | { version: number }

if (import.meta.main) {
  const [path = ''] = process.argv.slice(2)
  const faults: string[] = []
  const lifeHarness = await createLifeHarness({
    store: sqliteStore(path, { watchEveryMs: 20 }),
    mode: 'progressive',
    onFault: ({ where }) => void faults.push(where),
  })
  const open = new Map<string, Episode>()
  let serial = 0

  async function carryOut(order: Order): Promise<Answer> {
    if ('play' in order) {
      let calls = 0
      for (let index = 0; index < order.play; index++)
        calls += await playBooking(lifeHarness, 'served', serial++)
      await lifeHarness.flush()
      return { calls }
    }
    if ('open' in order) {
      const episode = lifeHarness.episode({ id: order.open, model: { modelId: order.model ?? 'some-model' } })
      episode.presentTools([BOOK])
      open.set(order.open, episode)
      return { opened: order.open }
    }
    if ('call' in order) {
      const episode = open.get(order.call) as Episode
      const { call } = episode.repairEmitted(bookCall(`${order.call}-${serial++}`, serial, misnamed(serial)))
      const { executed } = await episode.run(call, book)
      return { executed: executed.input }
    }
    if ('end' in order) {
      open.get(order.end)?.end()
      open.delete(order.end)
      await lifeHarness.flush()
      return { ended: order.end }
    }
    return { version: lifeHarness.registry().version }
  }

  for await (const line of createInterface(process.stdin))
    process.stdout.write(`${JSON.stringify(await carryOut(JSON.parse(line)))}\n`)
  await lifeHarness.close()
  // Without a learner of its own it says so, once; anything else is wrong.
  process.exitCode = faults.filter((where) => where !== 'learner').length
}
