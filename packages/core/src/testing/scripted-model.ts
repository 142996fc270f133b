import type { Json } from '../json.ts'

/** A call that a scripted model emits. Either `input` (a JSON value) or `rawInput` (text as it is, valid or not). */
export type ScriptedCall = { id: string; name: string; input?: Json; rawInput?: string }

/** What a scripted model says in one turn: calls (`length`: it was cut off in the last one), or a text, which ends the run. */
export type ScriptedTurn =
  | { type: 'calls'; calls: readonly ScriptedCall[]; finishReason?: 'length' }
  | { type: 'text'; text: string }

/** The conversation so far, in the words no framework owns; each adapter's fake translates its own prompt into it. */
export type ScriptedMessage =
  | { role: 'user'; text: string }
  | { role: 'assistant'; turn: ScriptedTurn }
  /** `text` is what the model is shown: the text, or the JSON text of a structured result. */
  | { role: 'tool'; callId: string; name: string; text: string; isError: boolean }

/** A model as a pure function of the conversation: the same conversation gives the same turn, in any process. */
export type ScriptedPolicy = (conversation: readonly ScriptedMessage[]) => ScriptedTurn

export type ScriptedModel = {
  next(conversation: readonly ScriptedMessage[]): ScriptedTurn
  /** The conversations it was shown, oldest first. */
  readonly seen: readonly (readonly ScriptedMessage[])[]
}

/** A model without a network: answers by a policy and keeps what it was shown. */
export function scriptedModel(policy: ScriptedPolicy): ScriptedModel {
  const seen: (readonly ScriptedMessage[])[] = []
  return {
    seen,
    next(conversation) {
      seen.push(conversation)
      return policy(conversation)
    },
  }
}

/** The policy that emits prepared turns one after the other, whatever the tools answer, then `done`. */
export function followScript(turns: readonly (readonly ScriptedCall[] | ScriptedTurn)[]): ScriptedPolicy {
  return (conversation) => {
    const turn = turns[conversation.filter(({ role }) => role === 'assistant').length]
    if (!turn) return { type: 'text', text: 'done' }
    return 'type' in turn ? turn : { type: 'calls', calls: turn }
  }
}

/** The calls of a turn, for hosts without a model. */
export function callsOf(turn: readonly ScriptedCall[] | ScriptedTurn): readonly ScriptedCall[] {
  if (!('type' in turn)) return turn
  return turn.type === 'calls' ? turn.calls : []
}

/** What a scripted model writes into the argument text of a call. */
export function inputText({ input, rawInput }: ScriptedCall): string {
  return rawInput ?? JSON.stringify(input ?? {})
}
