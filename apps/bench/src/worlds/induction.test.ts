import { describe, expect, it } from 'vitest'
import { terminalWorld } from '../../environments/terminal/world.ts'
import { induction } from './induction.ts'

const world = terminalWorld()

describe.skipIf(!world)('from an empty registry', () => {
  it('what a project needs first is learnt within 20 episodes, and spares failed calls', {
    timeout: 300_000,
  }, async () => {
    const lesson = world?.lessons?.[0]
    if (!world || !lesson) throw new Error('the terminal has no lesson')
    const { options, approved, audit, effect } = await induction(world, lesson)
    expect(options).toMatchObject({ insert: 'bash', input: { command: { value: 'make setup' } } })
    expect(approved).toBeLessThanOrEqual(20)
    expect(audit.wrong).toEqual([])
    expect(effect?.success.on).toBeGreaterThanOrEqual(effect?.success.off as number)
    expect(effect?.failedCalls.on).toBeLessThan(effect?.failedCalls.off as number)
  })
})
