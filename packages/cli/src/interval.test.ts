import { expect, test } from 'vitest'
import { parseInterval } from './interval.ts'

test.each([
  ['30s', 30_000],
  ['500ms', 500],
  ['5m', 300_000],
  ['1.5h', 5_400_000],
])('%s matches', (text, ms) => expect(parseInterval(text)).toBe(ms))

test.each(['', '30', 's', '0s', '99ms', '25h', '-5s', '1e3s', '5 s', '5sec'])('"%s" does not match', (text) =>
  expect(() => parseInterval(text)).toThrow(/is no interval/),
)
