import { describe, expect, it } from 'vitest'
import { accuracy, byCategory, groupingAccuracy, groupingF1 } from './measure.ts'

const grouped = (...pairs: [truth: string, found: string][]) =>
  pairs.map(([truth, found]) => ({ truth, found }))

describe('groupingAccuracy', () => {
  it.each([
    ['all right', grouped(['a', '1'], ['a', '1'], ['b', '2']), 1, 1],
    ['a group split', grouped(['a', '1'], ['a', '2'], ['b', '3']), 1 / 3, 2 / 5],
    ['two groups mixed', grouped(['a', '1'], ['b', '1'], ['c', '2']), 1 / 3, 2 / 5],
    ['a message in the wrong group', grouped(['a', '1'], ['a', '2'], ['b', '2']), 0, 0],
  ])('%s', (_, messages, accuracy, f1) => {
    expect(groupingAccuracy(messages)).toBeCloseTo(accuracy)
    expect(groupingF1(messages)).toBeCloseTo(f1)
  })
})

describe('categories', () => {
  const judged = grouped(['x', 'x'], ['x', 'y'], ['y', 'y'])
  it('counts what is right', () => {
    expect(accuracy(judged)).toBeCloseTo(2 / 3)
    expect(byCategory(judged)).toEqual([
      { category: 'x', labelled: 2, found: 1, right: 1 },
      { category: 'y', labelled: 1, found: 2, right: 1 },
    ])
  })
})
