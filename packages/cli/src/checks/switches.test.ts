import { expect, test } from 'vitest'
import { began, called, findings, type PatientInit } from '../check.test.support.ts'
import { switches } from './switches.ts'

const RETRY = { kind: 'retry', tool: 'find', stage: 'active', category: 'exec.unavailable' } as const
const DOWN = [began('e'), called('e', 'find', { error: '503 Service Unavailable' })]

test.each<[string, PatientInit, object]>([
  [
    'kill switch',
    { settings: { killed: true } },
    { level: 'look', todo: '`lifeharness revive` turns it off' },
  ],
  ['environment off', { environment: { LIFEHARNESS: 'off' } }, { level: 'look', todo: 'unset LIFEHARNESS' }],
  ['environment observe', { environment: { LIFEHARNESS: 'observe' } }, { level: 'look' }],
  [
    'category off in the registry',
    { settings: { disabled: ['exec.unavailable'] }, entries: [RETRY], events: DOWN },
    {
      level: 'note',
      what: 'the category exec.unavailable is switched off: 1 intervention not applied, 1 recorded failure left alone',
      where: 'the registry',
    },
  ],
  [
    'category off in the configuration',
    { config: { off: { categories: ['exec.timeout'] } }, entries: [RETRY], events: DOWN },
    {
      what: expect.stringContaining('0 interventions not applied, 0 recorded failures'),
      where: expect.stringContaining('configuration'),
    },
  ],
  [
    'kind off',
    { config: { off: { kinds: ['retry'] } }, entries: [RETRY] },
    { where: expect.stringMatching(/^retry-/) },
  ],
])('matches: %s', async (_, init, found) => {
  expect(await findings(switches, init)).toMatchObject([found])
})

test.each<[string, PatientInit]>([
  ['nothing is off', { entries: [RETRY], events: DOWN }],
  ['another word in the environment', { environment: { LIFEHARNESS: 'on' } }],
])('does not match: %s', async (_, init) => {
  expect(await findings(switches, init)).toEqual([])
})
