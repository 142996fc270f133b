import { expect, it } from 'vitest'
import { episodeMemory } from './episode-memory.ts'
import type { Json } from './json.ts'
import { type ToolCall, type ToolStep, toolResult } from './trajectory.ts'

function call(input: Json): ToolCall {
  return {
    id: 'c',
    tool: { origin: 'local', name: 't' },
    turn: 0,
    index: 0,
    attempt: 1,
    approved: false,
    input,
  }
}

function step(input: Json, value: unknown): ToolStep {
  return {
    type: 'tool',
    call: call(input),
    executed: call(input),
    result: toolResult('ok', value),
    applied: [],
  }
}

it('counts the same call with the same result', () => {
  const memory = episodeMemory()
  expect(memory.repeats(call({ a: 1 }))).toBe(0)
  for (let round = 1; round <= 3; round++) {
    memory.add(step({ a: 1 }, { rows: [] }))
    expect(memory.repeats(call({ a: 1 }))).toBe(round)
  }
  memory.add(step({ a: 2 }, { rows: [] }))
  expect(memory.repeats(call({ a: 1 }))).toBe(3)
})

it('starts again when the result differs, so that a poll that moves is no loop', () => {
  const memory = episodeMemory()
  memory.add(step({ job: 7 }, 'pending'))
  memory.add(step({ job: 7 }, 'pending'))
  memory.add(step({ job: 7 }, 'done'))
  expect(memory.repeats(call({ job: 7 }))).toBe(1)
})

it('never calls two results the same that were not seen whole', () => {
  const memory = episodeMemory()
  memory.add(step({}, `${'x'.repeat(40_000)}1`))
  memory.add(step({}, `${'x'.repeat(40_000)}2`))
  expect(memory.repeats(call({}))).toBe(1)
  memory.add(step({ at: 'screen' }, new Uint8Array([1])))
  memory.add(step({ at: 'screen' }, new Uint8Array([2])))
  expect(memory.repeats(call({ at: 'screen' }))).toBe(1)
})

it('does not look at a result before its call recurs', () => {
  const memory = episodeMemory()
  let views = 0
  const result = toolResult('ok', null, { view: () => ++views })
  memory.add({ type: 'tool', call: call({}), executed: call({}), result, applied: [] })
  expect(views).toBe(0)
})

it('stays bounded and lets host objects go', () => {
  const memory = episodeMemory()
  for (let index = 0; index < 500; index++) memory.add(step({ index }, { index }))
  expect(memory.history.length).toBe(16)
  expect(memory.history.at(-1)?.result).toMatchObject({ outcome: 'ok', value: undefined })
  expect(memory.history.at(-1)?.result.view()).toEqual({ index: 499 })
  expect(memory.repeats(call({ index: 0 }))).toBe(0)
})
