import { describe, expect, it } from 'vitest'
import { anyMatch, firstMatch, patternFilter } from './pattern-filter.ts'

describe('pattern filter', () => {
  const filter = patternFilter([/\bnot found\b/i, /permission denied/i, /\d{3}/, /found in/])

  it.each<[string, number]>([
    ['', 0b0100],
    ['Table NOT FOUND', 0b0101],
    ['not  found', 0b0100],
    ['not found in permission deniedX', 0b1111],
    ['notnot found', 0b0101],
    ['état: permission denied', 0b0110],
  ])('of %j it lets %i through', (text, bits) => {
    expect(filter(text)).toBe(bits)
    expect(filter(text)).toBe(bits)
  })

  it('tells the texts of several filters apart', () => {
    const other = patternFilter([/table/])
    expect([filter('table'), other('table'), filter('not found'), other('not found')]).toEqual([4, 1, 5, 0])
  })

  it('takes the first pattern that matches, in order', () => {
    const first = firstMatch([
      ['gone', /\bgone\b/],
      ['digits', /\d{3}/],
      ['number', /\bnumber \d+/],
    ])
    expect(['number 123', 'number 12', 'number 12 gone', 'agone', 'none'].map(first)).toEqual([
      'digits',
      'number',
      'gone',
      undefined,
      undefined,
    ])
  })

  it('tells whether any pattern matches', () => {
    const any = anyMatch(/\bab\b/, /cd$/)
    expect(['ab', 'xcd', 'abc', 'cdx'].map(any)).toEqual([true, true, false, false])
  })

  it('takes no more patterns than it has bits', () => {
    expect(() => patternFilter(Array.from({ length: 32 }, () => /a/))).toThrow('more than 31')
  })
})
