import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { learn } from '../learn.ts'
import { contract, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { unitInducer } from './unit.ts'

const shop = (name: string, schema: JsonObject = { type: 'number' }) =>
  contract({ type: 'object', properties: { [name]: schema, item: { type: 'string' } } })

const repaired = (name: string, pairs: [Json, Json][], schema?: JsonObject): Trajectory[] =>
  pairs.map(([before, after], index) => {
    const calls = [
      failed({ [name]: before, item: 'tea' }, 'not a number'),
      ok({ [name]: after, item: 'tea' }),
    ]
    return episode(`e${index}`, calls, { contracts: [shop(name, schema)] })
  })

describe('unit', () => {
  it.each<[string, Trajectory[], string, string[]]>([
    ['a currency before', repaired('price', [['$20', 20]]), '/price', ['$']],
    [
      'a currency behind',
      repaired('price', [
        ['20 EUR', 20],
        ['3.5 EUR', 3.5],
      ]),
      '/price',
      ['EUR'],
    ],
    [
      'several',
      repaired('price', [
        ['20 EUR', 20],
        ['€3', 3],
      ]),
      '/price',
      ['EUR', '€'],
    ],
    ['a share', repaired('rate', [['15%', 15]]), '/rate', ['%']],
    ['the unit that is stated', repaired('distance_km', [['5 km', 5]]), '/distance_km', ['km']],
  ])('learns %s', async (_, episodes, path, units) => {
    const [draft, ...others] = await proposed(unitInducer, episodes)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'strip-unit', options: { path, units } })
  })

  it('is proven by what the model made of the value itself', async () => {
    const source = async function* () {
      yield* repaired('price', [
        ['$20', 20],
        ['$3.50', 3.5],
        ['$7', 7],
        ['$8', 8],
      ])
    }
    const { validated } = await learn(source)
    const strip = validated.find(({ intervention }) => intervention.kind === 'strip-unit')
    expect(strip).toMatchObject({ passes: true, replay: { fixes: 4, wrongRepairs: 0 } })
  })

  it.each<[string, Trajectory[]]>([
    ['a number that changed', repaired('rate', [['15%', 0.15]])],
    ['another unit than the one that is stated', repaired('distance_km', [['5 miles', 5]])],
    ['a text that the contract allows', repaired('price', [['$20', 20]], { type: ['number', 'string'] })],
    ['a number in a text', repaired('price', [['20', 20]])],
    [
      'a unit that was accepted elsewhere',
      [
        ...repaired('price', [['$20', 20]]),
        episode('x', [ok({ price: '$5' })], { contracts: [shop('price')] }),
      ],
    ],
    ['what somebody wrote behind a number', repaired('seats', [['3 for Anna Smith', 3]])],
    [
      'units of two tenants that no third person wrote',
      repaired('price', [
        ['$20', 20],
        ['€3', 3],
      ]).map((one, at) => ({ ...one, scope: `tenant-${at}` })),
    ],
    ['a range', repaired('price', [['20-30 EUR', 20]])],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(unitInducer, episodes)).toEqual([])
  })
})
