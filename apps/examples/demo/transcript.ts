import type { LanguageModelV4Prompt, LanguageModelV4ToolResultOutput } from '@ai-sdk/provider'
import type { Json, JsonObject } from '@lifeharness/core'

/** A call of the scripted model as the conversation holds it. Its id says what it was for: `<episode>/<goal>/<attempt>`. */
export type PastCall = {
  goal: string
  attempt: number
  input: JsonObject
  /** Absent where the conversation holds no result. */
  result?: { ok: boolean; text: string; value?: Json }
}

export function callId(episode: string, goal: string, attempt: number): string {
  return [episode, goal, attempt].join('/')
}

/** The calls so far, oldest first, with what the model was shown of their results. */
export function pastCalls(prompt: LanguageModelV4Prompt): PastCall[] {
  const calls = new Map<string, PastCall>()
  for (const message of prompt) {
    if (message.role !== 'assistant' && message.role !== 'tool') continue
    for (const part of message.content) {
      if (part.type === 'tool-call') {
        const [goal = '', attempt = ''] = part.toolCallId.split('/').slice(-2)
        calls.set(part.toolCallId, { goal, attempt: Number(attempt), input: part.input as JsonObject })
      } else if (part.type === 'tool-result') {
        const call = calls.get(part.toolCallId)
        if (call) call.result = read(part.output)
      }
    }
  }
  return [...calls.values()]
}

/** What a model makes of a result: whether it failed, what it says, and its data. */
function read(output: LanguageModelV4ToolResultOutput): NonNullable<PastCall['result']> {
  switch (output.type) {
    case 'text':
      return { ok: true, text: output.value, value: parsed(output.value) }
    case 'json':
      return readJson(output.value as Json, '')
    case 'content': {
      const texts = output.value.flatMap((part) => (part.type === 'text' ? [part.text] : []))
      const [first = '', ...rest] = texts
      return readJson(parsed(first), rest.join('\n'))
    }
    case 'execution-denied':
      return { ok: false, text: output.reason ?? '' }
    default:
      return {
        ok: false,
        text: typeof output.value === 'string' ? output.value : JSON.stringify(output.value),
      }
  }
}

/** MCP results carry their failure inside. */
function readJson(value: Json, more: string): NonNullable<PastCall['result']> {
  const text = [JSON.stringify(value), more].join('\n')
  const failed = (value as { isError?: unknown } | null)?.isError === true
  return failed ? { ok: false, text } : { ok: true, text, value }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
