import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { contract, edited, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { aliasInducer } from './alias.ts'

function schema(properties: JsonObject, required: string[] = Object.keys(properties)): JsonObject {
  return { type: 'object', properties, required, additionalProperties: false }
}

const text = { type: 'string' }
const orders = schema({ order_id: text })
const route = schema({ origin: text, destination: text })

function under(inputSchema: JsonObject | undefined, ...episodes: Written[][]): Trajectory[] {
  const contracts = inputSchema ? [contract(inputSchema)] : []
  return episodes.map((calls, index) => episode(`e${index}`, calls, { contracts }))
}

describe('alias', () => {
  it.each<[string, Trajectory[], JsonObject, Json, Json]>([
    [
      'a value that moved to another name',
      under(orders, [failed({ order: 'W1' }, 'refused'), ok({ order_id: 'W1' })]),
      { from: '/order', to: '/order_id' },
      { order: 'W2' },
      { order_id: 'W2' },
    ],
    [
      'another spelling of a missing name, without a pair',
      under(orders, [failed({ orderId: 'W1' }, 'refused')]),
      { from: '/orderId', to: '/order_id' },
      { orderId: 'W2' },
      { order_id: 'W2' },
    ],
    [
      'names below a list',
      under(schema({ files: { type: 'array', items: schema({ file_path: text }) } }), [
        failed({ files: [{ path: '/a' }, { path: '/b' }] }, 'refused'),
        ok({ files: [{ file_path: '/a' }, { file_path: '/b' }] }),
      ]),
      { from: '/files/*/path', to: '/files/*/file_path' },
      { files: [{ path: '/c' }] },
      { files: [{ file_path: '/c' }] },
    ],
    [
      'a name without any contract, when successes know it',
      under(undefined, [failed({ order: 'W7239184' }, 'unknown argument'), ok({ order_id: 'W7239184' })]),
      { from: '/order', to: '/order_id' },
      { order: 'W2' },
      { order_id: 'W2' },
    ],
    [
      'a name inside an object that the contract leaves open',
      under(schema({ body: { type: 'object' } }), [
        failed({ body: { order: 'W7239184' } }, 'unknown field order'),
        ok({ body: { order_id: 'W7239184' } }),
      ]),
      { from: '/body/order', to: '/body/order_id' },
      { body: { order: 'W2' } },
      { body: { order_id: 'W2' } },
    ],
  ])('matches %s', async (_, trajectories, options, input, expected) => {
    const [draft, ...others] = await proposed(aliasInducer, trajectories)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'rename-argument', options })
    const of = trajectories[0]?.contracts[0]
    expect(draft && edited(draft, input, of)).toEqual(expected)
    for (const { input, expect: wanted } of draft?.origin.fixtures.fixes ?? [])
      expect(draft && edited(draft, input, of)).toEqual(wanted)
  })

  it('finds both of two that moved, each with its own value', async () => {
    const calls = [failed({ from: 'JFK', to: 'SFO' }, 'refused'), ok({ origin: 'JFK', destination: 'SFO' })]
    const drafts = await proposed(aliasInducer, under(route, calls))
    expect(drafts.map(({ options }) => options)).toEqual([
      { from: '/from', to: '/origin' },
      { from: '/to', to: '/destination' },
    ])
  })

  it.each<[string, Trajectory[]]>([
    ['one unknown and one missing name', under(orders, [failed({ order: 'W1' }, 'refused')])],
    ['two of each', under(route, [failed({ from: 'JFK', to: 'SFO' }, 'refused')])],
    [
      'what is left when one name is right',
      under(route, [
        failed({ origin: 'JFK', to: 'SFO' }, 'refused'),
        failed({ origin: 'A', to: 'B' }, 'refused'),
      ]),
    ],
    [
      'two arguments of one value',
      under(route, [
        failed({ from: 'JFK', to: 'JFK' }, 'refused'),
        ok({ origin: 'JFK', destination: 'JFK' }),
      ]),
    ],
    [
      'a flag that is on twice by chance',
      under(schema({ all: { type: 'boolean' } }), [failed({ force: true }, 'refused'), ok({ all: true })]),
    ],
    [
      'a name that moved to two places',
      under(
        schema({ min: text, max: text }, []),
        [failed({ value: 'five' }, 'refused'), ok({ min: 'five' })],
        [failed({ value: 'nine' }, 'refused'), ok({ max: 'nine' })],
      ),
    ],
    [
      'a name that other successes use',
      under(undefined, [
        failed({ order: 'W1234' }, 'no'),
        ok({ order_id: 'W1234' }),
        ok({ order: 'W2345', all: true }),
      ]),
    ],
    [
      'a name in an open object that other successes use',
      under(schema({ body: { type: 'object' } }), [
        failed({ body: { order: 'W1234' } }, 'no'),
        ok({ body: { order_id: 'W1234' } }),
        ok({ body: { order: 'W2345', all: true } }),
      ]),
    ],
    ['two spellings at once', under(orders, [failed({ orderId: 'W1', OrderID: 'W2' }, 'refused')])],
    [
      'a value of another type',
      under(schema({ order_id: { type: 'integer' } }), [failed({ orderId: 'W1' }, 'refused')]),
    ],
  ])('does not match %s', async (_, trajectories) => {
    expect(await proposed(aliasInducer, trajectories)).toEqual([])
  })
})
