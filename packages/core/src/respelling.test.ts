import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonSpelling, isSpelled, type Respelling, respelled } from './respelling.ts'

const snake: Respelling = { case: 'lower', mark: '_', first: ['L'], rest: ['L', 'DL'] }

describe('respelling', () => {
  it.each([
    ['order_Anna', 'order_anna'],
    ['Order Anna', 'order_anna'],
    ['orderStatus', 'order_status'],
    ['order-status', 'order_status'],
    ['gym 3x', 'gym_3x'],
    ['ORDER', 'order'],
  ])('writes %j as %j', (name, expected) => expect(respelled(name, snake)).toBe(expected))

  it.each([
    'order_anna',
    'q1_report',
    'anna’s_order',
    "anna's_order",
    'a/b',
    '',
    '_x',
    'a__b',
    'x 12',
    'é_ü 1',
  ])('leaves %j alone', (name) => expect(respelled(name, snake)).toBeUndefined())

  it('is learnt from names', () => {
    expect(commonSpelling(['a_b', 'c', 'd_2x'])).toEqual({
      case: 'lower',
      mark: '_',
      first: ['L'],
      rest: ['DL', 'L'],
    })
    expect(commonSpelling(['A-B', 'C'])).toEqual({ case: 'upper', mark: '-', first: ['U'], rest: ['U'] })
    for (const names of [[], ['a_b', 'A'], ['a_b', 'a-b'], ['a b'], ['a/b']])
      expect(commonSpelling(names)).toBeUndefined()
  })

  it('leaves what it wrote alone, and writes what is spelled so', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _.-]{0,12}$/), (name) => {
        const made = respelled(name, snake)
        if (made === undefined) return true
        return isSpelled(made, snake) && respelled(made, snake) === undefined
      }),
    )
  })
})
