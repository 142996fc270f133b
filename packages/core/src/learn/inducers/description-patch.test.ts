import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { learn } from '../learn.ts'
import { contract, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { descriptionPatchInducer } from './description-patch.ts'

const DIRECTORY = '/data/reports/'
const NAMES = ['sales', 'stock', 'staff', 'costs', 'taxes', 'rents', 'loans', 'fuels', 'tours', 'meals']

function recorded(description?: string, wrong = (name: string) => `${name}.csv`): Trajectory[] {
  const contracts = [
    contract({
      type: 'object',
      properties: { path: { type: 'string', ...(description ? { description } : {}) } },
    }),
  ]
  return NAMES.map((name, index): Trajectory => {
    const right = ok({ path: `${DIRECTORY}${name}.csv` })
    const calls = index % 2 === 0 ? [failed({ path: wrong(name) }, 'no such file'), right] : [right]
    return { ...episode(name, calls), contracts }
  })
}

describe('description-patch', () => {
  it('says before the first call how the values of an argument begin', async () => {
    const [draft, ...others] = await proposed(descriptionPatchInducer, recorded())
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'patch-description',
      options: { path: '/path', advice: 'argument-prefix', slots: { argument: 'path', prefix: DIRECTORY } },
    })
  })

  it('is borne out by the corrections, and by every success', async () => {
    const patchOf = async (episodes: readonly Trajectory[]) => {
      const { validated } = await learn(async function* () {
        yield* episodes
      })
      return validated.find(({ intervention }) => intervention.kind === 'patch-description')
    }
    expect(await patchOf(recorded())).toMatchObject({ passes: true, replay: { fixes: 5, wrongRepairs: 0 } })
  })

  it.each<[string, Trajectory[]]>([
    ['what the description says', recorded(`A path below ${DIRECTORY}.`)],
    ['a tool without a contract', recorded().map((one) => ({ ...one, contracts: [] }))],
    ['failed calls that begin alike', recorded(undefined, (name) => `${DIRECTORY}${name}.txt`)],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(descriptionPatchInducer, episodes)).toEqual([])
  })
})
