import { describe, expect, it } from 'vitest'
import { byRemovedImpact } from './rank.ts'
import type { Validated } from './validate.ts'

function validated(
  id: string,
  costs: { ms: number; tokens?: number; failures: number },
  fixes: number,
  weakFixes = 0,
) {
  return {
    intervention: { id },
    candidate: {
      evidence: { failures: costs.failures, impact: { ms: costs.ms, tokens: costs.tokens ?? 0, steps: 0 } },
    },
    replay: { failures: costs.failures, fixes, weakFixes },
  } as unknown as Validated
}

const order = (...list: Validated[]) => byRemovedImpact(list).map(({ intervention }) => intervention.id)

describe('byRemovedImpact', () => {
  it('puts what answers all of a cheaper failure before what answers little of a dear one', () => {
    const loop = validated('loop', { ms: 1000, failures: 100 }, 5)
    const edit = validated('edit', { ms: 500, failures: 50 }, 10, 40)
    expect(order(loop, edit)).toEqual(['edit', 'loop'])
  })

  it('counts tokens as well as time', () => {
    const slow = validated('slow', { ms: 100, failures: 10 }, 10)
    const wordy = validated('wordy', { ms: 0, tokens: 50, failures: 10 }, 10)
    expect(order(slow, wordy)).toEqual(['wordy', 'slow'])
  })

  it('falls back to the number of failures where nothing was measured', () => {
    const few = validated('few', { ms: 0, failures: 2 }, 2)
    const many = validated('many', { ms: 0, failures: 20 }, 20)
    expect(order(few, many)).toEqual(['many', 'few'])
  })

  it('puts what answered nothing last, whatever it concerns', () => {
    const idle = validated('idle', { ms: 9999, failures: 0 }, 0)
    const small = validated('small', { ms: 1, failures: 1 }, 1)
    expect(order(idle, small)).toEqual(['small', 'idle'])
  })
})
