import { describe, expect, it } from 'vitest'
import { callOf, failure, propose } from '../contexts.test.support.ts'
import type { Failure } from '../failure.ts'
import { UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { type ErrorFacts, type ToolCall, toolResult } from '../trajectory.ts'
import { retry } from './retry.ts'

const readOnly = { ...UNKNOWN_TOOL_FACTS, readOnly: true }
const idempotent = { ...UNKNOWN_TOOL_FACTS, idempotent: true }

type Case = {
  call?: Partial<ToolCall>
  failure?: Partial<Failure>
  facts?: typeof readOnly
  error?: Partial<ErrorFacts>
  options?: object
}

function proposed({ call, failure: more, facts, error, options }: Case) {
  const result = toolResult('error', 'x', { error: { message: 'x', ...error } })
  return propose(retry, { ...options }, callOf({}, call), {
    facts: facts ?? UNKNOWN_TOOL_FACTS,
    result,
    failure: { ...failure, ...more },
  })
}

describe('retry matches', () => {
  it.each<[string, Case, number | [number, number]]>([
    ['a read-only tool', { facts: readOnly }, [250, 500]],
    ['an idempotent tool', { facts: idempotent }, [250, 500]],
    ['with a delay that doubles', { facts: readOnly, call: { attempt: 2 } }, [500, 1000]],
    ['after the delay that was asked for', { facts: readOnly, error: { retryAfterMs: 1234 } }, 1234],
    ['an approved call of a read-only tool', { facts: readOnly, call: { approved: true } }, [250, 500]],
    [
      'with its own options',
      { facts: readOnly, call: { attempt: 3 }, options: { backoffMs: 10, attempts: 4 } },
      [20, 40],
    ],
    ['what may be repeated at once', { facts: readOnly, failure: { retryable: 'same' } }, [250, 500]],
  ])('%s', (_, of, delay) => {
    const action = proposed(of)
    if (action?.type !== 'retry') throw new Error('did not retry')
    const [least, most] = typeof delay === 'number' ? [delay, delay] : delay
    expect(action.afterMs).toBeGreaterThanOrEqual(least)
    expect(action.afterMs).toBeLessThanOrEqual(most)
  })

  it('after the delay in the headers of a response that the tool returns', () => {
    const result = toolResult('ok', { status: 503, headers: { 'retry-after': '7' }, body: '' })
    const context = { facts: readOnly, result, failure }
    expect(propose(retry, {}, callOf({}), context)).toEqual({ type: 'retry', afterMs: 7_000 })
  })

  it('calls that failed together do not come back together, and each always at the same time', () => {
    const delays = ['a', 'b', 'c', 'd', 'a'].map((id) => {
      const action = proposed({ facts: readOnly, call: { id } })
      return action?.type === 'retry' ? action.afterMs : undefined
    })
    expect(new Set(delays).size).toBe(4)
    expect(delays[4]).toBe(delays[0])
  })

  it('as many calls of a tool as its budget holds', () => {
    expect([retry.cap?.({}), retry.cap?.({ budget: 5 })]).toEqual([20, 5])
  })
})

describe('retry does not match', () => {
  it.each<[string, Case]>([
    ['a tool that may have acted', {}],
    ['no effect by the word of an error', { failure: { effect: 'none', rank: 'typed' } }],
    ['an approved call of a tool that changes something', { facts: idempotent, call: { approved: true } }],
    ['the last attempt', { facts: readOnly, call: { attempt: 3 } }],
    ['what needs a change', { facts: readOnly, failure: { retryable: 'after-change' } }],
    ['what will never work', { facts: readOnly, failure: { retryable: 'never' } }],
    ['an expected negative', { facts: readOnly, failure: { expectedNegative: true } }],
    ['a dead call', { facts: readOnly, failure: { dead: true } }],
    ['a delay longer than it waits', { facts: readOnly, error: { retryAfterMs: 60_000 } }],
  ])('%s', (_, of) => {
    expect(proposed(of)).toBeUndefined()
  })

  it('what asks in its headers for a longer delay than it waits', () => {
    const result = toolResult('ok', { status: 503, headers: { 'retry-after': '7' }, body: '' })
    const context = { facts: readOnly, result, failure }
    expect(propose(retry, { maxDelayMs: 6_999 }, callOf({}), context)).toBeUndefined()
  })

  it('a success', () => {
    const result = toolResult('ok', 'x')
    expect(propose(retry, {}, callOf({}), { facts: readOnly, result })).toBeUndefined()
  })

  it('an interruption', () => {
    const result = toolResult('interrupted', 'x')
    expect(propose(retry, {}, callOf({}), { facts: readOnly, result, failure })).toBeUndefined()
  })
})
