import { describe, expect, it } from 'vitest'
import { textFormat } from './text-format.ts'

describe('textFormat', () => {
  it.each([
    ['YYYY-MM-DD', '2024-02-29', { year: 2024, month: 2, day: 29 }],
    ['D MMM YYYY', '6 May 2024', { year: 2024, month: 5, day: 6 }],
    ['MMMM D', 'February 29', { month: 2, day: 29 }],
    [
      'YYYY-MM-DD[T]HH:mm:ss[Z]',
      '2024-05-06T10:20:30Z',
      { year: 2024, month: 5, day: 6, hour: 10, minute: 20, second: 30 },
    ],
    ['h A', '12 AM', { hour: 0 }],
    ['hh:mm A', '01:05 PM', { hour: 13, minute: 5 }],
  ])('%s reads and writes %s', (format, text, fields) => {
    expect(textFormat(format).read(text)).toEqual(fields)
    expect(textFormat(format).write(fields)).toBe(text)
  })

  it.each([
    ['YYYY-MM-DD', '2023-02-29'],
    ['YYYY-MM-DD', '2024-13-01'],
    ['YYYY-MM-DD', '2024-1-01'],
    ['M/D/YYYY', '01/1/2024'],
    ['M/D/YYYY', '0/1/2024'],
    ['M/D/YYYY', '1/1/0024'],
    ['D.M.YYYY', '1x1x2024'],
    ['h A', '13 PM'],
    ['HH:mm', '24:00'],
    ['HH:mm', '10:60'],
    ['MMM', 'Foo'],
  ])('%s does not read %s', (format, text) => {
    expect(textFormat(format).read(text)).toBeUndefined()
  })

  it('cannot write what is not there', () => {
    expect(textFormat('YYYY-MM-DD').write({ year: 2024 })).toBeUndefined()
  })

  it.each([
    ['M/D/YYYY', true],
    ['DD-MM-YYYY', true],
    ['YYYY/MM/DD', false],
    ['D MMM YYYY', false],
    ['HH:mm', false],
  ])('%s mixes day and month: %s', (format, mixes) => {
    expect(textFormat(format).mixesDayAndMonth).toBe(mixes)
  })

  it.each(['', '---', 'yyyy', 'YYYY YYYY', 'h:mm', 'HH A', 'YYYY-MM-DDTHH', 'today'])(
    'refuses %j',
    (format) => {
      expect(() => textFormat(format)).toThrow()
    },
  )
})
