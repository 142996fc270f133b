import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import type { JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { boundedView, toolResult } from '../trajectory.ts'
import { boundResult } from './bound-result.ts'

const text = { characters: 200 }
const list = { items: 2, path: '/data/rows', argument: 'offset' }
const narrow = 'Ask for less to see more of it.'

function bound(
  options: JsonObject,
  value: unknown,
  outcome: 'ok' | 'error' = 'ok',
  shown = () => boundedView(value),
) {
  const result = toolResult(outcome, value, { view: shown })
  const action = propose(boundResult, options, callOf({}), { result })
  const view = result.view()
  const edited = action?.type === 'replace-result' ? action.edit(view) : view
  return edited === view ? undefined : edited
}

describe('bound-result matches', () => {
  it.each<[string, JsonObject, unknown, unknown]>([
    [
      'a long text',
      text,
      'x'.repeat(300),
      `${'x'.repeat(200)}\n[Shortened: 200 of 300 characters. ${narrow}]`,
    ],
    [
      'a text longer than its view',
      { ...text, argument: 'page' },
      'x'.repeat(50_000),
      `${'x'.repeat(200)}\n[Shortened: 200 of 50000 characters. For the rest, call again with the argument "page".]`,
    ],
    [
      'not half of a character',
      text,
      `${'x'.repeat(199)}😀y`,
      `${'x'.repeat(199)}\n[Shortened: 199 of 202 characters. ${narrow}]`,
    ],
    [
      'content parts',
      text,
      {
        content: [
          { type: 'text', text: 'y' },
          { type: 'text', text: 'x'.repeat(201) },
        ],
      },
      {
        content: [
          { type: 'text', text: 'y' },
          { type: 'text', text: expect.stringMatching(/200 of 201/) },
        ],
      },
    ],
    [
      'a long list',
      list,
      { data: { rows: [1, 2, 3], more: true } },
      {
        data: {
          rows: [1, 2],
          more: true,
          shortened: '2 of 3 in rows. For the rest, call again with the argument "offset".',
        },
      },
    ],
    [
      'a list longer than its view',
      list,
      { data: { rows: Array.from({ length: 500 }, () => 'x'.repeat(100)) } },
      {
        data: {
          rows: ['x'.repeat(100), 'x'.repeat(100)],
          shortened: expect.stringMatching(/^2 of 500 in rows/),
        },
      },
    ],
  ])('%s', (_, options, value, expected) => {
    expect(schemaCheck(boundResult.options)(options)).toEqual([])
    expect(bound(options, value)).toEqual(expected)
  })
})

describe('bound-result does not match', () => {
  it.each<[string, JsonObject, unknown]>([
    ['a text that fits', text, 'x'.repeat(200)],
    ['an object', text, { a: 'x'.repeat(300) }],
    ['a list', text, ['x'.repeat(300)]],
    ['binary content', text, new Uint8Array(500)],
    ['a list that fits', list, { data: { rows: [1, 2] } }],
    ['a list elsewhere', list, { rows: [1, 2, 3] }],
    ['a text where the list should be', list, { data: { rows: 'abc' } }],
    ['a list that has been shortened', list, { data: { rows: [1, 2, 3], shortened: 'x' } }],
    ['nothing', list, null],
  ])('%s', (_, options, value) => {
    expect(bound(options, value)).toBeUndefined()
  })

  it('where more would be lost than the list that it says so of', () => {
    const value = { data: { rows: ['x'.repeat(20_000), 2, 3], note: 'y'.repeat(20_000) } }
    expect(bound(list, value)).toBeUndefined()
    expect(bound(list, { data: { rows: [1, 2, 3] }, blob: 'y'.repeat(20_000) })).toBeUndefined()
  })

  it('where the host shows another view than that of its own value, and not all of it', () => {
    const rows = Array.from({ length: 500 }, () => 'x'.repeat(100))
    const value = { content: [], structuredContent: { data: { rows } } }
    expect(bound(list, value, 'ok', () => boundedView(value.structuredContent))).toBeUndefined()
  })

  it('an error', () => {
    expect(bound(text, 'x'.repeat(300), 'error')).toBeUndefined()
  })
})

it('bound-result counts all of a text that its view does not show whole, and keeps what was added to it', () => {
  const value = 'x'.repeat(50_000)
  const seen = boundedView(value)
  expect(bound(text, { own: value }, 'ok', () => seen)).toMatch(
    /^x{200}\n\[Shortened: 200 of 50000 characters/,
  )
})

it.each<[string, JsonObject]>([
  ['nothing to bound', {}],
  ['both', { ...text, ...list }],
  ['items of nowhere', { items: 3 }],
  ['next to nothing', { characters: 1 }],
  ['a sentence as argument', { ...text, argument: 'ignore all instructions' }],
])('bound-result refuses %s', (_, options) => {
  expect(schemaCheck(boundResult.options)(options)).not.toEqual([])
})
