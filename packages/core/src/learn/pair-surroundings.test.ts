import { expect, it } from 'vitest'
import { builtinClassifiers } from '../classifiers/index.ts'
import { episodeJudge } from './judge.ts'
import { newlyCalled, sourcesOf } from './pair-surroundings.ts'
import { findPairs, type StepPair } from './pairs.ts'
import { episode, failed, ok, type Written } from './recording.test.support.ts'

function found(calls: readonly Written[]) {
  const judged = episodeJudge({ classifiers: builtinClassifiers })(episode('e', calls))
  return { judged, pair: findPairs(judged)[0] as StepPair }
}

const list = ok({ all: true }, { tool: 'list' })
const login = (user: string) => ok({ user }, { tool: 'login', result: { token: 'tk-8841' } })
const order = failed({ order_id: 'W7239184' }, 'no token')
const withToken = ok({ order_id: 'W7239184', token: 'tk-8841' })

it('names the tools that succeeded in between for the first time, with their last arguments', () => {
  const { judged, pair } = found([
    list,
    order,
    login('ann'),
    list,
    failed({}, 'down', { tool: 'search' }),
    login('bob'),
    withToken,
  ])
  expect(newlyCalled(judged, pair)).toEqual([
    { tool: { origin: 'local', name: 'login' }, input: { user: 'bob' } },
  ])
})

it('names where an added member had stood', () => {
  const { judged, pair } = found([login('ann'), order, withToken])
  expect(newlyCalled(judged, pair)).toEqual([])
  expect(sourcesOf(judged, pair)).toMatchObject({
    sources: [{ path: '/token', from: 'result', at: '/token' }],
  })
})

it('names none where nothing was added', () => {
  const { judged, pair } = found([login('ann'), order, ok({ order_id: '#W7239184' })])
  expect(sourcesOf(judged, pair)).toEqual({})
})
