import { expect, it } from 'vitest'
import { openLayer } from '../../src/worlds/layer.ts'
import { profilesIn } from '../../src/worlds/profiles.ts'
import { runEpisode } from '../../src/worlds/run-episode.ts'
import { apiWorld } from './world.ts'

it('the first step is learnt from 20 episodes of an agent in a hurry, and nothing of what it is not', async () => {
  const world = apiWorld()
  const layer = await openLayer(world)
  const { clock } = layer
  const environment = world.open(clock)
  const profile = profilesIn(world).find(({ name }) => name === 'hasty')
  if (!profile) throw new Error('nobody is in a hurry')
  const train = [...environment.tasks.keys()].filter((seed) => environment.tasks[seed]?.split === 'train')
  for (let episode = 0; episode < 20; episode++) {
    const seed = train[(episode * 7) % train.length] as number
    const { lifeHarness } = layer
    await runEpisode(environment, { id: `${episode}`, profile, seed, keys: [episode], clock, lifeHarness })
  }
  const { entries } = await layer.learn()
  await environment.close?.()
  const steps = entries.filter(({ intervention }) => intervention.kind === 'insert-step')
  expect(steps.length).toBeGreaterThan(0)
  for (const { intervention } of steps)
    expect(intervention.options).toMatchObject({ insert: 'open_session', place: 'before' })
  // What replay has proven goes on to shadow by itself.
  expect(steps.some(({ stages }) => stages.default?.stage === 'shadow')).toBe(true)
  expect(layer.faults).toEqual([])
})
