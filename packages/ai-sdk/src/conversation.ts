import type { Part, Prompt } from './host.ts'

/**
 * What the host's messages say of calls. Structural on purpose: the prompt of a model call and the `messages` of a
 * tool's execution differ in type, not in these members.
 */
export type Messages = Prompt

function partsOf(messages: Messages, role: string): readonly (readonly Part[])[] {
  return messages.flatMap(({ role: own, content }) =>
    own === role && typeof content !== 'string' ? [content] : [],
  )
}

/** The calls of each model turn that made any, oldest first. */
function turnsOf(messages: Messages): Part[][] {
  const turns = partsOf(messages, 'assistant').map((parts) =>
    parts.filter(({ type }) => type === 'tool-call'),
  )
  return turns.filter((calls) => calls.length > 0)
}

/** The ids of all calls of a conversation, oldest first. */
export function callIds(messages: Messages): string[] {
  return turnsOf(messages).flatMap((calls) => calls.flatMap(({ toolCallId }) => toolCallId ?? []))
}

/** Where a call stands; one that the messages do not hold belongs to the turn after them. */
export function placeOf(messages: Messages, callId: string): { turn: number; index: number; call?: Part } {
  const turns = turnsOf(messages)
  for (const [turn, calls] of turns.entries()) {
    const index = calls.findIndex(({ toolCallId }) => toolCallId === callId)
    if (index >= 0) return { turn, index, call: calls[index]! }
  }
  return { turn: turns.length, index: 0 }
}

/** A person approved exactly this call, and the host executes it now. */
export function isApproved(messages: Messages, callId: string): boolean {
  const requests = partsOf(messages, 'assistant')
    .flat()
    .filter(({ type }) => type === 'tool-approval-request')
  const own = new Set(
    requests.filter(({ toolCallId }) => toolCallId === callId).map(({ approvalId }) => approvalId),
  )
  return partsOf(messages, 'tool')
    .flat()
    .some(
      ({ type, approvalId, approved }) =>
        type === 'tool-approval-response' && approved && own.has(approvalId),
    )
}

/** The results that the model has not answered yet: what stands after its last turn. */
export function newResults(messages: Messages): Part[] {
  const last = messages.findLastIndex(({ role }) => role === 'assistant')
  return partsOf(messages.slice(last + 1), 'tool')
    .flat()
    .filter(({ type }) => type === 'tool-result')
}

/** The newest text that the model was asked with. */
export function requestIn(messages: Messages): string | undefined {
  const asked = messages.findLast(({ role }) => role === 'user')?.content
  if (asked === undefined || typeof asked === 'string') return asked
  return asked.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : [])).join('\n')
}
