import { type EntryInit, registryEntry } from '@lifeharness/core/testing'
import { expect, test } from 'vitest'
import { began, called, findings, type Written } from '../check.test.support.ts'
import { anchors } from './anchors.ts'

const RENAME: EntryInit = {
  ...{ kind: 'rename-argument', options: { from: '/city', to: '/destination' } },
  ...{ tool: 'book', stage: 'active' },
}

function anchored(hash: string, stage: EntryInit['stage'] = 'active') {
  const entry = registryEntry({ ...RENAME, stage })
  return { ...entry, intervention: { ...entry.intervention, anchor: { path: '/destination', hash } } }
}

const events = [
  began('e'),
  {
    ...{ type: 'contracts', episode: 'e', hash: 'h' },
    contracts: [{ tool: { origin: 'local', name: 'book' }, inputSchema: { type: 'object' } }],
  } as Written,
  called('e', 'book'),
]

test('matches: the part it touches is another now', async () => {
  expect(await findings(anchors, { entries: [anchored('old')], events })).toMatchObject([
    {
      level: 'look',
      what: expect.stringContaining('(/destination)'),
      where: expect.stringMatching(/, for book$/),
    },
  ])
})

test('does not match: no anchor, no contract seen, or only a draft', async () => {
  expect(await findings(anchors, { entries: [RENAME], events })).toEqual([])
  expect(await findings(anchors, { entries: [anchored('old')] })).toEqual([])
  expect(await findings(anchors, { entries: [anchored('old', 'proposed')], events })).toEqual([])
})
