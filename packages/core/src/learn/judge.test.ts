import { describe, expect, it } from 'vitest'
import { builtinClassifiers } from '../classifiers/index.ts'
import type { ToolStep } from '../trajectory.ts'
import { toolResult } from '../trajectory.ts'
import { episodeJudge } from './judge.ts'
import { contract, episode, failed, ok } from './recording.test.support.ts'

const judge = episodeJudge({
  classifiers: builtinClassifiers,
  config: { tools: { probe: { expected: () => true } } },
})

describe('episodeJudge', () => {
  it('judges each step by the contract of its episode', () => {
    const schema = { type: 'object', properties: { seats: { type: 'integer' } }, required: ['seats'] }
    const calls = [failed({ seats: 'two' }, 'refused'), ok({ seats: 2 })]
    const known = judge(episode('a', calls, { contracts: [contract(schema)] }))
    expect(known.map(({ failure, failed, succeeded }) => [failure?.dead, failed, succeeded])).toEqual([
      [true, true, false],
      [undefined, false, true],
    ])
    expect(known[0]?.failure?.category).toMatch(/^contract\./)
    expect(judge(episode('b', calls))[0]?.failure?.dead).toBe(false)
  })

  it('takes neither an expected negative nor an interruption for failure or success', () => {
    const trajectory = episode('c', [failed({ url: '/x' }, '404 Not Found', { tool: 'probe' }), ok({})])
    ;(trajectory.steps[1] as ToolStep).result = toolResult('interrupted', null)
    for (const { failed, succeeded } of judge(trajectory)) expect([failed, succeeded]).toEqual([false, false])
  })

  it('sees repetition within an episode only', () => {
    const loop = Array.from({ length: 5 }, () => ok({ id: 1 }, { result: 'same' }))
    expect(judge(episode('d', loop)).at(-1)?.failure?.category).toBe('traj.repeat')
    expect(judge(episode('e', loop.slice(0, 1)))[0]?.failure).toBeUndefined()
  })
})
