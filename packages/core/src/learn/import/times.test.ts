import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { durationOf, timeOf } from './times.ts'

describe('timeOf', () => {
  it.each<[JsonObject, number]>([
    [{ timestamp: '2025-01-01T00:00:00Z' }, 1_735_689_600_000],
    [{ created_at: 1_735_689_600 }, 1_735_689_600_000],
    [{ createdAt: 1_735_689_600_000 }, 1_735_689_600_000],
  ])('%j matches', (record, expected) => {
    expect(timeOf(record)).toBe(expected)
  })

  it.each<[JsonObject]>([[{}], [{ timestamp: 'yesterday' }], [{ at: null }], [{ time: true }]])(
    '%j does not match',
    (record) => {
      expect(timeOf(record)).toBeUndefined()
    },
  )
})

describe('durationOf', () => {
  it.each<[JsonObject, number]>([
    [{ ms: 0 }, 0],
    [{ duration_ms: 12.5 }, 12.5],
  ])('%j matches', (record, expected) => {
    expect(durationOf(record)).toBe(expected)
  })

  it.each<[JsonObject]>([[{}], [{ ms: -1 }], [{ ms: '3' }]])('%j does not match', (record) => {
    expect(durationOf(record)).toBeUndefined()
  })
})
