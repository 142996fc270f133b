import { describe, expect, it } from 'vitest'
import type { ToolCall, Trajectory } from '../../trajectory.ts'
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

  const untested = (id: string, command: string, error = "No module named 'shapes'"): Trajectory =>
    episode(id, [
      failed({ cwd: id }, error),
      ok({ command, cwd: id, quiet: true }, { tool: 'bash' }),
      ok({ cwd: id }),
    ])

  it('learns literals that were the same in several episodes', async () => {
    const [draft, ...others] = await proposed(prerequisiteInducer, [
      untested('a', 'make setup'),
      untested('b', 'make setup'),
    ])
    expect(others).toEqual([])
    expect(draft?.options).toEqual({
      insert: 'bash',
      place: 'before',
      input: { command: { value: 'make setup' }, cwd: { argument: '/cwd' }, quiet: { value: true } },
    })
  })

  it('inserts only what the user lets the layer call, call by call', async () => {
    const episodes = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => untested(id, 'make setup'))
    const source = async function* () {
      yield* episodes
    }
    const insertable = ({ input }: ToolCall) => (input as { command: string }).command === 'make setup'
    for (const [bash, passes] of [
      [{}, false],
      [{ insertable: () => false }, false],
      [{ insertable }, true],
      [{ insertable, never: true }, false],
    ] as const) {
      const { validated } = await learn(source, { config: { tools: { bash } } })
      const step = validated.find(({ intervention }) => intervention.kind === 'insert-step')
      expect(step?.passes).toBe(passes)
    }
  })

  it.each<[string, Trajectory[]]>([
    ['literals of one episode', [untested('a', 'make setup')]],
    ['literals that differ', [untested('a', 'make setup'), untested('b', 'make all')]],
    ['literals of several lines', [untested('a', 'cd x\nmake'), untested('b', 'cd x\nmake')]],
    [
      'literals of two tenants whom nothing else shows',
      ['a', 'b'].map((id) => ({ ...untested(id, 'make setup'), scope: id, subject: id })),
    ],
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
