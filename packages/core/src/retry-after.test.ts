import { describe, expect, it } from 'vitest'
import { askedDelay } from './retry-after.ts'
import { errorFacts, toolResult } from './trajectory.ts'

const date = 'Mon, 04 May 2026 08:00:00 GMT'
const until = 'Mon, 04 May 2026 08:00:07 GMT'

describe('the delay of a returned response', () => {
  it.each<[string, unknown, number]>([
    ['seconds', { status: 429, headers: { 'retry-after': '3' } }, 3_000],
    ['a name in another case', { status: 429, headers: { 'Retry-After': ' 3 ' } }, 3_000],
    ['a number', { status: 503, headers: { 'retry-after': 2 } }, 2_000],
    ['several values', { status: 503, headers: { 'retry-after': ['2', '9'] } }, 2_000],
    ['milliseconds', { status: 429, headers: { 'retry-after-ms': '250', 'retry-after': '1' } }, 250],
    ['a date', { status: 503, headers: { date, 'retry-after': until } }, 7_000],
    ['a date that is past', { status: 503, headers: { date: until, 'retry-after': date } }, 0],
    ['JSON in a text', '{"status":429,"headers":{"retry-after":"4"}}', 4_000],
    ['the text of a part', { content: [{ type: 'text', text: '{"headers":{"retry-after":"4"}}' }] }, 4_000],
    ['the text of the only part', [{ type: 'text', text: '{"headers":{"retry-after":"4"}}' }], 4_000],
  ])('%s', (_, value, ms) => {
    expect(askedDelay(toolResult('ok', value))).toBe(ms)
  })

  it.each<[string, unknown]>([
    ['no headers', { status: 429 }],
    ['headers that are a text', { status: 429, headers: 'retry-after: 3' }],
    ['nothing readable', { status: 429, headers: { 'retry-after': 'soon' } }],
    ['a negative number', { status: 429, headers: { 'retry-after': '-3' } }],
    ['a date without the server’s own', { status: 503, headers: { 'retry-after': until } }],
    ['a field of a body', { status: 429, body: { 'retry-after': '3' } }],
    ['a text about it', 'retry-after: 3'],
    ['broken JSON', '{"headers":{"retry-after":"4"'],
    [
      'several parts',
      [
        { type: 'text', text: '{"headers":{"retry-after":"4"}}' },
        { type: 'text', text: 'x' },
      ],
    ],
    ['a list', [1, 2]],
    ['nothing', null],
  ])('not of %s', (_, value) => {
    expect(askedDelay(toolResult('ok', value))).toBeUndefined()
  })
})

describe('the delay of an error that a client throws', () => {
  it.each<[string, object, number | undefined]>([
    ['its own', { retryAfterMs: 5 }, 5],
    ['of axios', { response: { status: 429, headers: { 'retry-after': '3' } } }, 3_000],
    ['of a fetch response', { response: new Response('', { headers: { 'retry-after': '3' } }) }, 3_000],
    ['of the AI SDK', { responseHeaders: { 'retry-after': '3' } }, 3_000],
    ['of OpenAI’s client', { headers: new Headers({ 'retry-after': '3' }) }, 3_000],
    ['of none', { response: null, headers: null }, undefined],
    ['of a client without headers', { status: 429 }, undefined],
  ])('%s', (_, members, ms) => {
    const error = errorFacts(Object.assign(new Error('slow down'), members))
    expect(error.retryAfterMs).toBe(ms)
    expect(askedDelay(toolResult('error', 'slow down', { error }))).toBe(ms)
  })
})
