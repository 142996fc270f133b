import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { contract, edited, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { coercionInducer } from './coercion.ts'

function under(value: JsonObject | undefined, ...calls: Written[]): Trajectory[] {
  const inputSchema = value && { type: 'object', properties: { value } }
  return [episode('e', calls, { contracts: inputSchema ? [contract(inputSchema)] : [] })]
}

const refused = (value: Json) => failed({ value }, 'refused')

describe('coercion', () => {
  it.each<[string, Trajectory[], string, Json, Json]>([
    ['an integer in quotes', under({ type: 'integer' }, refused('5')), 'integer', '7', 7],
    ['a number in quotes', under({ type: 'number' }, refused('5.5')), 'number', '0.25', 0.25],
    ['a truth value in quotes', under({ type: 'boolean' }, refused('True')), 'boolean', 'false', false],
    ['a bare number for a text', under({ type: 'string' }, refused(5)), 'string', 12, '12'],
    ['JSON in a text', under({ type: 'object' }, refused('{"a":1}')), 'json', '{"b":[2]}', { b: [2] }],
    [
      'one for a list',
      under({ type: 'array', items: { type: 'string' } }, refused('a')),
      'array',
      'b',
      ['b'],
    ],
    ['a list of one', under({ type: 'string' }, refused(['a'])), 'element', ['b'], 'b'],
    ['without a contract, a pair', under(undefined, refused('4711'), ok({ value: 4711 })), 'integer', '9', 9],
  ])('matches %s', async (_, trajectories, to, before, after) => {
    const [draft, ...others] = await proposed(coercionInducer, trajectories)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'coerce-argument', options: { path: '/value', to } })
    const of = trajectories[0]?.contracts[0]
    expect(draft && edited(draft, { value: before }, of)).toEqual({ value: after })
    for (const { input, expect: wanted } of draft?.origin.fixtures.fixes ?? [])
      expect(draft && edited(draft, input, of)).toEqual(wanted)
  })

  it('proposes to leave out a null that the contract refuses', async () => {
    const trajectories = under({ type: 'string' }, refused(null))
    const [draft] = await proposed(coercionInducer, trajectories)
    expect(draft?.options).toEqual({ path: '/value', to: 'absent' })
    expect(draft && edited(draft, { value: null }, trajectories[0]?.contracts[0])).toEqual({})
  })

  it.each<[string, Trajectory[]]>([
    ['a word for a number', under({ type: 'integer' }, refused('five'))],
    ['a number that is a name', under({ type: 'integer' }, refused('007'))],
    ['a fraction for an integer', under({ type: 'integer' }, refused('5.5'))],
    ['an empty text', under({ type: 'integer' }, refused(''))],
    ['a list in a notation of its own', under({ type: 'array', items: { type: 'string' } }, refused('a, b'))],
    ['one for a list of something else', under({ type: 'array', items: { type: 'integer' } }, refused('a'))],
    ['a value of the right type', under({ type: 'integer' }, refused(5))],
    [
      'a type that other successes had',
      under(undefined, refused('4711'), ok({ value: 4711 }), ok({ value: 'all' })),
    ],
    ['another value in another type', under(undefined, refused('4711'), ok({ value: 4712 }))],
  ])('does not match %s', async (_, trajectories) => {
    expect(await proposed(coercionInducer, trajectories)).toEqual([])
  })
})
