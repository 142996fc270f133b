import { expect, it } from 'vitest'
import { callRepeats } from './call-repeats.ts'
import { callOf } from './contexts.test.support.ts'
import type { Json } from './json.ts'
import { type ToolCall, toolResult } from './trajectory.ts'

const call = (input: Json): ToolCall => callOf(input, { id: 'c', tool: { origin: 'local', name: 't' } })

it('counts the same call with the same result', () => {
  const calls = callRepeats()
  expect(calls.repeats(call({ a: 1 }))).toBe(0)
  for (let round = 1; round <= 3; round++) {
    calls.add(call({ a: 1 }), toolResult('ok', { rows: [] }))
    expect(calls.repeats(call({ a: 1 }))).toBe(round)
  }
  calls.add(call({ a: 2 }), toolResult('ok', { rows: [] }))
  expect(calls.repeats(call({ a: 1 }))).toBe(3)
})

it('starts again when the result differs, so that a poll that moves is no loop', () => {
  const calls = callRepeats()
  calls.add(call({ job: 7 }), toolResult('ok', 'pending'))
  calls.add(call({ job: 7 }), toolResult('ok', 'pending'))
  calls.add(call({ job: 7 }), toolResult('ok', 'done'))
  expect(calls.repeats(call({ job: 7 }))).toBe(1)
})

it('never calls two results the same that were not seen whole', () => {
  const calls = callRepeats()
  calls.add(call({}), toolResult('ok', `${'x'.repeat(40_000)}1`))
  calls.add(call({}), toolResult('ok', `${'x'.repeat(40_000)}2`))
  expect(calls.repeats(call({}))).toBe(1)
  calls.add(call({ at: 'screen' }), toolResult('ok', new Uint8Array([1])))
  calls.add(call({ at: 'screen' }), toolResult('ok', new Uint8Array([2])))
  expect(calls.repeats(call({ at: 'screen' }))).toBe(1)
})

it('does not look at a result before its call recurs', () => {
  const calls = callRepeats()
  let views = 0
  const result = toolResult('ok', null, { view: () => ++views })
  calls.add(call({}), result)
  expect(views).toBe(0)
})

it('tells calls of two tools apart, and of two origins', () => {
  const calls = callRepeats()
  calls.add(call({ a: 1 }), toolResult('ok', 'x'))
  expect(calls.repeats({ ...call({ a: 1 }), tool: { origin: 'local', name: 'u' } })).toBe(0)
  expect(calls.repeats({ ...call({ a: 1 }), tool: { origin: 'server', name: 't' } })).toBe(0)
})

it('forgets calls that came long ago', () => {
  const calls = callRepeats()
  for (let index = 0; index < 500; index++) calls.add(call({ index }), toolResult('ok', 'x'))
  expect(calls.repeats(call({ index: 0 }))).toBe(0)
  expect(calls.repeats(call({ index: 499 }))).toBe(1)
})
