import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { contract, edited, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { valueMapInducer } from './value-map.ts'

const flown = (cabin: string) => ({ cabin })
const refused = (cabin: string) => failed(flown(cabin), 'refused')

function under(values: string[] | undefined, ...calls: Written[]): Trajectory[] {
  const properties: JsonObject = { cabin: { type: 'string', ...(values ? { enum: values } : {}) } }
  return [episode('e', calls, { contracts: values ? [contract({ type: 'object', properties })] : [] })]
}

const cabins = ['economy', 'premium_economy', 'business']
const often = cabins
  .flatMap((cabin) => Array(10).fill(ok(flown(cabin))))
  .map((call, index) => ({ ...call, result: index }))

describe('value-map', () => {
  it.each<[string, Trajectory[], JsonObject]>([
    ['another case', under(cabins, refused('Economy')), { Economy: 'economy' }],
    [
      'spaces for a line',
      under(cabins, refused('Premium Economy')),
      { 'Premium Economy': 'premium_economy' },
    ],
    [
      'several at once',
      under(cabins, refused('BUSINESS'), refused('Economy')),
      { BUSINESS: 'business', Economy: 'economy' },
    ],
    [
      'what successes use, with a pair',
      under(undefined, ...often, refused('Economy'), ok(flown('economy'))),
      { Economy: 'economy' },
    ],
  ])('matches %s', async (_, trajectories, map) => {
    const [draft, ...others] = await proposed(valueMapInducer, trajectories)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'map-value', options: { path: '/cabin', map } })
    for (const [from, to] of Object.entries(map))
      expect(draft && edited(draft, flown(from), trajectories[0]?.contracts[0])).toEqual(
        flown(to as Json as string),
      )
    expect(draft && edited(draft, flown('economy'), trajectories[0]?.contracts[0])).toBeUndefined()
  })

  it.each<[string, Trajectory[]]>([
    ['another word', under(cabins, refused('coach'))],
    ['a listed word', under(cabins, refused('economy'))],
    ['a word that two listed ones spell', under(['us', 'US'], refused('Us'))],
    ['a choice that the model changed', under(cabins, refused('first'), ok(flown('business')))],
    [
      'a name that is no enumeration',
      under(undefined, ok(flown('anna')), refused('Anna'), ok(flown('anna'))),
    ],
    [
      'what other successes use',
      under(undefined, ...often, ok(flown('Economy')), refused('Economy'), ok(flown('economy'))),
    ],
  ])('does not match %s', async (_, trajectories) => {
    expect(await proposed(valueMapInducer, trajectories)).toEqual([])
  })
})
