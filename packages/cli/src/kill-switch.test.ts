import { registryWith } from '@lifeharness/core/testing'
import { expect, test } from 'vitest'
import { acting, killSwitchTurned } from './kill-switch.ts'

test('turning keeps the other settings, and turning it where it stands changes nothing', () => {
  const state = { ...registryWith(), settings: { disabled: ['exec.timeout' as const] } }
  const [killed] = killSwitchTurned(state, true, 'an incident', 7)
  expect(killed).toEqual({
    ...{ type: 'settings', by: 'person', at: 7, reason: 'an incident' },
    settings: { disabled: ['exec.timeout'], killed: true },
  })
  const after = { ...state, settings: { ...state.settings, killed: true } }
  expect(killSwitchTurned(after, true, 'again')).toEqual([])
  expect(killSwitchTurned(after, false, 'over')).toMatchObject([{ settings: { disabled: ['exec.timeout'] } }])
  expect(killSwitchTurned(after, false, 'over')[0]).not.toHaveProperty('settings.killed')
  expect(killSwitchTurned(state, false, 'over')).toEqual([])
})

test('what acts is what is active or in canary somewhere', () => {
  const tool = { origin: 'local', name: 'add' }
  const stages = ['proposed', 'shadow', 'canary', 'active', 'suspended'] as const
  expect(
    acting(registryWith(...stages.map((stage, to) => ({ kind: 'retry', tool, stage, options: { to } })))),
  ).toBe(2)
})
