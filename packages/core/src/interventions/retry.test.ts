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
  it.each<[string, Case, number]>([
    ['a read-only tool', { facts: readOnly }, 500],
    ['an idempotent tool', { facts: idempotent }, 500],
    ['with a delay that doubles', { facts: readOnly, call: { attempt: 2 } }, 1000],
    ['after the delay that was asked for', { facts: readOnly, error: { retryAfterMs: 1234 } }, 1234],
    ['an approved call of a read-only tool', { facts: readOnly, call: { approved: true } }, 500],
    [
      'with its own options',
      { facts: readOnly, call: { attempt: 3 }, options: { backoffMs: 10, attempts: 4 } },
      40,
    ],
    ['what may be repeated at once', { facts: readOnly, failure: { retryable: 'same' } }, 500],
  ])('%s', (_, of, afterMs) => {
    expect(proposed(of)).toEqual({ type: 'retry', afterMs })
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

  it('a success', () => {
    const result = toolResult('ok', 'x')
    expect(propose(retry, {}, callOf({}), { facts: readOnly, result })).toBeUndefined()
  })

  it('an interruption', () => {
    const result = toolResult('interrupted', 'x')
    expect(propose(retry, {}, callOf({}), { facts: readOnly, result, failure })).toBeUndefined()
  })
})
