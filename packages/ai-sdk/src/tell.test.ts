import { describe, expect, test } from 'vitest'
import type { Addition } from './memory.ts'
import { newestAnchor, tellInOutput, tellInPrompt } from './tell.ts'

const user = { role: 'user', content: [{ type: 'text', text: 'go' }] }
const assistant = { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'call-1' }] }
const result = (toolCallId: string) => ({
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId, output: { type: 'text', value: 'found' } }],
})

describe('tellInOutput', () => {
  const line = [{ text: 'note' }]
  const matches: [string, Parameters<typeof tellInOutput>[0], unknown][] = [
    ['a text', { type: 'text', value: 'a' }, { type: 'text', value: 'a\nnote' }],
    ['an error text', { type: 'error-text', value: 'a' }, { type: 'error-text', value: 'a\nnote' }],
    [
      'an error object',
      { type: 'error-json', value: { a: 1 } },
      { type: 'error-text', value: '{"a":1}\nnote' },
    ],
    [
      'JSON',
      { type: 'json', value: { a: 1 } },
      {
        type: 'content',
        value: [
          { type: 'text', text: '{"a":1}' },
          { type: 'text', text: 'note' },
        ],
      },
    ],
    [
      'content',
      { type: 'content', value: [{ type: 'file' }] },
      { type: 'content', value: [{ type: 'file' }, { type: 'text', text: 'note' }] },
    ],
  ]
  test.each(matches)('%s matches', (_, output, told) => {
    expect(tellInOutput(output, line)).toEqual(told)
  })

  test('a denial, and a result without additions, do not match: the same object comes back', () => {
    const denied = { type: 'execution-denied', reason: 'no' }
    expect(tellInOutput(denied, line)).toBe(denied)
    const text = { type: 'text', value: 'a' }
    expect(tellInOutput(text, [])).toBe(text)
  })

  test('a replacement stands in the place of the text', () => {
    const additions = [{ text: 'better', replaces: true }, { text: 'note' }]
    expect(tellInOutput({ type: 'error-text', value: 'a' }, additions)).toMatchObject({
      value: 'better\nnote',
    })
  })
})

test('a prompt without additions is the same prompt', () => {
  const prompt = [user, assistant, result('call-1')]
  expect(tellInPrompt(prompt, 'episode', new Map([['call-9', [{ text: 'note' }]]]))).toBe(prompt)
})

test('a text stays where it was first put, so that a later prompt begins with the same bytes', () => {
  const first = [user, assistant, result('call-1')]
  const additions = new Map<string, Addition[]>([[newestAnchor(first, 'episode') ?? '', [{ text: 'note' }]]])
  const told = tellInPrompt(first, 'episode', additions)
  const later = tellInPrompt([...first, assistant, result('call-2')], 'episode', additions)
  expect(told[2]).toMatchObject({ content: [{ output: { value: 'found\nnote' } }] })
  expect(JSON.stringify(later.slice(0, 3))).toBe(JSON.stringify(told))
  expect(first[2]).toEqual(result('call-1'))
})

test('a user message that is newer than any result takes the text, for its own episode only', () => {
  const prompt = [user, assistant, result('call-1'), user]
  const anchor = newestAnchor(prompt, 'episode') ?? ''
  const additions = new Map<string, Addition[]>([[anchor, [{ text: 'note' }]]])
  expect(tellInPrompt(prompt, 'episode', additions)[3]?.content.at(-1)).toEqual({
    type: 'text',
    text: 'note',
  })
  expect(tellInPrompt(prompt, 'other', additions)).toBe(prompt)
})
