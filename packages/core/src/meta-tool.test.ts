import { expect, it } from 'vitest'
import { unfoldCall } from './meta-tool.ts'
import type { ToolCall } from './trajectory.ts'

const config = {
  metaTools: [{ tool: 'execute-tool', origin: '/server', name: '/tool_name', input: '/params' }],
}

function call(input: ToolCall['input']): ToolCall {
  return {
    id: 'c1',
    tool: { origin: 'local', name: 'execute-tool' },
    turn: 0,
    index: 0,
    attempt: 1,
    approved: false,
    input,
  }
}

it('unfolds to the inner tool and folds an edit back', () => {
  const outer = call({ server: 'files', tool_name: 'read', params: { path: 'a' }, other: 1 })
  const { call: inner, refold } = unfoldCall(outer, config)
  expect(inner).toMatchObject({ id: 'c1', tool: { origin: 'files', name: 'read' }, input: { path: 'a' } })
  expect(refold(inner)).toBe(outer)
  expect(refold({ ...inner, input: { path: 'b' }, attempt: 2 })).toMatchObject({
    tool: { name: 'execute-tool' },
    attempt: 2,
    input: { server: 'files', tool_name: 'read', params: { path: 'b' }, other: 1 },
  })
})

it.each([
  ['another tool', { ...call({}), tool: { origin: 'local', name: 'read' } }],
  ['no inner name', call({ server: 'files', params: {} })],
  ['inner arguments that are no object', call({ server: 'files', tool_name: 'read', params: 'x' })],
])('leaves %s as it is', (_, outer) => {
  const { call: inner, refold } = unfoldCall(outer, config)
  expect(inner).toBe(outer)
  expect(refold(inner)).toBe(outer)
})
