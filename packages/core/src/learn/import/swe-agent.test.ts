import { describe, expect, it } from 'vitest'
import { readerOf, stepsOf } from './format.test.support.ts'
import { sweAgentFormat } from './swe-agent.ts'

const read = readerOf(sweAgentFormat)

describe('swe-agent', () => {
  it('reads actions and observations', () => {
    const { trajectories } = read({
      info: { config: { model: { model_name: 'gpt-5' } } },
      trajectory: [
        { action: 'open a.py\n', observation: '[File: a.py]' },
        { action: 'python a.py', observation: 'Traceback (most recent call last):\nKeyError: 1' },
        { action: '', observation: 'nothing was done' },
      ],
    })
    expect(trajectories[0]?.family).toBe('gpt-5')
    expect(stepsOf(trajectories[0]).map(([name, input, outcome]) => [name, input, outcome])).toEqual([
      ['bash', { command: 'open a.py' }, 'ok'],
      ['bash', { command: 'python a.py' }, 'error'],
    ])
  })

  it('reads commands in fences and their return codes', () => {
    const messages = [
      { role: 'user', content: 'mend it' },
      { role: 'assistant', content: 'I look.\n\n```bash\nls src\n```' },
      { role: 'user', content: '<returncode>2</returncode>\n<output>\nls: no such entry\n</output>' },
      { role: 'assistant', content: 'I am done.' },
    ]
    expect(stepsOf(read({ messages }).trajectories[0])).toEqual([
      ['bash', { command: 'ls src' }, 'error', 'ls: no such entry'],
    ])
  })

  it('is no format of messages without return codes, nor of other trajectories', () => {
    expect(sweAgentFormat.detects({ messages: [{ role: 'user', content: 'x' }] })).toBe(false)
    expect(sweAgentFormat.detects({ trajectory: [{ role: 'user' }] })).toBe(false)
  })
})
