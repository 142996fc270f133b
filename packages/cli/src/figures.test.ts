import { expect, test } from 'vitest'
import { count, day, duration, percent, plural } from './figures.ts'

test.each([
  [0, '0 %'],
  [0.0001, '< 0.1 %'],
  [0.0123, '1.2 %'],
  [0.25, '25 %'],
  [0.996, '99.6 %'],
  [0.9999, '> 99.9 %'],
  [1, '100 %'],
])('share %d is %s', (share, text) => {
  expect(percent(share)).toBe(text)
})

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_500, '1.5 s'],
  [600_000, '10 min'],
  [36_000_000, '10.0 h'],
])('%d ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test('counts, plurals and times', () => {
  expect(count(1_234_567)).toBe('1,234,567')
  expect([plural(1, 'file'), plural(2, 'file'), plural(0, 'reply', 'replies')]).toEqual([
    '1 file',
    '2 files',
    '0 replies',
  ])
  expect(day(Date.UTC(2026, 0, 2, 3, 4, 5))).toBe('2026-01-02 03:04')
})
