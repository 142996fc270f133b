import { describe, expect, it } from 'vitest'
import type { Step } from '../trajectory.ts'
import { wastedBy } from './impact.ts'
import { episode, ok } from './recording.test.support.ts'

const steps: Step[] = episode(
  'e',
  [1, 10, 100, 1_000].map((ms) => ok({}, { ms })),
).steps.flatMap((step): Step[] => [{ type: 'model', usage: { inputTokens: 5, outputTokens: 2 } }, step])

describe('wastedBy', () => {
  it('counts from the failing call until the success', () => {
    expect(wastedBy([{ from: 1, to: 5 }], steps)).toEqual({ ms: 11, tokens: 14, steps: 2 })
  })

  it('counts to the end where nothing succeeded', () => {
    expect(wastedBy([{ from: 3 }], steps)).toEqual({ ms: 1_110, tokens: 14, steps: 3 })
  })

  it('counts no step twice', () => {
    const spans = [
      { from: 3, to: 7 },
      { from: 1, to: 7 },
    ]
    expect(wastedBy(spans, steps)).toEqual({ ms: 111, tokens: 21, steps: 3 })
  })

  it('counts nothing without a failure', () => {
    expect(wastedBy([], steps)).toEqual({ ms: 0, tokens: 0, steps: 0 })
  })
})
