import type { Stage } from '@lifeharness/core'
import { expect, test } from 'vitest'
import { findings } from '../check.test.support.ts'
import { conflicts } from './conflicts.ts'

/** Writes a mark before a number. */
function marking(prefix: string, stage: Stage, tool = 'orders') {
  return {
    ...{ kind: 'affix-value', options: { path: '/id', op: 'add', prefix }, tool, stage },
    origin: {
      ...{ inducer: 'test', trust: 'observed' as const, episodes: [], prediction: { removes: 0.8 } },
      support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
      fixtures: { fixes: [{ input: { id: '1' }, expect: { id: `${prefix}1` } }], leaves: [] },
    },
  }
}

test.each<[Stage, string]>([
  ['active', 'broken'],
  ['canary', 'broken'],
  ['shadow', 'look'],
])('matches: one that acts and one that is %s', async (stage, level) => {
  const found = await findings(conflicts, { entries: [marking('#', 'active'), marking('W', stage)] })
  expect(found).toMatchObject([
    { level, where: 'orders', todo: expect.stringContaining('lifeharness retire affix-value-') },
  ])
  expect(found[0]?.what).toContain('make different things of id')
})

test.each([
  ['the same', [marking('#', 'active')]],
  ['a draft', [marking('#', 'active'), marking('W', 'proposed')]],
  ['one that was retired', [marking('#', 'active'), marking('W', 'retired')]],
  ['another tool', [marking('#', 'active'), marking('W', 'active', 'items')]],
  ['nothing', []],
])('does not match: %s', async (_, entries) => {
  expect(await findings(conflicts, { entries })).toEqual([])
})
