import { describe, expect, it } from 'vitest'
import { maskPieces } from './echo-pieces.ts'

describe('maskPieces', () => {
  it.each<[string, string, string, string]>([
    [
      'a statement from the place of the error on',
      "near 'b = 'x' LIMIT 1' at line 1",
      "SELECT a FROM t WHERE b = 'x' LIMIT 1",
      "near '<id>' at line 1",
    ],
    [
      'a text that is cut',
      '...ct shipment customer and on',
      '{{#if a}} product shipment customer',
      '...<id> and on',
    ],
    [
      'values in a row',
      '*** session meeting invoice. Stop.',
      '$(error session meeting invoice)',
      '*** <id>. Stop.',
    ],
    ['every time', 'f(a, [1]); f(a, [1])', 'call f(a, [1])', '<id>; <id>'],
  ])('masks %s', (_, message, text, masked) => {
    expect(maskPieces(message, [text])).toBe(masked)
  })

  it.each<[string, string, string]>([
    ['what both say in plain words', '(a) no such file or directory', 'say no such file or directory here'],
    ['quotes of their own', '(a) no "parcel-office" here', 'find "parcel-office"'],
    ['half of what is in quotes', '["parcel offices van", "a"]', 'a parcel offices here'],
    ['tags', '(a) <button>Go</button>', 'click <button>Go</button> now'],
    ['parts of words', '(a) xparcel officesy', 'parcel offices'],
    ['short ones', '(a=1)', '(a=1)'],
  ])('leaves %s', (_, message, text) => {
    expect(maskPieces(message, [text])).toBe(message)
  })

  it('comes to an end where everything is repeated', () => {
    const text = 'ab=(cd) '.repeat(500)
    expect(maskPieces(text.repeat(4), [text]).length).toBeLessThan(text.length)
  })

  it('tries few places of a message that has a piece everywhere', () => {
    const message = `${'a b '.repeat(500_000)}=`
    expect(maskPieces(message, [`${'a b '.repeat(700)}!`])).toBe(message)
  })
})
