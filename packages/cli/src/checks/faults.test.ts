import { REFUSED_EVENTS } from '@lifeharness/core'
import { expect, test } from 'vitest'
import { findings, HOUR, NOW, type Written } from '../check.test.support.ts'
import { faults } from './faults.ts'

const fault = (where: string, message: string, more: object = {}) =>
  ({ type: 'fault', where, message, ...more }) as Written

test('matches: faults of the last week are broken, each told once with the processes that met it', async () => {
  const events = [
    fault('classifier mine', 'no'),
    fault('classifier mine', 'no', { at: NOW - 2 * HOUR }),
    fault('intervention affix-1', 'undefined is not a function'),
    fault('store append', 'disk full', { at: NOW - 9 * 24 * HOUR }),
  ]
  const found = await findings(faults, { events })
  expect(found.map(({ level, what }) => [level, what])).toEqual([
    ['broken', 'fault in classifier mine: no'],
    ['broken', 'fault in intervention affix-1: undefined is not a function'],
    ['note', 'fault in store append: disk full'],
  ])
  expect(found[0]?.where).toMatch(/^2 processes, last /)
  expect(found[1]?.todo).toContain('lifeharness show affix-1')
})

test('matches: refused events are lost', async () => {
  const events = [fault(REFUSED_EVENTS, 'full', { count: 12 }), fault(REFUSED_EVENTS, 'full', { count: 30 })]
  expect(await findings(faults, { events })).toMatchObject([
    { level: 'broken', what: expect.stringContaining('42 events refused and lost') },
  ])
})

test('does not match: no fault, or only the word that nobody learns', async () => {
  expect(await findings(faults, {})).toEqual([])
  expect(
    await findings(faults, { events: [fault('learner', 'progressive mode without a learner')] }),
  ).toEqual([])
})
