import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { readerOf, stepsOf } from './format.test.support.ts'
import { tauFormat } from './tau.ts'

const read = readerOf(tauFormat)

describe('tau-bench', () => {
  it('reads runs of the first one', () => {
    const asked = { id: 'c1', type: 'function', function: { name: 'find_user', arguments: '{"name":"Ada"}' } }
    const traj: Json[] = [
      { role: 'assistant', content: null, tool_calls: [asked] },
      { role: 'tool', tool_call_id: 'c1', content: 'Error: user not found' },
    ]
    const { trajectories } = read({ task_id: 3, trial: 0, reward: 0, traj })
    expect(trajectories[0]?.success).toBe(false)
    expect(stepsOf(trajectories[0])).toEqual([
      ['find_user', { name: 'Ada' }, 'error', 'Error: user not found'],
    ])
  })

  it('reads simulations of the second one, where the user has tools too', () => {
    const messages: Json[] = [
      {
        role: 'user',
        content: '',
        tool_calls: [{ id: 'a', name: 'restart', arguments: {}, requestor: 'user' }],
      },
      { role: 'tool', id: 'a', content: 'Error lamp is off', requestor: 'user', error: false },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'b', name: 'get_line', arguments: { id: 'L7' } }],
      },
      { role: 'tool', id: 'b', content: 'Error: no line L7', requestor: 'assistant', error: true },
    ]
    const info = { agent_info: { llm: 'gpt-5' } }
    const { trajectories, faults } = read({
      info,
      simulations: [{ id: 's1', reward_info: { reward: 1 }, messages }],
    })
    expect(faults).toEqual([])
    expect(trajectories.map(({ id, family, success }) => [id, family, success])).toEqual([
      ['s1', 'gpt-5', true],
      ['s1/user', 'unknown:tau2-bench', true],
    ])
    expect(trajectories.flatMap(stepsOf)).toEqual([
      ['get_line', { id: 'L7' }, 'error', 'Error: no line L7'],
      ['restart', {}, 'ok', undefined],
    ])
  })

  it('is no format of other objects', () => {
    expect(tauFormat.detects({ traj: 'x' })).toBe(false)
    expect(tauFormat.detects({ simulations: [1] })).toBe(false)
  })
})
