import { describe, expect, it } from 'vitest'
import { editedInput } from '../contexts.test.support.ts'
import type { Json } from '../json.ts'
import { joinElements } from './join-elements.ts'

const options = { path: '/names', mark: '|' }

describe('join-elements matches', () => {
  it.each<[Json, Json]>([
    [
      { names: ['A', 'B C'], n: 1 },
      { names: 'A|B C', n: 1 },
    ],
    [{ names: [1, 2] }, { names: '1|2' }],
  ])('%j → %j', (input, expected) => expect(editedInput(joinElements, options, input)).toEqual(expected))
})

describe('join-elements does not match', () => {
  it.each<Json>([
    { names: 'A|B' },
    { names: [] },
    { names: ['A|B', 'C'] },
    { names: [['A']] },
    { names: null },
    {},
  ])('%j', (input) => expect(editedInput(joinElements, options, input)).toBeUndefined())

  it('a list that the contract allows', () => {
    for (const type of ['array', ['array', 'string']]) {
      const schema = { type: 'object', properties: { names: { type } } }
      expect(editedInput(joinElements, options, { names: ['A', 'B'] }, schema)).toBeUndefined()
    }
  })
})
