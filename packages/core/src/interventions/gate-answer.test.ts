import { describe, expect, it } from 'vitest'
import { callOf, failedStep, okStep, propose } from '../contexts.test.support.ts'
import type { ResultContext } from '../intervention.ts'
import { schemaCheck } from '../schema.ts'
import { gateAnswer } from './gate-answer.ts'

const options = { needs: 'run_tests' }
const run = callOf({}, { tool: { origin: 'local', name: 'run_tests' } })
const contracts = [{ tool: callOf({}).tool }, { tool: run.tool }]
const edited = okStep('edited')
const tested = okStep('passed', run)

function held(more: Partial<ResultContext>) {
  const action = propose(gateAnswer, options, callOf(undefined), { contracts, ...more })
  return action?.type === 'add-context' ? action.text : undefined
}

describe('gate-answer matches', () => {
  it.each([
    ['what was never done', [edited]],
    ['what failed', [edited, failedStep('1 failed', run)]],
    ['what was done before the last use', [edited, tested, edited]],
  ])('%s', (_, history) => {
    expect(held({ history })).toBe('Before you finish, call "run_tests".')
    expect(schemaCheck(gateAnswer.options)(options)).toEqual([])
  })
})

describe('gate-answer does not match', () => {
  it.each<[string, Partial<ResultContext>]>([
    ['a tool that was not used', { history: [] }],
    ['a use that failed', { history: [failedStep('no')] }],
    ['what was done since', { history: [edited, tested] }],
    ['what was done since, and another thing', { history: [edited, tested, failedStep('no')] }],
    ['a use that is no longer remembered', { history: [], forgot: true, hasSucceeded: () => true }],
    ['what the model cannot do', { history: [edited], contracts: contracts.slice(0, 1) }],
    ['tools that nobody knows', { history: [edited], contracts: [] }],
  ])('%s', (_, more) => {
    expect(held(more)).toBeUndefined()
  })

  it('more often than it may', () => {
    expect(gateAnswer.cap?.(options)).toBe(1)
    expect(gateAnswer.cap?.({ ...options, max: 2 })).toBe(2)
  })
})
