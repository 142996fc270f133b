import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { statedFormat, writtenFormats } from './stated-format.ts'

const text = (description: string, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  description,
  ...more,
})

describe('stated-format matches', () => {
  it.each<[string, JsonObject]>([
    ['YYYY-MM-DD', text('The date in YYYY-MM-DD format.')],
    ['YYYY-MM-DD', text('日期，格式为 "yyyy-MM-dd"。')],
    ['YYYY-MM-DD', text("such as '2024-05-13', in the format 'YYYY-MM-DD'")],
    ['YYYY-MM-DD', { type: 'string', format: 'date' }],
    ['MM/DD/YYYY', text('Date of birth (MM/DD/YYYY)')],
    ['DD-MM-YYYY', text('in the format DD-MM-YYYY')],
    ['HH:mm', text('The time, in 24-hour HH:MM format')],
    ['HH:mm:ss', text('HH:MM:SS')],
  ])('%s in %j', (format, schema) => {
    expect(statedFormat(schema)).toBe(format)
  })
})

describe('stated-format does not match', () => {
  it.each<[string, JsonObject | undefined]>([
    ['no schema', undefined],
    ['no format', text('The date.')],
    ['two formats', text('YYYY-MM-DD or MM/DD/YYYY')],
    ['a range', text('YYYY-MM-DD to YYYY-MM-DD')],
    ['a date with a time', text('YYYY-MM-DD HH:MM:SS')],
    ['a timestamp', text('YYYY-MM-DDTHH:MM:SSZ')],
    ['a month', text('YYYY-MM')],
    ['a format and a date in another', text('YYYY-MM-DD, e.g. 05/13/2024')],
    ['half days', text('HH:MM AM or PM')],
    ['a list', text('YYYY-MM-DD', { enum: ['2024-05-13'] })],
    ['another format', text('YYYY-MM-DD', { format: 'date-time' })],
    ['no text', { type: 'integer', description: 'YYYYMMDD' }],
  ])('%s', (_, schema) => {
    expect(statedFormat(schema)).toBeUndefined()
  })
})

it.each([
  ['05/13/2024', 'YYYY-MM-DD', true],
  ['May 6, 2024', 'YYYY-MM-DD', true],
  ['11:00 PM', 'HH:mm', true],
  ['2024-05-13', 'YYYY-MM-DD', false],
  ['2024-05-13', 'MM/DD/YYYY', false],
  ['23:00', 'HH:mm', false],
  ['tomorrow', 'YYYY-MM-DD', false],
  ['09:30', 'HH:mm:ss', false],
])('%s can be written as %s: %s', (value, wanted, expected) => {
  expect(writtenFormats(value, wanted).length > 0).toBe(expected)
})
