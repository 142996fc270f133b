import type { RunResult, ToolCall } from '@lifeharness/core'
import { describe, expect, it } from 'vitest'
import { isWritable, paramsFor, toldResult } from './act.ts'

const emitted: ToolCall = {
  id: '1',
  tool: { origin: 'shop', name: 'add' },
  ...{ turn: 0, index: 0, attempt: 1, approved: false, input: { a: 1 } },
}

function told(value: object, outcome: Partial<RunResult>): unknown {
  const result = { outcome: 'ok' as const, value, view: () => null, ms: 1 }
  const nothing = { result, thrown: false, executed: emitted, notes: [], applied: [] }
  return toldResult(value, emitted, { ...nothing, ...outcome }, (error) => {
    throw error
  })
}

const block = (text: string) => ({ type: 'text', text })
const structured = { content: [block('{"sum":2}')], structuredContent: { sum: 2 } }
const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' }

describe('an edited view', () => {
  it.each<[string, object, RunResult['edited'], object]>([
    ['adds to a text', { content: [block('no')] }, 'no\nhint', { content: [block('no\nhint')] }],
    [
      'takes the place of a text',
      { content: [block('a'), image] },
      undefined,
      { content: [block('a'), image] },
    ],
    ['takes the place of texts', { content: [block('a'), block('b')] }, 'c', { content: [block('c')] }],
    [
      'stands beside structured content',
      structured,
      { sum: 2, advice: 'hint' },
      { ...structured, content: [block('{"sum":2}'), block('hint')] },
    ],
    [
      'of an error adds to its text',
      { ...structured, isError: true },
      '{"sum":2}\nx',
      {
        ...structured,
        isError: true,
        content: [block('{"sum":2}\nx')],
      },
    ],
  ])('%s', (_, value, edited, expected) => {
    expect(told(value, edited === undefined ? {} : { edited })).toEqual(expected)
  })

  it.each<[string, object, RunResult['edited'] & {}, boolean]>([
    ['a text', { content: [block('a')] }, 'b', true],
    ['an addition to structured content', structured, { sum: 2, advice: 'x' }, true],
    ['a change of structured content', structured, { sum: 3 }, false],
    ['less of structured content', structured, {}, false],
    ['a number beside structured content', structured, { sum: 2, n: 1 }, false],
    ['a text instead of structured content', structured, 'x', false],
    ['parts instead of parts', { content: [block('a'), image] }, [], false],
    ['anything in place of a task', { task: {} }, 'x', false],
  ])('%s can be written: %#', (_, value, edited, writable) => {
    expect(isWritable(value, edited)).toBe(writable)
  })
})

describe('a report', () => {
  const applied = [
    { intervention: 'i', version: 2, arm: 'applied', action: 'replace-call', dead: true },
    { intervention: 'j', version: 1, arm: 'shadow', action: 'retry', dead: false },
  ] as const

  it('stands in `_meta` beside what the server wrote there, and names only what acted', () => {
    const executed = { ...emitted, input: { a: 2 } }
    expect(told({ content: [], _meta: { own: 1 } }, { applied, executed })).toEqual({
      content: [],
      _meta: {
        own: 1,
        'lifeharness/report': {
          interventions: [{ id: 'i', version: 2, action: 'replace-call' }],
          executed: { name: 'add', arguments: { a: 2 } },
        },
      },
    })
  })

  it('is not made of what is still to be answered', () => {
    const value = { resultType: 'input_required' }
    const result = { outcome: 'interrupted' as const, value, view: () => null, ms: 1 }
    expect(told(value, { applied, result, notes: ['x'] })).toBe(value)
  })
})

describe('parameters', () => {
  const params = { name: 'add', arguments: { a: 1 }, _meta: { progressToken: 7, trace: 'x' }, task: {} }
  it('are the host’s own where nothing was changed', () => {
    expect(paramsFor(params, emitted, { ...emitted, attempt: 2 })).toBe(params)
  })
  it('keep what the client wrote beside the arguments', () => {
    expect(paramsFor(params, emitted, { ...emitted, input: { a: 2 } })).toEqual({
      ...params,
      arguments: { a: 2 },
    })
  })
  it('of an inserted call report no progress', () => {
    const inserted = { ...emitted, id: '1-look', tool: { origin: 'shop', name: 'look' }, input: {} }
    expect(paramsFor(params, emitted, inserted)).toMatchObject({ name: 'look', _meta: { trace: 'x' } })
    expect(paramsFor(params, emitted, inserted)._meta).not.toHaveProperty('progressToken')
  })
})
