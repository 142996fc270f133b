import { expect, test } from 'vitest'
import { began, called, findings } from '../check.test.support.ts'
import { hosts } from './hosts.ts'

const RETRY = { kind: 'retry', tool: 'find', stage: 'active' } as const
const host = { agent: 'shop', actions: ['replace-call', 'respond'] as const }
const events = [began('e', host), called('e', 'find')]

test('matches: a host that cannot do what an intervention needs', async () => {
  expect(await findings(hosts, { entries: [RETRY], events })).toMatchObject([
    {
      level: 'look',
      what: '1 intervention inactive on a host that cannot retry',
      where: expect.stringMatching(/^agent shop \(1 episode\): retry-/),
    },
  ])
})

test('matches, as a note, while it is only computed', async () => {
  const found = await findings(hosts, { entries: [{ ...RETRY, stage: 'shadow' }], events })
  expect(found).toMatchObject([{ level: 'note' }])
})

test.each([
  ['a host that can do everything', [RETRY], [began('e'), called('e', 'find')]],
  ['a host that never calls the tool', [RETRY], [began('e', host), called('e', 'other')]],
  ['a draft', [{ ...RETRY, stage: 'proposed' as const }], events],
  [
    'what it needs the host can do',
    [{ ...RETRY, kind: 'break-loop' }],
    [began('e', { actions: ['replace-result', 'respond', 'stop'] }), called('e', 'find')],
  ],
])('does not match: %s', async (_, entries, written) => {
  expect(await findings(hosts, { entries, events: written })).toEqual([])
})
