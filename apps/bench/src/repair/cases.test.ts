import type { ToolContract } from '@lifeharness/core'
import { expect, it } from 'vitest'
import { asEmitted } from './case.ts'
import { repairCases } from './cases.ts'
import { callGenerator } from './generate.ts'
import { oddCases } from './odd.ts'
import { cold } from './ours.ts'
import { seededRandom } from './random.ts'
import { verdictOn } from './score.ts'
import { trapCases, traps } from './traps.ts'
import { isRunnable } from './valid.ts'

const tools: ToolContract[] = [
  {
    tool: { origin: 'local', name: 'book_room' },
    inputSchema: {
      type: 'object',
      properties: {
        start_date: { type: 'string', description: 'First day, YYYY-MM-DD' },
        guests: { type: 'integer', description: 'Number of guests' },
        hours: { type: 'number', description: 'How long, in hours' },
        kind: { type: 'string', enum: ['single_bed', 'suite'] },
        tags: { type: 'array', items: { type: 'string' } },
        quiet: { type: 'boolean' },
      },
      required: ['start_date', 'guests'],
    },
  },
  {
    tool: { origin: 'local', name: 'delete_note' },
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  },
]

function made(seed: number) {
  const random = seededRandom(seed)
  const generator = callGenerator(random, { of: () => [] })
  const sets = [{ key: 'own', tools }]
  return {
    broken: repairCases(sets, generator, random, 3),
    odd: oddCases(sets, generator, random, 20),
    trapped: trapCases(sets, generator, random, 3),
  }
}

it('makes the same cases of the same seed', () => {
  const plain = (of: ReturnType<typeof made>) =>
    [...of.broken, ...of.odd, ...of.trapped].map(({ id: _, ...one }) => one)
  expect(plain(made(7))).toEqual(plain(made(7)))
  expect(plain(made(7))).not.toEqual(plain(made(8)))
})

it('breaks calls that were right, in every way that it knows', () => {
  const { broken } = made(1)
  for (const { truth, tools: shown } of broken)
    for (const call of truth ?? []) expect(isRunnable(call, shown)).toBe(true)
  const single = new Set(
    broken.filter(({ operators }) => operators.length === 1).map(({ operators }) => operators[0]),
  )
  expect(single.size).toBeGreaterThanOrEqual(19)
})

it('asks for nothing where a call is valid', () => {
  for (const one of made(1).odd) expect([asEmitted(one)]).toEqual(one.truth)
})

it('springs every kind of trap, and none of them catches us', () => {
  const { trapped } = made(2)
  expect(new Set(trapped.flatMap(({ operators }) => operators)).size).toBe(traps.length)
  for (const one of trapped) expect([one.id, verdictOn(one, cold.answer(one))]).not.toContain('wrong')
})
