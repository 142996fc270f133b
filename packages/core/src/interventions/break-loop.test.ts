import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import { breakLoop } from './break-loop.ts'

describe('break-loop matches', () => {
  it.each([
    [{}, 3, 0],
    [{}, 7, 2],
    [{ after: 2 }, 2, 0],
    [{ max: 5 }, 3, 4],
  ])('options %j after %i repetitions, %i blocks so far', (options, repeats, applications) => {
    const action = propose(breakLoop, options, callOf({}), {
      repeats: () => repeats,
      applications: () => applications,
    })
    if (action?.type !== 'respond') throw new Error('did not respond')
    expect(action.result.outcome).toBe('error')
    expect(action.result.error).toMatchObject({ code: 'REPEATED_CALL' })
    expect(action.result.view()).toContain(`${repeats} times`)
  })
})

describe('break-loop does not match', () => {
  it.each([
    ['the second time', {}, 2, 0, false],
    ['its own limit', { after: 5 }, 4, 0, false],
    ['the cap', {}, 9, 3, false],
    ['an approved call', {}, 9, 0, true],
  ])('%s', (_, options, repeats, applications, approved) => {
    const more = { repeats: () => repeats, applications: () => applications }
    expect(propose(breakLoop, options, callOf({}, { approved }), more)).toBeUndefined()
  })
})
