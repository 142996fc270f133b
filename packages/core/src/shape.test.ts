import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looseShape, matchesShape, shapeOf } from './shape.ts'

describe('shapeOf', () => {
  it.each([
    ['#W7239184', '#U1D7', '#UD'],
    ['2024-05-13', 'D4-D2-D2', 'D-D-D'],
    ['hello World', 'L5SA5', 'LSA'],
    ['HAT030', 'U3D3', 'UD'],
    ['a  b', 'L1SL1', 'LSL'],
    ['C:\\x', 'U1:\\\\L1', 'U:\\\\L'],
    ['日本', 'A2', 'A'],
    ['١٢', 'D2', 'D'],
    ['', '', ''],
    ['x'.repeat(81), '*', '*'],
  ])('%s → %s, loosely %s', (text, shape, loose) => {
    expect(shapeOf(text)).toBe(shape)
    expect(looseShape(text)).toBe(loose)
    expect(matchesShape(text, shape)).toBe(true)
    expect(matchesShape(text, loose)).toBe(true)
  })

  it.each([
    ['#W7239184', '#U1D6'],
    ['W7239184', '#U1D7'],
    ['2024/05/13', 'D4-D2-D2'],
  ])('%s does not have the shape %s', (text, shape) => {
    expect(matchesShape(text, shape)).toBe(false)
  })

  it('gives every text its own shape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) =>
        matchesShape(text, shapeOf(text)),
      ),
    )
  })

  it.each(['string', 'grapheme', 'binary', 'binary-ascii'] as const)(
    'is loose without the lengths: %s',
    (unit) => {
      const strings =
        unit === 'string' ? fc.stringMatching(/^[aB1 \\#é٣]{0,12}$/) : fc.string({ unit, maxLength: 90 })
      fc.assert(
        fc.property(strings, (text) => {
          expect(looseShape(text)).toBe(shapeOf(text).replace(/([DULA])\d+/g, '$1'))
        }),
      )
    },
  )
})
