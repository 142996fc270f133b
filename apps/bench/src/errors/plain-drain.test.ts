import { describe, expect, it } from 'vitest'
import { plainDrain } from './plain-drain.ts'

function groupsOf(...messages: string[]): number[] {
  const drain = plainDrain()
  return messages.map((message) => drain.add(message))
}

describe('plainDrain', () => {
  it('puts similar messages of one length together', () => {
    expect(groupsOf('user was not found: ada', 'user was not found: bob', 'user was not found')).toEqual([
      0, 0, 1,
    ])
  })

  it('takes tokens with digits for variable, others in front for fixed', () => {
    expect(groupsOf('order 12 is lost', 'order 13 is lost', 'ada broke it', 'bob broke it')).toEqual([
      0, 0, 1, 2,
    ])
  })

  it('keeps apart what has less than 0.4 in common', () => {
    expect(groupsOf('a b c d e', 'a b x y z', 'a b c y z')).toEqual([0, 0, 0])
    expect(groupsOf('a b c d e f', 'a b x y z w')).toEqual([0, 1])
  })
})
