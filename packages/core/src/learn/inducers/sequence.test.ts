import { describe, expect, it } from 'vitest'
import { builtinKinds } from '../../interventions/index.ts'
import { schemaCheck } from '../../schema.ts'
import type { Trajectory } from '../../trajectory.ts'
import { learn } from '../learn.ts'
import { contract, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { sequenceInducer } from './sequence.ts'

const ERROR = 'Invalid operation: the cart has no delivery slot'
const STEPS = ['find_customer', 'open_cart']
const steps = (names = STEPS): Written[] => names.map((tool) => ok({ id: `${tool} 1` }, { tool }))
const early = (id: string, names?: string[], error = ERROR): Trajectory =>
  episode(id, [failed({ cart: id }, error), ...steps(names), ok({ cart: id })])

async function validated(episodes: readonly Trajectory[]) {
  const contracts = ['book', ...STEPS].map((name) => contract({ type: 'object' }, name))
  const source = async function* () {
    yield* episodes.map((one) => ({ ...one, contracts }))
  }
  const found = await learn(source)
  return found.validated.find(({ intervention }) => intervention.kind === 'sequence-card')
}

describe('sequence', () => {
  it('learns the order of the calls that go before', async () => {
    const [draft, ...others] = await proposed(sequenceInducer, [early('a'), early('b', ['look', ...STEPS])])
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'sequence-card',
      options: { tools: ['find_customer', 'open_cart', 'book'] },
      origin: { support: { pairs: 2, episodes: 2 } },
    })
    const kind = builtinKinds.find((one) => one.kind === 'sequence-card')
    expect(kind && draft && schemaCheck(kind.options)(draft.options)).toEqual([])
  })

  it('is borne out by the model’s own next calls', async () => {
    const prepared = (id: string) => episode(id, [...steps(), ok({ cart: id })])
    const card = await validated([...'abcdef'].flatMap((id) => [early(id), prepared(`p-${id}`)]))
    expect(card).toMatchObject({ passes: true, replay: { fixes: 6, wrongRepairs: 0, examined: 12 } })
  })

  it('is refused where a call went well without one of them', async () => {
    const episodes = [...'abcdef'].map((id) => early(id))
    const card = await validated([...episodes, episode('g', [...steps(['open_cart']), ok({ cart: 'g' })])])
    expect(card).toMatchObject({ passes: false, replay: { wrongRepairs: 1 } })
  })

  it.each<[string, Trajectory[]]>([
    ['one episode', [early('a')]],
    ['one step, which can be inserted', [early('a', ['open_cart']), early('b', ['open_cart'])]],
    ['two orders', [early('a'), early('b', [...STEPS].reverse())]],
    ['other calls each time', [early('a'), early('b', ['find_customer', 'load_cart'])]],
    [
      'a failure that is no matter of order',
      [early('a', STEPS, '503 Service Unavailable'), early('b', STEPS, '503 Service Unavailable')],
    ],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(sequenceInducer, episodes)).toEqual([])
  })
})
