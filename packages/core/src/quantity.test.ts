import { describe, expect, it } from 'vitest'
import type { Json } from './json.ts'
import { quantityOf, sameUnit } from './quantity.ts'

describe('quantity', () => {
  it.each<[Json, number, string]>([
    ['5 km', 5, 'km'],
    ['$20', 20, '$'],
    ['-3.5°C', -3.5, '°C'],
    ['30%', 30, '%'],
    ['USD 12', 12, 'USD'],
    ['2 business days', 2, 'business days'],
  ])('reads %s', (text, value, unit) => expect(quantityOf(text)).toEqual({ value, unit }))

  it.each<[Json]>([
    ['20'],
    ['$20 USD'],
    ['20-30 EUR'],
    ['$1,250'],
    ['5 km 2'],
    ['0.1234567890123456789 km'],
    ['km'],
    [5],
    [null],
  ])('does not read %s', (value) => expect(quantityOf(value)).toBeUndefined())
})

describe('one unit', () => {
  it.each([
    ['km', 'KM'],
    ['km', 'Km'],
    ['minutes', 'Minutes'],
    ['business days', 'Business days'],
    ['USD', 'usd'],
    ['$', '$'],
    ['mW', 'mW'],
  ])('%s is %s', (a, b) => {
    expect(sameUnit(a, b)).toBe(true)
    expect(sameUnit(b, a)).toBe(true)
  })

  it.each([
    ['m', 'M'],
    ['mW', 'MW'],
    ['mW', 'mw'],
    ['Mb', 'MB'],
    ['GB', 'Gb'],
    ['Mbps', 'MBps'],
    ['mHz', 'MHz'],
    ['km', 'kmh'],
    ['mw', 'MW'],
    ['pa', 'PA'],
    ['bps', 'Bps'],
    ['kbps', 'KBPS'],
    ['cal', 'Cal'],
    ['nm', 'Nm'],
    ['Pg', 'pg'],
  ])('%s is not %s', (a, b) => {
    expect(sameUnit(a, b)).toBe(false)
    expect(sameUnit(b, a)).toBe(false)
  })
})
