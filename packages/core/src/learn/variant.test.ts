import { describe, expect, it } from 'vitest'
import { contract } from './recording.test.support.ts'
import { variantKey } from './variant.ts'

const base = {
  type: 'object',
  properties: { title: { type: 'string', description: 'A title.' } },
  required: ['title'],
}

describe('variantKey', () => {
  it('matches contracts that say the same in other words', () => {
    const other = {
      ...base,
      description: 'Books.',
      properties: { title: { description: 'Its name.', type: 'string' } },
    }
    expect(variantKey(contract(other))).toBe(variantKey(contract(base)))
  })

  it.each([
    ['another type', { ...base, properties: { title: { type: 'integer' } } }],
    ['another name', { ...base, properties: { description: { type: 'string' } } }],
    ['nothing required', { ...base, required: [] }],
  ])('does not match %s', (_, other) =>
    expect(variantKey(contract(other))).not.toBe(variantKey(contract(base))),
  )

  it('does not match a known contract with an unknown one', () => {
    expect(variantKey(undefined)).toBe('none')
    expect(variantKey(contract(base))).not.toBe('none')
  })
})
