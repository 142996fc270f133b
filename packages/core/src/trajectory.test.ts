import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { boundedView, errorFacts, isWholeView, toolResult, VIEW_LIMIT } from './trajectory.ts'

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

  it('lets the value go when its view is there and nobody else holds it', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const made = (() => {
      const { value, view } = toolResult('ok', { big: new Uint8Array(1 << 20) })
      view()
      return { view, seen: new WeakRef(value as object) }
    })()
    // A weak reference holds on to its object until the end of the turn.
    await new Promise((resolve) => setImmediate(resolve))
    collect()
    expect(made.seen.deref()).toBeUndefined()
    expect(made.view()).toMatchObject({ big: { bytes: 1 << 20 } })
  })

  it('has a view though it throws', () => {
    const view = () => {
      throw new Error('no')
    }
    expect(toolResult('ok', 1, { view }).view()).toBe('…')
  })
})

describe('isWholeView', () => {
  class Hidden {
    #n = 1
    n = () => this.#n
  }
  it.each<[string, unknown]>([
    ['an object', { a: [1, null, 'x'], b: {} }],
    ['a map', new Map([['a', 1]])],
    ['an empty object without a prototype', Object.create(null)],
    ['text with dots', 'wait…'],
  ])('matches %s', (_, value) => {
    expect(isWholeView(boundedView(value))).toBe(true)
  })

  it.each<[string, unknown]>([
    ['binary content', { shot: new Uint8Array(3) }],
    ['a long text', ['x'.repeat(VIEW_LIMIT + 1)]],
    ['a long key', { ['k'.repeat(VIEW_LIMIT + 1)]: 1 }],
    ['a long list', Array.from({ length: 100_000 }, () => 1)],
    ['what is too deep', JSON.parse(`${'['.repeat(20)}1${']'.repeat(20)}`)],
    ['what cannot be looked into', new Hidden()],
  ])('does not match %s', (_, value) => {
    expect(isWholeView(boundedView(value))).toBe(false)
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
    ['a map and a set', { m: new Map([['a', 1]]), s: new Set([1]) }, { m: [['a', 1]], s: [1] }],
    [
      'an error whose message is no text',
      Object.assign(new Error('x'), { message: { a: 1 } }),
      { name: 'Error', message: '[object Object]' },
    ],
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
    ['a long key', { ['k'.repeat(1_000_000)]: 1 }],
    ['a long error', new Error('x'.repeat(1_000_000))],
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
    [
      'what throws when it is looked at',
      new Proxy({}, { get: () => JSON.parse('{') }),
      { message: 'unknown error' },
    ],
    ['a wait', { message: 'x', retryAfterMs: 5 }, { message: 'x', retryAfterMs: 5 }],
  ])('%s', (_, thrown, facts) => {
    expect(errorFacts(thrown)).toEqual(facts)
  })
})
