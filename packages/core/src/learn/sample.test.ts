import { array, assert, integer, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  distinctKeys,
  keyPrefix,
  mergeSamples,
  offer,
  offerUnder,
  openSample,
  type Sample,
  sampled,
} from './sample.ts'

function sampleOf(keys: readonly string[], limit = 5): Sample<string> {
  const sample = openSample<string>(limit)
  for (const key of keys) offer(sample, key, () => key)
  return sample
}

function pictureOf(sample: Sample<string>): unknown {
  return { members: sample.members.map(({ key, count }) => [key, count]), offered: sample.offered }
}

describe('a sample', () => {
  const keys = array(string({ maxLength: 2 }), { maxLength: 60 })

  it('merges to what one pass over everything gives, in any order', () => {
    assert(
      property(keys, keys, keys, (a, b, c) => {
        const whole = pictureOf(sampleOf([...a, ...b, ...c]))
        const [x, y, z] = [sampleOf(a), sampleOf(b), sampleOf(c)]
        expect(pictureOf(mergeSamples([mergeSamples([x, y], 5), z], 5))).toEqual(whole)
        expect(pictureOf(mergeSamples([x, mergeSamples([z, y], 5)], 5))).toEqual(whole)
      }),
    )
  })

  it('never holds more than its limit', () => {
    const sample = openSample<number>(10)
    for (let index = 0; index < 5_000; index++) {
      offer(sample, `key ${index}`, () => index)
      expect(sample.members.length).toBeLessThanOrEqual(10)
    }
    expect(sampled(sample)).toHaveLength(10)
  })

  it('counts distinct keys exactly while there is room, and about right beyond', () => {
    expect(distinctKeys(sampleOf(['a', 'b', 'a']))).toBe(2)
    const many = sampleOf(
      Array.from({ length: 4_000 }, (_, index) => `key ${index}`),
      64,
    )
    expect(distinctKeys(many)).toBeGreaterThan(2_500)
    expect(distinctKeys(many)).toBeLessThan(6_000)
  })

  it('takes keys in two parts as it takes them whole', () => {
    assert(
      property(keys, string({ maxLength: 3 }), (rests, prefix) => {
        const sample = openSample<string>(5)
        for (const rest of rests) offerUnder(sample, keyPrefix(prefix), rest, () => prefix + rest)
        expect(pictureOf(sample)).toEqual(pictureOf(sampleOf(rests.map((rest) => prefix + rest))))
      }),
    )
  })

  it('does not prefer early members', () => {
    assert(
      property(integer({ min: 0, max: 1e6 }), (start) => {
        const range = Array.from({ length: 200 }, (_, index) => `${start} ${index}`)
        expect(pictureOf(sampleOf(range))).toEqual(pictureOf(sampleOf(range.toReversed())))
      }),
      { numRuns: 20 },
    )
  })
})
