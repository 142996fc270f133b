import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { learn } from '../learn.ts'
import { episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { prerequisiteInducer } from './prerequisite.ts'

const ERROR = 'Invalid operation: the cart is not open'
const load = (cart: string, tool = 'load_cart'): Written => ok({ id: cart }, { tool })
const early = (id: string, cart: string, first: Written[] = [load(cart)]): Trajectory =>
  episode(id, [failed({ cart }, ERROR), ...first, ok({ cart })])

describe('prerequisite', () => {
  it('is borne out by the model’s own next calls, and leaves calls alone that were prepared', async () => {
    const prepared = (id: string) => episode(id, [load(id), ok({ cart: id })])
    const episodes = [...'abcdef'].flatMap((id) => [early(id, `c-${id}`), prepared(`p-${id}`)])
    const source = async function* () {
      yield* episodes
    }
    const { validated } = await learn(source, { config: { tools: { load_cart: { readOnly: true } } } })
    const step = validated.find(({ intervention }) => intervention.kind === 'insert-step')
    expect(step).toMatchObject({ passes: true, replay: { fixes: 6, wrongRepairs: 0, examined: 12 } })
  })

  it('learns the call that goes before, with the arguments it shares', async () => {
    const [draft, ...others] = await proposed(prerequisiteInducer, [early('a', 'c1'), early('b', 'c2')])
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'insert-step',
      options: { insert: 'load_cart', place: 'before', input: { id: { argument: '/cart' } } },
      origin: { support: { pairs: 2, episodes: 2 } },
    })
  })

  it('needs no arguments where the call has none', async () => {
    const [draft] = await proposed(prerequisiteInducer, [early('a', 'c1', [ok({}, { tool: 'log_in' })])])
    expect(draft?.options).toEqual({ insert: 'log_in', place: 'before' })
  })

  it.each<[string, Trajectory[]]>([
    ['another call each time', [early('a', 'c1'), early('b', 'c2', [load('c2', 'open_cart')])]],
    ['two calls that could be it', [early('a', 'c1', [load('c1'), load('c1', 'open_cart')])]],
    ['arguments that come from elsewhere', [early('a', 'c1', [load('c9')])]],
    ['what went well without it', [early('a', 'c1', [])]],
    [
      'what had been called before',
      [episode('a', [load('c1'), failed({ cart: 'c1' }, ERROR), load('c1'), ok({ cart: 'c1' })])],
    ],
    [
      'a failure that is no matter of order',
      [episode('a', [failed({ cart: 'c1' }, '503 Service Unavailable'), load('c1'), ok({ cart: 'c1' })])],
    ],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(prerequisiteInducer, episodes)).toEqual([])
  })
})
