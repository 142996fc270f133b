import { describe, expect, it } from 'vitest'
import { failedStep, okStep, verdictOf } from '../contexts.test.support.ts'
import { textCall } from './text-call.ts'

const rawInput = '<tool_call>{"name": "search", "arguments": {}}</tool_call>'

describe('text-call', () => {
  it('matches what the runtime found written as text', () => {
    const step = failedStep({ message: 'not executed', code: 'text-call' })
    const written = { ...step, executed: { ...step.executed, rawInput } }
    expect(verdictOf(textCall, written)).toMatchObject({ category: 'emit.text_call', rank: 'typed' })
  })

  it('does not match arguments that do not parse, a success, or another error', () => {
    const step = failedStep('bad arguments')
    expect(verdictOf(textCall, { ...step, executed: { ...step.executed, rawInput } })).toBeUndefined()
    expect(verdictOf(textCall, okStep(rawInput))).toBeUndefined()
    expect(verdictOf(textCall, failedStep('text-call'))).toBeUndefined()
  })
})
