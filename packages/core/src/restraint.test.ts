import { describe, expect, it } from 'vitest'
import { restraint } from './restraint.ts'

const tool = { origin: 'local', name: 't' }

describe('restraint', () => {
  it('counts for the episode, and anew for escalation after a success of the tool', () => {
    const own = restraint()
    own.acted('a', tool)
    own.acted('a', tool)
    expect([own.applications('a'), own.escalation('a')]).toEqual([2, 2])
    own.succeeded({ ...tool, origin: 'far' })
    expect(own.escalation('a')).toBe(2)
    own.succeeded(tool)
    own.acted('a', tool)
    expect([own.applications('a'), own.escalation('a')]).toEqual([3, 1])
    expect(own.applications('b')).toBe(0)
  })

  it('lets one recovery in a turn', () => {
    const own = restraint()
    expect(own.mayRecover('a', 0)).toBe(true)
    own.recovers('a', 0)
    expect([own.mayRecover('a', 0), own.mayRecover('b', 0), own.mayRecover('b', 1)]).toEqual([
      true,
      false,
      true,
    ])
    own.recovers('b', 0)
    expect(own.mayRecover('a', 0)).toBe(true)
  })

  it('takes a recovery for active until a call succeeds', () => {
    const own = restraint()
    expect(own.recovering()).toBe(false)
    own.recovers('a', 0)
    own.acted('a', tool)
    expect(own.recovering()).toBe(true)
    own.succeeded(tool)
    expect(own.recovering()).toBe(false)
    expect(own.mayRecover('b', 0)).toBe(false)
  })
})

it('what took no effect does not count', () => {
  const own = restraint()
  own.uncount('a')
  own.acted('a', tool)
  own.acted('a', tool)
  own.uncount('a')
  expect([own.applications('a'), own.escalation('a')]).toEqual([1, 1])
})
