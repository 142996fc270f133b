import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { contract, edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { dropArgumentInducer } from './drop-argument.ts'

const closed: JsonObject = {
  type: 'object',
  properties: { city: { type: 'string' }, note: { type: 'string' }, days: { type: 'integer' } },
  required: ['city'],
  additionalProperties: false,
}

/** A call that the contract refuses, and its correction. */
function corrected(
  index: number,
  bad: JsonObject,
  good: JsonObject,
  schema: JsonObject = closed,
): Trajectory {
  const more = { contracts: [contract(schema)] }
  return episode(`e${index}`, [failed(bad, 'unexpected argument'), ok(good)], more)
}

const habit = (why: (index: number) => Json) =>
  [1, 2, 3].map((index) =>
    corrected(index, { city: `City ${index}`, why: why(index) }, { city: `City ${index}` }),
  )

describe('drop-argument matches', () => {
  it('a name that every correction left out', async () => {
    const [draft, ...others] = await proposed(
      dropArgumentInducer,
      habit((index) => `reason ${index}`),
    )
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'drop-argument', options: { path: '/why' } })
    expect(draft?.origin.support).toMatchObject({ pairs: 3, episodes: 3 })
    expect(draft && edited(draft, { city: 'Oslo', why: 'x' }, contract(closed))).toEqual({ city: 'Oslo' })
  })

  it('only what says nothing, where nothing was ever said', async () => {
    const [draft] = await proposed(
      dropArgumentInducer,
      habit(() => null),
    )
    expect(draft).toMatchObject({ options: { path: '/why', only: 'empty' } })
    expect(draft && edited(draft, { city: 'Oslo', why: 'x' }, contract(closed))).toBeUndefined()
  })
})

describe('drop-argument does not match', () => {
  it.each<[string, Trajectory[]]>([
    ['an alias', [corrected(1, { city: 'Oslo', why: 'for work' }, { city: 'Oslo', note: 'for work' })]],
    [
      'what was an alias once',
      [
        ...habit(() => 'x'),
        corrected(4, { city: 'Oslo', why: 'for work' }, { city: 'Oslo', note: 'for work' }),
      ],
    ],
    [
      'what went into another argument',
      [corrected(1, { city: 'Oslo', why: 'north' }, { city: 'Oslo, north side' })],
    ],
    [
      'a name that the contract knows',
      [
        corrected(
          1,
          { city: 'Oslo', note: 'x', extra: 1 },
          { city: 'Oslo', extra: 1 },
          { ...closed, additionalProperties: true },
        ),
      ],
    ],
    [
      'a name that the contract lets pass',
      [corrected(1, { city: 'Oslo', why: 'x' }, { city: 'Oslo' }, { ...closed, additionalProperties: true })],
    ],
    [
      'another spelling of a known name',
      [corrected(1, { city: 'Oslo', Note: '', note: 'x' }, { city: 'Oslo', note: 'x' })],
    ],
    [
      'a call that never succeeded',
      [episode('e1', [failed({ city: 'Oslo', why: 'x' }, 'unexpected')], { contracts: [contract(closed)] })],
    ],
  ])('%s', async (_, trajectories) => {
    expect(await proposed(dropArgumentInducer, trajectories)).toEqual([])
  })
})
