import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import type { ToolStep } from '../trajectory.ts'
import { hintAgrees } from './hint-agreement.ts'
import { episode, failed, ok } from './recording.test.support.ts'

function agrees(advice: string, slots: JsonObject, before: Json, after?: Json, between: string[] = []) {
  const [first, ...steps] = episode('hinted', [
    failed(before, 'no'),
    ...between.map((tool) => ok({}, { tool })),
    ...(after === undefined ? [] : [ok(after)]),
  ]).steps as ToolStep[]
  const next = after === undefined ? undefined : steps.at(-1)
  return hintAgrees({ advice, slots }, { failed: first!, between: steps.slice(0, between.length), next })
}

describe('the next success', () => {
  test.each<[string, JsonObject, Json, Json, boolean | undefined]>([
    ['allowed-values', { argument: 'unit', values: ['c', 'k'] }, { unit: 'x' }, { unit: 'k' }, true],
    ['allowed-values', { argument: 'unit', values: ['c', 'k'] }, { unit: 'x' }, { unit: 'z' }, false],
    ['allowed-values', { argument: '/unit', values: ['c'] }, { unit: 'x' }, { unit: 'c' }, true],
    ['allowed-values', { argument: 'unit', values: ['c'] }, { unit: 'x' }, { other: 1 }, undefined],
    ['allowed-values', { argument: 'unit', values: ['c'] }, { unit: 'c' }, { unit: 'c' }, false],
    ['argument-type', { argument: 'n', type: 'integer' }, { n: '3' }, { n: 3 }, true],
    ['argument-type', { argument: 'n', type: 'integer' }, { n: '3' }, { n: 'three' }, false],
    ['argument-prefix', { argument: 'path', prefix: '/data/' }, { path: 'a' }, { path: '/data/a' }, true],
    ['argument-prefix', { argument: 'path', prefix: '/data/' }, { path: 'a' }, { path: '/tmp/a' }, false],
    ['argument-limit', { argument: 'text', limit: 3 }, { text: 'long' }, { text: 'abc' }, true],
    ['argument-limit', { argument: 'text', limit: 3 }, { text: 'long' }, { text: 'longer' }, false],
    ['argument-format', { argument: 'day', format: 'date' }, { day: '1/2' }, { day: '2024-02-01' }, true],
    ['missing-argument', { argument: 'files.ranges' }, { files: [{}] }, { files: [{ ranges: [] }] }, true],
    ['missing-argument', { argument: 'files.ranges' }, { files: [{}] }, { files: [{ a: 1 }] }, false],
    ['misnamed-argument', { from: 'city', to: 'place' }, { city: 'x' }, { place: 'x' }, true],
    ['misnamed-argument', { from: 'city', to: 'place' }, { city: 'x' }, { town: 'x' }, false],
    ['known-arguments', { arguments: ['a', 'b'] }, { c: 1 }, { a: 1 }, true],
    ['known-arguments', { arguments: ['a', 'b'] }, { c: 1 }, { d: 1 }, false],
    ['known-names', { argument: 'name', names: ['ann'] }, { name: 'Ann' }, { name: 'ann' }, true],
    ['same-again', {}, { a: 1 }, { a: 2 }, true],
    ['same-again', {}, { a: 1 }, { a: 1 }, false],
    ['try-later', {}, { a: 1 }, { a: 1 }, true],
    ['try-later', {}, { a: 1 }, { a: 2 }, false],
    ['not-permitted', {}, { a: 1 }, { a: 1 }, false],
    ['not-permitted', {}, { a: 1 }, { a: 2 }, undefined],
    ['already-done', {}, { a: 1 }, { a: 1 }, false],
    ['shorten-input', {}, { text: 'a long text' }, { text: 'short' }, true],
    ['shorten-input', {}, { text: 'short' }, { text: 'a long text' }, false],
    ['stand-on-your-head', {}, { a: 1 }, { a: 2 }, undefined],
  ])('%s %j, from %j to %j: %s', (advice, slots, before, after, expected) => {
    expect(agrees(advice, slots, before, after)).toBe(expected)
  })

  test('call-first: that tool was called in between, and only then', () => {
    expect(agrees('call-first', { tool: 'login' }, { a: 1 }, { a: 1 }, ['login'])).toBe(true)
    expect(agrees('call-first', { tool: 'login' }, { a: 1 }, { a: 1 }, ['other'])).toBe(false)
    expect(agrees('call-first', { tool: 'login' }, { a: 1 }, undefined, ['login'])).toBeUndefined()
  })

  test('call-instead: that tool did it', () => {
    expect(agrees('call-instead', { tool: 'fly' }, { a: 1 }, undefined, ['fly'])).toBe(true)
    expect(agrees('call-instead', { tool: 'fly' }, { a: 1 }, { a: 1 })).toBe(false)
    expect(agrees('call-instead', { tool: 'fly' }, { a: 1 }, { a: 2 })).toBeUndefined()
  })

  test('nothing came after: nothing is known', () => {
    for (const advice of ['allowed-values', 'same-again', 'try-later', 'missing-argument', 'shorten-input'])
      expect(agrees(advice, { argument: 'a', values: [1] }, { a: 1 })).toBeUndefined()
  })
})
