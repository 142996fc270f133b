import { describe, expect, it, vi } from 'vitest'
import { boundedView, errorFacts, toolResult, VIEW_LIMIT } from './trajectory.ts'

describe('toolResult', () => {
  it('keeps the value by reference and computes its view once, when asked', () => {
    const value = { a: 1 }
    const view = vi.fn(() => null)
    const result = toolResult('ok', value, { view, ms: 3 })
    expect(view).not.toHaveBeenCalled()
    expect([result.view(), result.view()]).toEqual([null, null])
    expect(view).toHaveBeenCalledTimes(1)
    expect(result).toMatchObject({ outcome: 'ok', ms: 3 })
    expect(result.value).toBe(value)
    expect('error' in result).toBe(false)
  })
})

describe('boundedView', () => {
  it.each<[string, unknown, unknown]>([
    ['undefined', undefined, null],
    ['numbers that JSON lacks', [Number.NaN, 10n], ['NaN', '10']],
    ['functions and absent members', { f: () => 1, u: undefined, a: 1 }, { a: 1 }],
    ['dates', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['errors', new TypeError('x'), { name: 'TypeError', message: 'x' }],
    ['binary content', new Uint8Array(3), { mediaType: 'application/octet-stream', bytes: 3 }],
    [
      'a getter that throws',
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('no')
        },
      }),
      '…',
    ],
  ])('%s', (_, value, view) => {
    expect(boundedView(value)).toEqual(view)
  })

  it('ends on cycles', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(JSON.stringify(boundedView(cycle)).length).toBeLessThan(200)
  })

  it.each<[string, unknown]>([
    ['a long text', 'x'.repeat(1_000_000)],
    ['a long list', Array.from({ length: 1_000_000 }, (_, index) => index)],
    ['many keys', Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 'v']))],
  ])('is bounded for %s, and says so', (_, value) => {
    const text = JSON.stringify(boundedView(value))
    expect(text.length).toBeLessThan(4 * VIEW_LIMIT)
    expect(text).toMatch(/…/)
  })
})

describe('errorFacts', () => {
  it.each<[string, unknown, object]>([
    ['a thrown text', 'no', { message: 'no' }],
    ['nothing', undefined, { message: 'undefined' }],
    ['an empty text', '', { message: 'unknown error' }],
    ['an error', new TypeError('x'), { message: 'x', name: 'TypeError' }],
    ['an error without a message', new RangeError(), { message: 'RangeError', name: 'RangeError' }],
    [
      'a code',
      Object.assign(new Error('x'), { code: 'ENOENT' }),
      { message: 'x', name: 'Error', code: 'ENOENT' },
    ],
    ['a status', { message: 'x', statusCode: 503 }, { message: 'x', status: 503 }],
    ['a status on the response', { message: 'x', response: { status: 404 } }, { message: 'x', status: 404 }],
    ['a wait', { message: 'x', retryAfterMs: 5 }, { message: 'x', retryAfterMs: 5 }],
  ])('%s', (_, thrown, facts) => {
    expect(errorFacts(thrown)).toEqual(facts)
  })
})
