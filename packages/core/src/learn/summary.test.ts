import { describe, expect, test } from 'vitest'
import { builtinClassifiers } from '../classifiers/index.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Trajectory } from '../trajectory.ts'
import { builtinInducers } from './inducers/index.ts'
import { learn } from './learn.ts'
import { contract, episode, failed, ok } from './recording.test.support.ts'
import { type Summary, summarise } from './summary.ts'

const BOOK = contract({
  type: 'object',
  properties: { destination: { type: 'string' }, nights: { type: 'integer' } },
  required: ['destination', 'nights'],
  additionalProperties: false,
})

function recording(): Trajectory[] {
  const misnamed = Array.from({ length: 20 }, (_, index) =>
    episode(
      `misnamed-${index}`,
      [
        failed({ city: `town ${index}`, nights: 1 }, "'destination' is a required property", { ms: 40 }),
        ok({ destination: `town ${index}`, nights: 1 }, { ms: 5 }),
      ],
      { contracts: [BOOK], source: 'bookings' },
    ),
  )
  const strange = Array.from({ length: 5 }, (_, index) =>
    episode(`strange-${index}`, [failed({ q: index }, 'the stars have not spoken', { tool: 'ask', ms: 1 })]),
  )
  return [...misnamed, ...strange]
}

async function summary(trajectories: readonly Trajectory[]): Promise<Summary> {
  const source = async function* () {
    yield* trajectories
  }
  const { mined, validated } = await learn(source, {
    inducers: builtinInducers,
    kinds: builtinKinds,
    classifiers: builtinClassifiers,
  })
  return summarise(mined, validated)
}

describe('a recording', () => {
  test('is summed up: what fails, what it costs, what would help', async () => {
    const found = await summary(recording())
    expect(found).toMatchObject({
      episodes: 25,
      steps: 45,
      failures: 25,
      recovered: { same: 0, edited: 20 },
      covered: { failures: 20, share: 0.8 },
      unknown: { failures: 5, share: 0.2 },
    })
    const [first, last] = found.categories
    expect(first).toMatchObject({ category: 'contract.misnamed_param', failures: 20, covered: 20, tools: 1 })
    expect(first?.impact).toMatchObject({ ms: 800, steps: 20 })
    expect(last).toMatchObject({ category: 'unknown', failures: 5, covered: 0 })
    expect(found.signatures[0]).toMatchObject({
      failures: 20,
      dead: 20,
      covered: true,
      families: { 'some-model': 20 },
    })
    expect(found.sources).toEqual([
      { source: 'bookings', episodes: 20, steps: 40, failures: 20, unknown: 0 },
      { source: '', episodes: 5, steps: 5, failures: 5, unknown: 5 },
    ])
    const rename = found.interventions.find(({ intervention }) => intervention.kind === 'rename-argument')
    expect(rename).toMatchObject({
      passes: true,
      failures: 20,
      intervention: { kind: 'rename-argument', options: { from: '/city', to: '/destination' } },
      replay: { fixes: 20, wrongRepairs: 0, examined: 20 },
    })
    expect(rename?.replay.upperBound).toBeCloseTo(1 - 0.05 ** (1 / 20), 9)
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  })

  test('of nothing has no shares', async () => {
    expect(await summary([])).toMatchObject({
      failures: 0,
      covered: { share: 0 },
      unknown: { share: 0 },
      categories: [],
    })
  })

  test('what does not pass covers nothing, and comes last', async () => {
    const [first] = recording()
    const found = await summary([first!])
    expect(found.covered.failures).toBe(0)
    expect(found.interventions.every(({ passes }) => !passes)).toBe(true)
  })
})
