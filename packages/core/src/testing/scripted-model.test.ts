import { expect, test } from 'vitest'
import { followScript, inputText, type ScriptedMessage, scriptedModel } from './scripted-model.ts'

test('a scripted model emits its turns in order, then a text, whatever the tools answer', () => {
  const first = { id: 'call-1', name: 'search', input: { query: 'a' } }
  const second = { id: 'call-2', name: 'search', rawInput: '{"query": ' }
  const model = scriptedModel(followScript([[first], [second]]))
  const conversation: ScriptedMessage[] = [{ role: 'user', text: 'go' }]
  expect(model.next([...conversation])).toEqual({ type: 'calls', calls: [first] })
  conversation.push({ role: 'assistant', turn: { type: 'calls', calls: [first] } })
  conversation.push({ role: 'tool', callId: 'call-1', name: 'search', text: 'no', isError: true })
  expect(model.next([...conversation])).toEqual({ type: 'calls', calls: [second] })
  conversation.push({ role: 'assistant', turn: { type: 'calls', calls: [second] } })
  expect(model.next([...conversation])).toEqual({ type: 'text', text: 'done' })
  expect(model.seen.map((messages) => messages.length)).toEqual([1, 3, 4])
})

test('argument text is the JSON of the input, or the raw text as it is', () => {
  expect(inputText({ id: 'a', name: 't', input: { n: 1 } })).toBe('{"n":1}')
  expect(inputText({ id: 'a', name: 't', rawInput: '{"n": 1,' })).toBe('{"n": 1,')
  expect(inputText({ id: 'a', name: 't' })).toBe('{}')
})
