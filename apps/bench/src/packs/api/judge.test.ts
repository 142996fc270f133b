import { expect, it } from 'vitest'
import type { Failure } from './failure.ts'
import { judgeFailure, judgeUnmatched } from './judge.ts'
import type { Called, Ran } from './run-calls.ts'

const CALL: Called = ['list_bookings', { date: 'x' }]
const MEANT: Called = ['list_bookings', { date: 'y' }]
const failure: Failure = { mechanism: 'm', half: 'tune', call: CALL, meant: MEANT }
const ran = (more: Partial<Ran> = {}): Ran => ({
  ...{ failed: true, answer: 'no', told: '', executed: [CALL], applied: [], state: 's', ...more },
})
const right = ran({ failed: false, answer: 'yes', executed: [MEANT] })

/** Answers as it would without the layer, with it, and to the right call. */
function runner(off: Ran, on: Ran, meant: Ran = right) {
  return {
    run: async ({ call }: { call: Called }, layered: boolean) =>
      layered ? on : call === MEANT ? meant : off,
    ...{ faults: [], close: async () => {} },
  }
}

it.each<[string, Failure, Ran, Ran, string]>([
  ['ends as the right call does', failure, ran(), right, 'repaired'],
  ['ends otherwise', failure, ran(), { ...right, answer: 'other' }, 'wrong'],
  ['leaves another venue', failure, ran(), { ...right, state: 'other' }, 'wrong'],
  ['fails as before', failure, ran(), ran(), 'left'],
  ['fails, and another venue is left', failure, ran(), ran({ state: 'other' }), 'wrong'],
  ['fails, and something unexpected is told', failure, ran(), ran({ told: 'x' }), 'wrong'],
  ['is told what it must be', { ...failure, says: /wait/ }, ran(), ran({ told: 'wait' }), 'explained'],
  ['did not fail', failure, ran({ failed: false }), right, 'not provoked'],
])('what %s', async (_, one, off, on, outcome) => {
  expect((await judgeFailure(runner(off, on), one)).outcome).toBe(outcome)
})

it('an edit in vain, where none is possible, is wrong', async () => {
  const { meant: _, ...hopeless } = failure
  const verdict = await judgeFailure(runner(ran(), ran({ executed: [MEANT] })), hopeless)
  expect(verdict.outcome).toBe('wrong')
})

it.each<[string, Ran, boolean]>([
  ['is as it was', ran(), true],
  ['was edited', ran({ executed: [MEANT] }), false],
  ['ran twice', ran({ executed: [CALL, CALL] }), false],
  ['ended otherwise', ran({ answer: 'other' }), false],
  ['was talked about', ran({ told: 'x' }), false],
  ['has no more pages and is said to', ran({ told: 'There is more' }), false],
])('a call that %s', async (_, on, stayed) => {
  expect((await judgeUnmatched(runner(ran(), on), { call: CALL })) === undefined).toBe(stayed)
})
