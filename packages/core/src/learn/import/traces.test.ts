import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { readerOf, stepsOf } from './format.test.support.ts'
import { tracesFormat } from './traces.ts'

const read = readerOf(tracesFormat)

const smith = (id: string, second: number, more: { [key: string]: Json }): Json => ({
  ...{ id, trace_id: 't1', run_type: 'tool', name: 'book' },
  ...{ start_time: `2026-01-02T03:04:0${second}Z`, end_time: `2026-01-02T03:04:0${second + 1}Z` },
  ...more,
})
const fuse = (id: string, more: { [key: string]: Json }): Json => ({
  ...{ id, traceId: 't2', type: 'TOOL', name: 'book', startTime: '2026-01-02T03:04:05Z' },
  ...more,
})

describe('traces', () => {
  it('reads runs of LangSmith in the order in which they began', () => {
    const model = { run_type: 'llm', name: 'chat', extra: { metadata: { ls_model_name: 'gpt-5' } } }
    const { trajectories, faults } = read(
      smith('r3', 3, {
        inputs: { input: "{'seat': '9Z', 'window': True}" },
        outputs: null,
        error: 'no such seat',
      }),
      smith('r2', 2, { inputs: { seat: '9A' }, outputs: { output: 'booked' }, error: null }),
      smith('r1', 1, model),
      smith('r4', 4, {
        inputs: { input: '1A' },
        outputs: { output: { content: 'booked', tool_call_id: 'c' } },
      }),
    )
    expect(faults).toEqual([])
    expect(trajectories.map(({ id, family }) => [id, family])).toEqual([['t1', 'gpt-5']])
    expect(stepsOf(trajectories[0])).toEqual([
      ['book', { seat: '9A' }, 'ok', undefined],
      ['book', { seat: '9Z', window: true }, 'error', 'no such seat'],
      ['book', { input: '1A' }, 'ok', undefined],
    ])
    expect(trajectories[0]?.steps.at(-1)).toMatchObject({ result: { ms: 1000, value: 'booked' } })
  })

  it('reads observations of Langfuse, and goes by their level', () => {
    const { trajectories } = read(
      fuse('o1', { input: { seat: '9A' }, output: 'booked', level: 'DEFAULT' }),
      fuse('o2', { input: { seat: '9Z' }, level: 'ERROR', statusMessage: 'no such seat' }),
    )
    expect(stepsOf(trajectories[0])).toEqual([
      ['book', { seat: '9A' }, 'ok', undefined],
      ['book', { seat: '9Z' }, 'error', 'no such seat'],
    ])
  })

  it('keeps traces apart, and makes no episode of those without a tool', () => {
    const { trajectories } = read(
      smith('r1', 1, { inputs: {}, outputs: {} }),
      smith('r2', 2, { trace_id: 't9', inputs: {}, outputs: {} }),
      smith('r3', 3, { trace_id: 't8', run_type: 'chain', name: 'graph' }),
    )
    expect(trajectories.map(({ id }) => id)).toEqual(['t1', 't9'])
  })

  it('is no format of other records', () => {
    expect(tracesFormat.detects({ id: 'a', name: 'b', type: 'TOOL' })).toBe(false)
    expect(tracesFormat.detects({ id: 'a', run_type: 'tool', trace_id: 't' })).toBe(false)
  })
})
