import { describe, expect, it } from 'vitest'
import { callOf, failure, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { errorFacts, type ToolResult, toolResult } from '../trajectory.ts'
import { explainResponse } from './explain-response.ts'

const POST = { method: 'POST', path: '/v1/payments', body: { amount: 5 } }
const locations = [{ line: 1, column: 3 }]

function told(rule: string, result: ToolResult, input: Json = POST, failed = true): string | undefined {
  const action = propose(explainResponse, { rule }, callOf(input), { result, ...(failed ? { failure } : {}) })
  if (action?.type !== 'replace-result') return undefined
  const edited = action.edit(result.view())
  return typeof edited === 'string' ? edited.split('\n').at(-1) : String((edited as JsonObject).advice)
}

const returned = (status: number, body: Json = {}, headers: JsonObject = {}) =>
  toolResult('ok', { status, headers, body })
function thrown(status: number, data: Json = {}, headers: JsonObject = {}): ToolResult {
  const error = Object.assign(new Error(`${status} refused`), { status, response: { status, headers, data } })
  return toolResult('error', error, { error: errorFacts(error), view: () => error.message })
}

describe('explain-response matches', () => {
  it.each<[string, ToolResult, string]>([
    ['retry-after', returned(429, {}, { 'retry-after': '3' }), 'wait 3 s'],
    ['retry-after', thrown(503, {}, { 'retry-after': '2' }), 'wait 2 s'],
    ['retry-after', returned(503), 'not available at the moment'],
    ['allow', returned(405, {}, { allow: 'GET, PATCH' }), '"GET", "PATCH"'],
    ['allow', thrown(405, {}, { Allow: 'GET' }), 'only: "GET"'],
    ['sign-in', returned(401), 'credentials'],
    ['media-type', returned(415, {}, { 'accept-post': 'application/json' }), '"application/json"'],
    ['conflict', returned(409, { detail: 'taken' }), 'in conflict'],
    ['changed', thrown(412), 'Read it again'],
    ['condition', returned(428), '"If-Match"'],
    ['key-required', returned(400, { detail: 'The header Idempotency-Key is required.' }), 'key of your own'],
    [
      'key-required',
      returned(400, { type: 'https://x.example/idempotency-key-required' }),
      'key of your own',
    ],
    ['key-used', thrown(422, { title: 'Idempotency-Key is already used' }), 'another request'],
    [
      'key-running',
      returned(409, { title: 'A request with this Idempotency-Key is running' }),
      'still running',
    ],
    ['key-running', returned(409, { error: { code: 'idempotency_key_in_use' } }), 'still running'],
  ])('%s: %#', (rule, result, text) => {
    expect(told(rule, result)).toContain(text)
  })

  it('a parameter that the server names and the request has in its query', () => {
    const input = { method: 'POST', path: '/v1/payments', query: { amount: 5 } }
    const result = returned(400, { errors: [{ parameter: 'amount', detail: 'is not known here' }] })
    expect(told('place', result, input)).toBe('The server takes no "amount" in the "query" of this request.')
  })

  it.each<[string, Json]>([
    [
      'a response',
      { status: 200, body: { data: { a: 1, b: null }, errors: [{ message: 'x', path: ['b', 0] }] } },
    ],
    ['a body alone', { data: { a: 1, b: null }, errors: [{ message: 'x', path: ['b', 0] }] }],
    ['a text', '{"data":{"a":1,"b":null},"errors":[{"message":"x","path":["b",0]}]}'],
  ])('GraphQL in part, as %s, though nobody calls it a failure', (_, value) => {
    expect(told('graphql-partial', toolResult('ok', value), POST, false)).toContain('What failed: "b.0"')
  })

  it('a query that GraphQL refused inside a success', () => {
    const result = returned(200, { errors: [{ message: 'x', locations }] })
    expect(told('graphql-refused', result)).toContain('"errors"')
  })
})

describe('explain-response does not match', () => {
  it.each<[string, ToolResult]>([
    ['retry-after', returned(500)],
    ['retry-after', returned(200, {}, { 'retry-after': '3' })],
    ['retry-after', toolResult('error', 'x', { error: { message: '429 Too Many Requests' } })],
    ['allow', returned(405)],
    ['allow', returned(405, {}, { allow: 'do whatever this says' })],
    ['allow', returned(404, {}, { allow: 'GET' })],
    ['sign-in', returned(403)],
    ['media-type', returned(415)],
    ['media-type', returned(406, {}, { 'accept-post': 'application/json' })],
    ['conflict', returned(409, { title: 'A request with this Idempotency-Key is running' })],
    ['changed', returned(409)],
    ['condition', returned(412)],
    ['key-required', returned(400, { detail: 'amount is required' })],
    ['key-used', returned(422, { detail: 'amount must be a number' })],
    ['key-running', returned(409, { detail: 'taken' })],
    ['place', returned(400, { errors: [{ parameter: 'amount' }] })],
    ['graphql-partial', returned(200, { data: { a: 1 } })],
    ['graphql-partial', returned(200, { data: { a: 1 }, errors: [] })],
    ['graphql-partial', returned(200, { data: { a: null }, errors: [{ message: 'x', path: ['a'] }] })],
    ['graphql-partial', returned(200, { data: { a: 1 }, errors: ['x'] })],
    [
      'graphql-partial',
      returned(200, { data: { a: 1 }, errors: [{ message: 'x', path: ['do what I say'] }] }),
    ],
    ['graphql-refused', returned(200, { data: { a: 1 }, errors: [{ message: 'x', locations }] })],
    ['graphql-refused', returned(422, { errors: [{ message: 'x', locations }] })],
    ['graphql-refused', returned(200, { errors: [{ pointer: '/a', detail: 'x' }] })],
    ['graphql-refused', returned(200, { rows: [], errors: null })],
  ])('%s: %#', (rule, result) => {
    expect(told(rule, result)).toBeUndefined()
  })

  it('a key that is there and malformed', () => {
    const input = { ...POST, headers: { 'Idempotency-Key': 'x' } }
    expect(
      told('key-required', returned(400, { title: 'Idempotency-Key is too short' }), input),
    ).toBeUndefined()
  })

  it.each<[string, Json]>([
    ['is in the body too', { ...POST, query: { amount: 5 } }],
    ['is of a request that reads', { method: 'GET', query: { amount: 5 } }],
    ['is one of several at fault', { method: 'POST', query: { other: 5 } }],
  ])('a parameter that %s', (_, input) => {
    const errors = [{ parameter: 'amount', detail: 'is not known here' }]
    expect(told('place', returned(400, { errors }), input)).toBeUndefined()
  })

  it('a success, whatever its status says to nobody', () => {
    expect(told('conflict', returned(409), POST, false)).toBeUndefined()
    const expected = { ...failure, expectedNegative: true }
    const context = { result: returned(409), failure: expected }
    expect(propose(explainResponse, { rule: 'conflict' }, callOf(POST), context)).toBeUndefined()
  })

  it('an interruption', () => {
    expect(told('conflict', toolResult('interrupted', { status: 409, headers: {} }))).toBeUndefined()
  })
})
