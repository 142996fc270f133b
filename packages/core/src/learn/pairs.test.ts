import { describe, expect, it } from 'vitest'
import { toolKey } from '../tool.ts'
import type { ToolStep } from '../trajectory.ts'
import { findPairs, type StepPair } from './pairs.ts'
import { episode, failed, ok, type Written } from './recording.test.support.ts'

function pairsIn(calls: readonly Written[], change?: (steps: ToolStep[]) => void): StepPair[] {
  const steps = episode('e', calls).steps as ToolStep[]
  change?.(steps)
  return findPairs(
    steps.map((step) => ({
      step,
      key: toolKey(step.executed.tool),
      failed: step.result.outcome === 'error',
      succeeded: step.result.outcome === 'ok',
    })),
  )
}

const found = (pairs: readonly StepPair[]) =>
  pairs.map((pair) => [pair.failed, pair.succeeded, pair.relation])
const order = (id: string) => ({ order_id: id })

describe('findPairs', () => {
  it.each<[string, Written[], unknown[]]>([
    ['an edit', [failed(order('W7239184'), 'no'), ok(order('#W7239184'))], [[0, 1, 'edited']]],
    ['a repetition', [failed(order('#W1'), '503'), ok(order('#W1'))], [[0, 1, 'same']]],
    [
      'several failures resolved by one success',
      [failed(order('W7239184'), 'no'), failed(order('w7239184'), 'no'), ok(order('#W7239184'))],
      [
        [0, 2, 'edited'],
        [1, 2, 'edited'],
      ],
    ],
    [
      'the call of the same intent, not the next one',
      [failed({ path: 'a.csv' }, 'no'), ok({ path: '/x/b.csv' }), ok({ path: '/x/a.csv' })],
      [[0, 2, 'edited']],
    ],
    [
      'two faults, repaired one after the other',
      [
        failed({ file: 'a.xlsx', sheet: 'Sheet1' }, 'not absolute'),
        failed({ file: '/data/long/way/a.xlsx', sheet: 'Sheet1' }, 'no such sheet'),
        ok({ file: '/data/long/way/a.xlsx', sheet: 'Quarterly figures' }),
      ],
      [[0, 2, 'edited']],
    ],
  ])('matches %s', (_, calls, expected) => expect(found(pairsIn(calls))).toEqual(expected))

  it('forgets what succeeded long before a failure', () => {
    const calls = [ok({ q: 'a b c' }), failed({ q: 'a b d' }, 'no'), ok({ q: 'a b c' })] as const
    const others = Array.from({ length: 500 }, (_, at) => ok({ n: at }, { tool: 'other' }))
    expect(found(pairsIn([calls[0], ...others, calls[1], calls[2]]))).toEqual([[501, 502, 'edited']])
    expect(found(pairsIn([calls[0], ...others.slice(1), calls[1], calls[2]]))).toEqual([])
  })

  it.each<[string, Written[]]>([
    ['a success before the failure', [ok(order('#W7239184')), failed(order('W7239184'), 'no')]],
    ['another tool', [failed(order('W7239184'), 'no'), ok(order('#W7239184'), { tool: 'cancel' })]],
    ['a call that succeeded before', [ok({ q: 'a b c' }), failed({ q: 'a b d' }, 'no'), ok({ q: 'a b c' })]],
    ['another thing', [failed(order('#W2378156'), 'no'), ok(order('#W2378157'))]],
    [
      'a statement that drifts away',
      [
        failed({ sql: 'SELECT name, age FROM singer WHERE year > 2000' }, 'no'),
        failed({ sql: 'SELECT name FROM singer WHERE year > 2000' }, 'no'),
        ok({ sql: 'SELECT name FROM columns WHERE kind = 3' }),
      ],
    ],
    ['exploration', [failed({ sql: 'SELECT x FROM y' }, 'no'), ok({ sql: 'SHOW TABLES' })]],
    [
      'too far away',
      [failed(order('#W1'), '503'), ...Array(20).fill(ok({}, { tool: 'other' })), ok(order('#W1'))],
    ],
  ])('does not match %s', (_, calls) => expect(pairsIn(calls)).toEqual([]))

  it('does not take a sibling of the failed call for its answer', () => {
    const calls = [ok({}, { tool: 'other' }), failed(order('W7239184'), 'no'), ok(order('#W7239184'))]
    const siblings = (steps: ToolStep[]) => {
      for (const step of steps.slice(1)) step.call.turn = 1
    }
    expect(pairsIn(calls, siblings)).toEqual([])
  })

  it('learns nothing from a failure of what the model did not write', () => {
    const rewritten = (steps: ToolStep[]) => {
      const [step] = steps as [ToolStep]
      step.executed = { ...step.call, input: order('W7239184') }
      step.applied = [{ intervention: 'x', version: 1, arm: 'applied', action: 'replace-call', dead: false }]
    }
    expect(pairsIn([failed(order('7239184'), 'no'), ok(order('#W7239184'))], rewritten)).toEqual([])
  })

  it('is surer of the call right after than of one further off', () => {
    const other = ok({}, { tool: 'other' })
    const [near] = pairsIn([failed(order('#W1'), '503'), ok(order('#W1'))])
    const [far] = pairsIn([failed(order('#W1'), '503'), other, other, ok(order('#W1'))])
    expect(near?.confidence).toBeGreaterThan(far?.confidence ?? 1)
    expect(far?.between).toBe(2)
  })
})
