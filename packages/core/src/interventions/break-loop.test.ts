import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, propose } from '../contexts.test.support.ts'
import { breakLoop } from './break-loop.ts'

const call = callOf({ order: 1 })
const refused = failedStep('the address is unchecked', call)
const look = okStep('nothing', callOf({ look: 1 }))
const found = okStep('something', look.executed)
const shot = () => okStep(new Uint8Array(9), callOf({ shot: 1 }))
const check = okStep('checked', callOf({ check: 1 }))

describe('break-loop matches', () => {
  it.each([
    [{}, 3],
    [{}, 7],
    [{ after: 2 }, 2],
  ])('options %j after %i repetitions', (options, repeats) => {
    const action = propose(breakLoop, options, call, {
      repeats: () => repeats,
      escalation: () => 1,
      history: [refused, refused, refused],
    })
    if (action?.type !== 'respond') throw new Error('did not respond')
    expect(action.result.outcome).toBe('error')
    expect(action.result.error).toMatchObject({ code: 'REPEATED_CALL' })
    expect(action.result.view()).toContain(`${repeats} times`)
  })
})

describe('break-loop matches all the same where nothing new was done', () => {
  it.each([
    ['what succeeded since had succeeded before', [look, refused, look, refused, look, refused, look]],
    ['what was done since failed', [refused, refused, refused, failedStep('no', callOf({ check: 1 }))]],
  ])('%s', (_, history) => {
    expect(propose(breakLoop, { max: 1 }, call, { repeats: () => 3, history })?.type).toBe('respond')
  })
})

describe('break-loop grows firmer', () => {
  it.each<[number, number, string]>([
    [3, 0, 'replace-result'],
    [3, 1, 'respond'],
    [3, 2, 'stop'],
    [5, 3, 'respond'],
    [5, 4, 'stop'],
    [2, 0, 'replace-result'],
    [2, 1, 'respond'],
    [1, 0, 'respond'],
  ])('of at most %i times, after %i', (max, level, type) => {
    const more = { repeats: () => 3, escalation: () => level, history: [refused, refused, refused] }
    expect(propose(breakLoop, { max }, call, more)?.type).toBe(type)
  })

  const nothing = (at: number, text: unknown = 'Nothing happens.') => okStep(text, callOf({ at }))
  const streak = (...texts: unknown[]) => texts.map((text, at) => nothing(at, text))
  const six = Array(6).fill('Nothing happens.')

  it('different calls that say the same are told once', () => {
    expect(propose(breakLoop, {}, call, { history: streak(...six) })?.type).toBe('replace-result')
  })

  it.each<[string, unknown[]]>([
    ['five of them', six.slice(1)],
    ['another answer among them', [...six.slice(1), 'You see a door.', 'Nothing happens.']],
    ['empty lists', Array(9).fill([])],
    ['empty texts', Array(9).fill('')],
    ['long texts that begin the same', Array(9).fill('x'.repeat(20_000))],
  ])('but not %s', (_, texts) => {
    expect(propose(breakLoop, {}, call, { history: streak(...texts) })).toBeUndefined()
  })

  it('nor a second time, nor where it may only block, nor other tools', () => {
    const history = streak(...six)
    expect(propose(breakLoop, {}, call, { history, escalation: () => 1 })).toBeUndefined()
    expect(propose(breakLoop, { max: 1 }, call, { history })).toBeUndefined()
    expect(
      propose(breakLoop, {}, { ...call, tool: { origin: 'far', name: 'tool' } }, { history }),
    ).toBeUndefined()
  })
})

describe('break-loop does not match', () => {
  it.each([
    ['the second time', {}, 2, false],
    ['its own limit', { after: 5 }, 4, false],
    ['an approved call', {}, 9, true],
  ])('%s', (_, options, repeats, approved) => {
    const history = [refused, refused, refused]
    const more = { repeats: () => repeats, history }
    expect(propose(breakLoop, options, { ...call, approved }, more)).toBeUndefined()
  })

  it.each([
    ['another call has succeeded since the last time', [refused, refused, refused, check]],
    ['what succeeded before has another result now', [look, refused, refused, refused, found]],
    ['what succeeded since may differ in what is not seen', [shot(), refused, refused, refused, shot()]],
    ['the last time lies too far back to be seen', [check]],
  ])('%s', (_, history) => {
    expect(propose(breakLoop, {}, call, { repeats: () => 3, history })).toBeUndefined()
  })
})
