import { describe, expect, it } from 'vitest'
import { namesAnotherUnit, statedUnit } from './units.ts'

const stated = (unit: string, name: string, description = '') =>
  statedUnit(unit, name, { type: 'number', description })

describe('stated-unit matches', () => {
  it.each([
    ['km', 'distance_km', ''],
    ['kilometers', 'distance', 'The distance in km.'],
    ['KM', 'distance', 'The distance in kilometres.'],
    ['minutes', 'timeout', 'Timeout in minutes'],
    ['secs', 'timespan', 'in seconds. At most 730 days and 12 hours.'],
    ['$', 'price', 'The price in US dollars'],
    ['USD', 'budget', 'in USD'],
    ['°C', 'temperature', 'in degrees Celsius'],
    ['C', 'temperature', 'in celsius'],
    ['%', 'rate', 'The rate in percent'],
    ['passengers', 'num_passengers', ''],
    ['rooms', 'roomCount', 'Number of rooms'],
  ])('%s of %s: %s', (unit, name, description) => {
    expect(stated(unit, name, description)).toEqual([unit])
  })
})

describe('stated-unit does not match', () => {
  it.each([
    ['km', 'distance', 'The distance.'],
    ['km', 'distance', 'in miles'],
    ['minutes', 'timeout', 'in seconds'],
    ['minutes', 'timeout', 'in seconds or minutes'],
    ['hours', 'timeout', 'In minutes; up to 24 hours'],
    ['%', 'rate', 'The percentage, between 0 and 1'],
    ['%', 'rate', 'percent as a decimal'],
    ['million', 'amount', 'at most one million'],
    ['M', 'distance', 'in meters'],
    ['k', 'temperature', 'in Kelvin'],
    ['min', 'min_price', 'the min price'],
    ['adults', 'num_rooms', ''],
    ['or', 'count', 'one or more'],
  ])('%s of %s: %s', (unit, name, description) => {
    expect(stated(unit, name, description)).toBeUndefined()
  })
})

describe('another unit', () => {
  it.each([
    ['miles', 'distance_km', '', true],
    ['minutes', 'timeout', 'in seconds', true],
    ['€', 'price', 'The price in US dollars', true],
    ['km', 'distance_km', '', false],
    ['km', 'distance', 'The distance.', false],
    ['km', 'duration', 'in minutes', false],
    ['minutes', 'time', 'in minutes, or seconds', false],
    ['boxes', 'count', 'in kilograms', false],
  ])('%s of %s (%s): %s', (unit, name, description, is) => {
    expect(namesAnotherUnit(unit, name, { type: 'number', description })).toBe(is)
  })
})
