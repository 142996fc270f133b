import type { Intervention, JsonObject } from '@lifeharness/core'
import { VERSION } from '../../../environments/api/state.ts'
import { virtualClock } from '../../../environments/virtual-clock.ts'
import { venueLayer } from './venue-layer.ts'

const CALLS = 20_000
const INPUT: JsonObject = { method: 'GET', path: '/v1/rooms', headers: { 'Api-Version': VERSION } }
const RESULT = { status: 200, headers: {}, body: { data: [{ id: 'room-1', name: 'Anchor', capacity: 4 }] } }

/** CPU time of a call that succeeds and of its result, with the pack and without, in turns. */
export async function costOfDecision(
  interventions: readonly Intervention[],
): Promise<{ microseconds: number; without: number }> {
  const rounds = { with: [] as number[], without: [] as number[] }
  for (let round = 0; round < 6; round++) {
    rounds.with.push(await spent(interventions))
    rounds.without.push(await spent([]))
  }
  // The first of each is warming up.
  const least = (of: readonly number[]) => Math.min(...of.slice(1))
  return { microseconds: least(rounds.with), without: least(rounds.without) }
}

async function spent(interventions: readonly Intervention[]): Promise<number> {
  const layer = await venueLayer(interventions, virtualClock(0), (where, error) => {
    throw new Error(where, { cause: error })
  })
  const episode = layer.episode({ id: 'cost' })
  const tool = { origin: 'local', name: 'http_request' }
  // The first step is made, as it is in every episode but once.
  const call = (id: number, name: string, input: JsonObject) =>
    episode.run(
      { id: `${id}`, tool: { ...tool, name }, turn: id, index: 0, attempt: 1, approved: false, input },
      () => RESULT,
    )
  await call(0, 'open_session', {})
  const before = process.cpuUsage()
  for (let id = 1; id <= CALLS; id++) await call(id, 'http_request', INPUT)
  const { user, system } = process.cpuUsage(before)
  await layer.close()
  return (user + system) / CALLS
}
