import { registryEntry } from '@lifeharness/core/testing'
import { expect, test } from 'vitest'
import { applied, began, called, ended, findings, HOUR, NOW, type Written } from '../check.test.support.ts'
import { learning } from './learning.ts'

const entry = registryEntry({ kind: 'retry', tool: 'find', stage: 'shadow' })
const { id } = entry.intervention
const touched = (at: number) => [
  began('e', { at }),
  called('e', 'find', { applied: [applied(id)], at }),
  ended('e', at),
]

test('matches: what happened at the calls of an intervention is not counted', async () => {
  const found = await findings(learning, { entries: [entry], events: touched(NOW - HOUR) })
  expect(found).toMatchObject([
    { level: 'look', what: expect.stringContaining('of 1 intervention is not counted'), where: id },
  ])
})

test('matches: an episode without an end that went quiet is over as well', async () => {
  const [first, call] = touched(NOW - 2 * HOUR) as [Written, Written]
  const events = [first, call, began('later', { at: NOW - HOUR })]
  expect(await findings(learning, { entries: [entry], events })).toHaveLength(1)
})

test('matches: failures are recorded and nothing was ever drawn from them', async () => {
  const events = [
    began('e'),
    called('e', 'find', { error: 'no such order' }),
    { type: 'fault', where: 'learner', message: 'progressive mode without a learner' } as Written,
  ]
  expect(await findings(learning, { events })).toMatchObject([
    {
      what: expect.stringContaining('no learner is running'),
      where: expect.stringContaining('said that it has none'),
    },
  ])
})

test('does not match: counted, too fresh, still open, or learnt from since', async () => {
  const { default: record } = entry.stages
  const account = { ...record?.account, counted: 3 }
  const counted = {
    ...entry,
    stages: { ...entry.stages, 'some-model': { ...record, account } },
  } as typeof entry
  expect(await findings(learning, { entries: [counted], events: touched(NOW - HOUR) })).toEqual([])
  expect(await findings(learning, { entries: [entry], events: touched(NOW - 60_000) })).toEqual([])
  const open = touched(NOW - HOUR).slice(0, 2)
  expect(await findings(learning, { entries: [entry], events: open })).toEqual([])
  const failed = [began('e'), called('e', 'find', { error: 'no' })]
  expect(await findings(learning, { events: failed, learnerAt: NOW })).toEqual([])
})

test('matches: no agent has recorded anything', async () => {
  expect(await findings(learning, { entries: [entry] })).toMatchObject([
    { level: 'note', what: expect.stringContaining('no agent has recorded anything') },
  ])
})
