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

it('counts repetitions of what was executed, and no answer that the layer gave itself', () => {
  const memory = episodeMemory()
  memory.add(step({ a: 1 }, 'x'))
  memory.add(step({ a: 1 }, 'x'), true)
  expect(memory.repeats(call({ a: 1 }))).toBe(1)
  memory.add({ ...step({ a: 1 }, 'x'), result: toolResult('interrupted', 'x') })
  expect(memory.repeats(call({ a: 1 }))).toBe(1)
})

it('stays bounded and lets host objects go', () => {
  const memory = episodeMemory()
  for (let index = 0; index < 500; index++) memory.add(step({ index }, { index }))
  expect(memory.history.length).toBe(16)
  expect(memory.history.at(-1)?.result).toMatchObject({ outcome: 'ok', value: undefined })
  expect(memory.history.at(-1)?.result.view()).toEqual({ index: 499 })
  expect(memory.repeats(call({ index: 0 }))).toBe(0)
})
