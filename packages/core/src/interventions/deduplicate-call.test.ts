import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, propose } from '../contexts.test.support.ts'
import type { Json } from '../json.ts'
import type { ToolCall, ToolStep } from '../trajectory.ts'
import { deduplicateCall } from './deduplicate-call.ts'

const first = callOf({ order: 1 }, { id: 'a', turn: 2 })
const again = { ...first, id: 'b', index: 1 }
const other = (name: string) => ({ origin: 'local', name })

function answered(call: ToolCall, ...history: ToolStep[]): Json | undefined {
  const action = propose(deduplicateCall, {}, call, { history })
  return action?.type === 'respond' ? action.result.view() : undefined
}

describe('deduplicate-call matches', () => {
  it.each<[string, ToolCall]>([
    ['the same call', again],
    ['the same call in another order of keys', { ...again, input: { order: 1 } }],
  ])('%s', (_, call) => {
    expect(answered(call, okStep({ done: true }, first))).toEqual({ done: true })
  })
})

describe('deduplicate-call does not match', () => {
  it.each<[string, ToolCall, ToolStep[]]>([
    ['the first call', again, []],
    ['other arguments', { ...again, input: { order: 2 } }, [okStep(1, first)]],
    ['another tool', { ...again, tool: other('x') }, [okStep(1, first)]],
    ['another origin', { ...again, tool: { origin: 'far', name: 'tool' } }, [okStep(1, first)]],
    ['a call of a later turn', { ...again, turn: 3 }, [okStep(1, first)]],
    ['the call itself, run again', first, [okStep(1, first)]],
    ['what failed', again, [failedStep('no', first)]],
    [
      'what something else has run since',
      again,
      [okStep(1, first), okStep(1, { ...first, id: 'c', tool: other('x') })],
    ],
    ['a result that is not remembered whole', again, [okStep('x'.repeat(20_000), first)]],
    ['a picture', again, [okStep(new Uint8Array(9), first)]],
    ['a call that a person approved', { ...again, approved: true }, [okStep(1, first)]],
    [
      'a call that does not parse',
      callOf(undefined, { id: 'b', turn: 2 }),
      [okStep(1, callOf(undefined, { id: 'a', turn: 2 }))],
    ],
  ])('%s', (_, call, history) => {
    expect(answered(call, ...history)).toBeUndefined()
  })

  it('more often than it may', () => {
    expect([deduplicateCall.cap?.({}), deduplicateCall.cap?.({ max: 1 })]).toEqual([3, 1])
  })
})
