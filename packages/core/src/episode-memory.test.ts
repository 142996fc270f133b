import { expect, it } from 'vitest'
import { callOf, okStep } from './contexts.test.support.ts'
import { episodeMemory } from './episode-memory.ts'
import type { Json } from './json.ts'
import { type ToolCall, type ToolStep, toolResult } from './trajectory.ts'

const call = (input: Json): ToolCall => callOf(input, { id: 'c', tool: { origin: 'local', name: 't' } })

const step = (input: Json, value: unknown): ToolStep => okStep(value, call(input))

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
