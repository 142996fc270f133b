import { memoryStore } from '@lifeharness/core'
import { afterAll, describe, expect, it } from 'vitest'
import { apiWorld } from '../../environments/api/world.ts'
import type { SolutionCall } from '../../environments/environment.ts'
import { hostOf } from './host.ts'
import { openLayer } from './layer.ts'
import { profilesIn } from './profiles.ts'
import { approveEffects, begin, type Start } from './start.ts'

const whole = apiWorld()
/** Of the whole binding only what is about payments and holds: what is added a hundred times takes its time. */
const world = {
  ...whole,
  packs: (whole.packs ?? []).filter(({ binding }) => /pay_invoice|hold_room/.test(JSON.stringify(binding))),
}
const environment = world.open()
afterAll(() => environment.close?.())
const { tools } = await environment.reset(0)
const profiles = profilesIn(world)

async function begun(start: Start) {
  const store = memoryStore()
  await begin(store, world, { start, tools, profiles, now: 1 })
  return store
}

describe('what is in the registry on the first day', () => {
  it('nothing', async () => {
    expect((await (await begun('empty')).load()).entries).toEqual([])
  })

  it('the packs, all of them in shadow', async () => {
    const { entries } = await (await begun('packs')).load()
    expect(entries.length).toBeGreaterThan(40)
    expect(entries.filter(({ stages }) => stages.default?.stage !== 'shadow')).toEqual([])
    expect(entries.filter(({ stages }) => Object.keys(stages).length > 1)).toEqual([])
  })

  it('the packs, active for each family with a hold-out', async () => {
    const { entries } = await (await begun('active')).load()
    const records = entries.flatMap(({ stages: { default: _, ...families } }) => Object.values(families))
    expect(records).toHaveLength(entries.length * profiles.length)
    expect(records.every(({ stage, controlShare }) => stage === 'active' && controlShare === 0.1)).toBe(true)
  })
})

it('a person approves what was learnt and has effects, and nothing that a pack brought', async () => {
  expect(await approveEffects(await begun('packs'), profiles, 2)).toBe(false)
})

it('waits as a server asks for by the clock of both, which is nobody’s time', async () => {
  const layer = await openLayer(world, (store) =>
    begin(store, world, { start: 'active', tools, profiles, now: 1 }),
  )
  const { clock, lifeHarness } = layer
  const shared = world.open(clock)
  const seed = shared.tasks.findIndex(({ template }) => template === 'pay-in-an-outage')
  let waited = 0
  // Some episodes are drawn for the hold-out.
  for (let index = 0; index < 8; index++) {
    const { tools } = await shared.reset(seed)
    const episode = lifeHarness.episode({
      ...{ id: `e${index}`, subject: 's', actions: ['retry', 'insert-call'] },
      model: { provider: 'scripted', modelId: 'hasty-medium' },
    })
    const host = hostOf(tools, clock, episode)
    const before = clock.monotonic()
    const { tool, input } = shared.solution(seed).at(-1) as SolutionCall
    const told = await host.run({ tool, input }, 0)
    if (told.noCall || told.failed) continue
    waited++
    expect(told.executed.filter((call) => call.tool === tool).length).toBeGreaterThan(1)
    expect(clock.monotonic() - before).toBeGreaterThan(19_000)
  }
  expect(waited).toBeGreaterThanOrEqual(5)
  expect(layer.faults).toEqual([])
  await lifeHarness.close()
  await shared.close?.()
})
