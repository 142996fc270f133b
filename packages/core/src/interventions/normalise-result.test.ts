import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { toolResult } from '../trajectory.ts'
import { normaliseResult } from './normalise-result.ts'

const items: JsonObject = {
  type: 'object',
  properties: { items: { type: 'array' } },
  required: ['items'],
  additionalProperties: false,
}
const unwrap = { op: 'unwrap', path: '/data' }
const wrap = { op: 'wrap', path: '/items' }
const parse = { op: 'parse', path: '' }

function normal(
  options: JsonObject,
  view: Json,
  outputSchema: JsonObject | undefined = items,
  outcome: 'ok' | 'error' = 'ok',
) {
  const contract = { tool: callOf({}).tool, ...(outputSchema ? { outputSchema } : {}) }
  const action = propose(normaliseResult, options, callOf({}), {
    contract,
    result: toolResult(outcome, view),
  })
  return action?.type === 'replace-result' ? action.edit(view) : view
}

describe('normalise-result matches', () => {
  it.each<[string, JsonObject, Json]>([
    ['a member that the shape does not have', unwrap, { data: { items: [1] } }],
    ['a list that the shape names', wrap, [1]],
    ['a text that is JSON', parse, '{"items": [1]}'],
    ['a member that is JSON as text', { op: 'parse', path: '/items' }, { items: '[1]' }],
  ])('%s', (_, options, view) => {
    expect(schemaCheck(normaliseResult.options)(options)).toEqual([])
    expect(normal(options, view)).toEqual({ items: [1] })
  })
})

describe('normalise-result does not match', () => {
  it.each<[string, JsonObject, Json, JsonObject?]>([
    ['a result that fits', wrap, { items: [] }],
    ['a result that does not fit afterwards', unwrap, { data: { rows: [] } }],
    ['what stands beside something', unwrap, { data: { items: [1] }, next: 2 }],
    ['nothing there', unwrap, { body: { items: [1] } }],
    ['a list of the wrong name', { op: 'wrap', path: '/rows' }, [1]],
    ['a text that is not quite JSON', parse, "{'items': [1]}"],
    ['a text cut short', parse, '{"items": [1'],
    ['a number that would be rounded', parse, '{"items": [12345678901234567890]}'],
    ['a text', parse, 'none'],
  ])('%s', (_, options, view, schema) => {
    expect(normal(options, view, schema)).toEqual(view)
  })

  it('a tool that declares no shape, or an error', () => {
    const contract = { tool: callOf({}).tool }
    const result = toolResult('ok', [1])
    expect(propose(normaliseResult, wrap, callOf({}), { contract, result })).toBeUndefined()
    expect(normal(wrap, [1], items, 'error')).toEqual([1])
  })
})
