import { describe, expect, it } from 'vitest'
import { apiWorld } from '../../environments/api/world.ts'
import { terminalWorld } from '../../environments/terminal/world.ts'
import { induction, PUPILS, type Pupil } from './induction.ts'
import type { World } from './world.ts'

async function expectLearnt(world: World, step: object) {
  const lesson = world.lessons?.[0]
  if (!lesson) throw new Error(`${world.name} has no lesson`)
  const pupil = PUPILS.find(({ name }) => name === 'often, goes on trying') as Pupil
  const { options, approved, audit, effect } = await induction(world, lesson, { pupil, seed: 1 })
  expect(options).toMatchObject(step)
  expect(approved).toBeLessThanOrEqual(20)
  expect(audit.touched).toBeGreaterThan(0)
  expect(audit.wrong).toEqual([])
  expect(effect?.success.on).toBeGreaterThanOrEqual(effect?.success.off as number)
  expect(effect?.failedCalls.on).toBeLessThan(effect?.failedCalls.off as number)
}

describe('from an empty registry, within 20 episodes, what a call needs first is learnt and spares failed calls', () => {
  const terminal = terminalWorld()

  it.skipIf(!terminal)('the setup of a project', { timeout: 300_000 }, async () => {
    await expectLearnt(terminal as World, { insert: 'bash', input: { command: { value: 'make setup' } } })
  })

  it('the session of an interface', { timeout: 300_000 }, async () => {
    await expectLearnt(apiWorld(), { insert: 'open_session' })
  })
})
