import { expect, test } from 'vitest'
import { moveBetween, STAGES } from './stage.ts'

/** Every legal move, by hand: what is not here is illegal. */
const LEGAL: Record<string, string> = {
  'proposed → shadow': 'promote',
  'proposed → retired': 'retire',
  'shadow → canary': 'promote',
  'shadow → active': 'promote',
  'shadow → proposed': 'demote',
  'shadow → suspended': 'demote',
  'shadow → retired': 'retire',
  'canary → active': 'promote',
  'canary → shadow': 'demote',
  'canary → suspended': 'demote',
  'canary → retired': 'retire',
  'active → shadow': 'demote',
  'active → canary': 'demote',
  'active → suspended': 'demote',
  'active → retired': 'retire',
  'suspended → shadow': 'promote',
  'suspended → retired': 'retire',
}

const pairs = STAGES.flatMap((from) => STAGES.map((to) => [from, to, LEGAL[`${from} → ${to}`]] as const))

test('the table names moves that exist', () => {
  expect(pairs).toHaveLength(36)
  expect(pairs.filter(([, , move]) => move)).toHaveLength(Object.keys(LEGAL).length)
})

test.each(pairs)('%s → %s: %s', (from, to, move) => {
  expect(moveBetween(from, to)).toBe(move)
})
