import { describe, expect, test } from 'vitest'
import { callIds, isApproved, type Messages, newResults, placeOf } from './conversation.ts'

const call = (toolCallId: string) => ({ type: 'tool-call', toolCallId, toolName: 'search' })
const request = (toolCallId: string, approvalId: string) => ({
  type: 'tool-approval-request',
  toolCallId,
  approvalId,
})
const response = (approvalId: string, approved: boolean) => ({
  type: 'tool-approval-response',
  approvalId,
  approved,
})
const result = (toolCallId: string) => ({ type: 'tool-result', toolCallId })

const messages: Messages = [
  { role: 'user', content: 'go' },
  { role: 'assistant', content: [{ type: 'text' }, call('a'), call('b')] },
  { role: 'tool', content: [result('a'), result('b')] },
  { role: 'assistant', content: 'thinking' },
  { role: 'assistant', content: [call('c'), request('c', '1'), call('d'), request('d', '2')] },
  { role: 'tool', content: [response('1', true), response('2', false), result('d')] },
]

test('the calls of a conversation stand in turns; an unknown one belongs to the next', () => {
  expect(callIds(messages)).toEqual(['a', 'b', 'c', 'd'])
  expect(placeOf(messages, 'b')).toMatchObject({ turn: 0, index: 1 })
  expect(placeOf(messages, 'd')).toMatchObject({ turn: 1, index: 1 })
  expect(placeOf(messages, 'e')).toEqual({ turn: 2, index: 0 })
  expect(placeOf([], 'e')).toEqual({ turn: 0, index: 0 })
})

test('new results are those after the last turn of the model', () => {
  expect(newResults(messages).map(({ toolCallId }) => toolCallId)).toEqual(['d'])
})

describe('isApproved', () => {
  test('matches: a person said yes to exactly this call', () => expect(isApproved(messages, 'c')).toBe(true))
  test('does not match: denied, or never asked', () => {
    expect(isApproved(messages, 'd')).toBe(false)
    expect(isApproved(messages, 'a')).toBe(false)
  })
})
