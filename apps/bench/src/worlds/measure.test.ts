import { describe, expect, it } from 'vitest'
import { writes } from './contract-habits.ts'
import { measureWorld } from './measure.ts'
import { of } from './profiles.ts'
import { shop } from './small-world.test.support.ts'
import type { World } from './world.ts'

const inWords = writes('a number in words', 'contract.type', ({ tool, input }) => {
  return tool === 'order' ? { tool, input: { ...input, count: 'two' } } : undefined
})
const world: World = {
  name: 'shop',
  open: shop,
  habits: { 'small local model': [of(1, inWords)] },
  config: { tools: { open: { insertable: true } } },
}
const effort = { train: 8, test: 8, seed: 1, start: 'empty', canaries: 5 } as const

describe('a world', () => {
  it('is measured profile by profile, each episode without the layer and with it', async () => {
    const figures = await measureWorld(world, effort)
    expect(figures.profiles.map(({ profile, episodes }) => [profile, episodes])).toEqual([
      ['small local model', 2],
      ['hasty', 2],
      ['old habits', 2],
      ['careful', 2],
    ])
    const small = figures.profiles[0]
    // A habit that shows in each episode makes each of them fail a call.
    expect(small?.off.failed).toBeGreaterThanOrEqual(1)
    expect({ idle: figures.idle, wrong: figures.audit.wrong, faults: figures.faults }).toEqual({
      ...{ idle: [], wrong: [], faults: [] },
    })
  })

  it('in which doing nothing scores is found', async () => {
    const open: World['open'] = (clock) => ({ ...shop(clock), check: async () => 1 })
    expect((await measureWorld({ ...world, open }, { ...effort, train: 4, test: 4 })).idle).toEqual([
      'lamps train',
      'lamps test',
    ])
  })
})
