import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, editedInput, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { reformatValue } from './reformat-value.ts'

const iso = 'YYYY-MM-DD'
const edited = (from: string, to: string, value: Json, proven?: boolean) =>
  (
    editedInput(
      reformatValue,
      { path: '/a', from, to, ...(proven ? { proven } : {}) },
      { a: value },
    ) as JsonObject
  )?.a

describe('reformat-value matches', () => {
  it.each<[string, string, Json, Json]>([
    ['M/D/YYYY', iso, '5/13/2024', '2024-05-13'],
    ['MM/DD/YYYY', iso, '05/13/2024', '2024-05-13'],
    ['D/M/YYYY', iso, '13/5/2024', '2024-05-13'],
    ['M/D/YYYY', iso, '5/5/2024', '2024-05-05'],
    ['D.M.YYYY', iso, '31.12.2024', '2024-12-31'],
    ['MMMM D, YYYY', iso, 'May 6, 2024', '2024-05-06'],
    ['MMM D YYYY', iso, 'may 6 2024', '2024-05-06'],
    ['YYYY/M/D', iso, '2024/5/6', '2024-05-06'],
    ['YYYYMMDD', iso, '20240229', '2024-02-29'],
    ['YYYY-MM-DD[T]HH:mm:ss', iso, '2024-05-06T00:00:00', '2024-05-06'],
    ['h:mm A', 'HH:mm', '9:05 pm', '21:05'],
    ['h:mm A', 'HH:mm', '12:30 AM', '00:30'],
    ['H:mm', 'HH:mm', '9:05', '09:05'],
    ['HH:mm', 'h:mm A', '00:05', '12:05 AM'],
    ['#,###.#', 'number', '1,234,567', 1234567],
    ['#,###.#', 'number', '-1,234.50', -1234.5],
    ['#,###.#', 'text', '1,234.50', '1234.50'],
    ['#.###,#', 'number', '1.234,5', 1234.5],
    ['# ###,#', 'number', '12 345', 12345],
  ])('%s → %s: %j → %j', (from, to, value, expected) => {
    expect(edited(from, to, value)).toEqual(expected)
  })

  it.each<[string, string, Json, Json]>([
    ['M/D/YYYY', iso, '5/6/2024', '2024-05-06'],
    ['D/M/YYYY', iso, '5/6/2024', '2024-06-05'],
    ['#,###.#', 'number', '1,234', 1234],
  ])('%s → %s: %j → %j, where the format is proven', (from, to, value, expected) => {
    expect(edited(from, to, value)).toBeUndefined()
    expect(edited(from, to, value, true)).toEqual(expected)
  })
})

describe('reformat-value does not match', () => {
  it.each<[string, string, Json]>([
    ['M/D/YYYY', iso, '2024-05-13'],
    ['M/D/YYYY', iso, '13/5/2024'],
    ['M/D/YYYY', iso, '2/30/2024'],
    ['M/D/YYYY', iso, '5/13/24'],
    ['M/D/YYYY', iso, ' 5/13/2024'],
    ['M/D/YYYY', iso, 20240513],
    ['MM/DD/YYYY', 'DD/MM/YYYY', '12/11/2024'],
    ['YYYYMMDD', iso, '20230229'],
    ['YYYY-MM-DD[T]HH:mm', iso, '2024-05-06T10:00'],
    ['h:mm A', 'HH:mm', '13:05 PM'],
    ['h:mm A', 'HH:mm', '0:05 AM'],
    ['H:mm', 'HH:mm', '24:00'],
    ['#,###.#', 'number', '1234'],
    ['#,###.#', 'number', '12,34'],
    ['#,###.#', 'number', '0,123,456'],
    ['#,###.#', 'number', '9,007,199,254,740,993'],
  ])('%s → %s: %j', (from, to, value) => {
    expect(edited(from, to, value)).toBeUndefined()
  })

  it('a list of which one element is ambiguous', () => {
    const options = { path: '/l/*', from: 'M/D/YYYY', to: iso }
    expect(editedInput(reformatValue, options, { l: ['5/13/2024', '5/6/2024'] })).toBeUndefined()
    expect(editedInput(reformatValue, options, { l: ['5/13/2024', '2024-05-06'] })).toEqual({
      l: ['2024-05-13', '2024-05-06'],
    })
  })

  it('an approved call', () => {
    const call = callOf({ a: '5/13/2024' }, { approved: true })
    expect(propose(reformatValue, { path: '/a', from: 'M/D/YYYY', to: iso }, call)).toBeUndefined()
  })
})

describe('reformat-value', () => {
  it.each([
    ['M/D/YYYY', 'YYYY-MM-DD HH:mm'],
    ['D', 'D D'],
    ['h:mm', 'HH:mm'],
    ['hello', iso],
    ['YYYY-MM-DDTHH', iso],
    ['#,###.#', iso],
  ])('refuses %s → %s', (from, to) => {
    expect(() => reformatValue.compile({ path: '/a', from, to })).toThrow()
  })

  it('is form where it has one reading, value where it was proven', () => {
    expect(reformatValue.riskFor?.({ path: '/a', from: 'M/D/YYYY', to: iso })).toBe('form')
    expect(reformatValue.riskFor?.({ path: '/a', from: 'M/D/YYYY', to: iso, proven: true })).toBe('value')
  })

  it('keeps the day, and leaves its own output alone', () => {
    const formats = [
      'M/D/YYYY',
      'D/M/YYYY',
      'MM-DD-YYYY',
      'DD.MM.YYYY',
      'MMMM D, YYYY',
      'D MMM YYYY',
      'YYYYMMDD',
      iso,
    ]
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(
        fc.constantFrom(...formats),
        fc.constantFrom(...formats),
        days,
        fc.boolean(),
        (from, to, day, proven) => {
          const written = day.toISOString().slice(0, 10)
          const text = (edited(iso, from, written, true) ?? written) as string
          const there = edited(from, to, text, proven)
          if (there === undefined) return
          expect(edited(from, to, there, proven)).toBeUndefined()
          const back = edited(to, iso, there, true)
          if (back !== undefined) expect(back).toBe(written)
        },
      ),
    )
  })
})
