import { describe, expect, it } from 'vitest'
import { WEIGHED_CATEGORIES, weigh } from './word-weights.ts'
import { wordsOf } from './wording.ts'

const weighed = (message: string) => weigh(wordsOf(message), undefined)

describe('weigh', () => {
  it.each([
    ['state.not_found', "The record 'x' could not be found"],
    ['auth.denied', 'You do not have permission to access this resource'],
    ['contract.missing_param', "The required argument 'name' is missing"],
    ['state.conflict', "A branch named 'main' already exists"],
    ['exec.dependency', "unknown option '--colour'"],
    ['exec.unavailable', 'connection refused by the server'],
  ])('%s: %s', (category, message) => {
    expect(weighed(message)).toBe(category)
  })

  it.each(['', 'ok', 'plikt nie istnieje w katalogu', 'ファイルが見つかりません', 'qwertz uiop asdf'])(
    'and says nothing of %j',
    (message) => {
      expect(weighed(message)).toBeUndefined()
    },
  )

  it('leaves alone what it does not know, and what a message shows in any language', () => {
    const words = wordsOf('permission denied')
    expect(weigh(words, { category: 'traj.cycle', stage: 'phrase' })).toBe('traj.cycle')
    expect(weigh(words, { category: 'state.conflict', stage: 'shown' })).toBe('state.conflict')
    expect(weigh([], { category: 'state.conflict', stage: 'weak' })).toBe('state.conflict')
  })

  it('trusts a head more than a weak form', () => {
    const words = wordsOf("The record 'x' could not be found")
    expect(weigh(words, { category: 'state.precondition', stage: 'weak' })).toBe('state.not_found')
  })

  it('knows every category once', () => {
    expect(WEIGHED_CATEGORIES.length).toBeGreaterThan(15)
    expect(new Set(WEIGHED_CATEGORIES).size).toBe(WEIGHED_CATEGORIES.length)
  })
})
