// An agent in code, written for the API as it once was. Some of its runs read an error and try again as it says.
import type { Json, LifeHarness } from '@lifeharness/core'
import { between, chance } from '../demo/random.ts'
import type { StoryClock } from '../six-interventions/clock.ts'
import type { Api } from './api.ts'

export type Story = { api: Api; clock: StoryClock; lifeHarness: LifeHarness; seed: number }

/** What became of the first call of each tool in one run. */
export type Run = Record<'create_label' | 'book_pickup', 'accepted' | 'refused'>

export const MODEL = 'clerk-7b'
/** Share of runs in which a refused call is corrected. */
const CORRECTS = 0.5
const TURN_MS = 20_000
const RUN_MS = 30 * 60_000

export async function playRun({ api, clock, lifeHarness, seed }: Story, index: number): Promise<Run> {
  const id = `run-${seed}-${index}`
  const episode = lifeHarness.episode({ id, agent: 'dispatcher', model: { modelId: MODEL } })
  episode.presentTools(api.contracts)
  let turn = 0
  const use = async (name: string, input: Json): Promise<string | undefined> => {
    clock.skip(TURN_MS)
    const emitted = { id: `${id}-${turn}`, tool: { origin: 'local', name }, input }
    const { call } = episode.repairEmitted({
      ...emitted,
      turn: turn++,
      index: 0,
      attempt: 1,
      approved: false,
    })
    const { result } = await episode.run(call, ({ input: given }) => api.send(name, given ?? {}))
    return result.outcome === 'ok' ? undefined : (result.error?.message ?? 'refused')
  }
  /** The habit first; if it is refused, in some runs once more as the error says. */
  const attempt = async (name: keyof Run, habit: Json, corrected: (error: string) => Json) => {
    const error = await use(name, habit)
    if (error === undefined) return { first: 'accepted' as const, done: true }
    const corrects = chance(seed, index, name) < CORRECTS
    return { first: 'refused' as const, done: corrects && (await use(name, corrected(error))) === undefined }
  }

  const customer = `C-${between(10_000, 99_999, seed, index, 'customer')}`
  const grams = between(100, 5_000, seed, index, 'grams')
  const label = await attempt('create_label', { parcel: { customer_id: customer, grams } }, (error) => {
    const field = /fields are (\w+)/.exec(error)?.[1] ?? 'customer_id'
    return { parcel: { [field]: customer, grams } }
  })
  const month = String(between(1, 12, seed, index, 'month')).padStart(2, '0')
  const day = between(13, 28, seed, index, 'day')
  const street = `Dock ${between(1, 999, seed, index, 'street')}`
  const american = `${month}/${day}/2026`
  const pickup = await attempt('book_pickup', { day: american, street }, (error) => ({
    day: error.includes('YYYY-MM-DD') ? `2026-${month}-${day}` : american,
    street,
  }))
  episode.end({ success: label.done && pickup.done })
  clock.skip(RUN_MS)
  return { create_label: label.first, book_pickup: pickup.first }
}
