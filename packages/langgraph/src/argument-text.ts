import type { AIMessage } from '@langchain/core/messages'
import type { HostCall } from './observe.ts'

type Chunk = { id?: string; args?: string; isCustomTool?: boolean }
type OpenAICall = { id?: string; function?: { arguments?: unknown } }

/**
 * The argument text of a call as it came: in the chunks of a fresh message, later only where a model of OpenAI's kind
 * keeps it. Tools that take free text write none.
 */
export function argumentText(message: AIMessage, { id }: Pick<HostCall, 'id'>): string | undefined {
  if (id === undefined) return undefined
  const { tool_call_chunks = [] } = message as { tool_call_chunks?: Chunk[] }
  const chunks = tool_call_chunks.filter((chunk) => chunk.id === id)
  if (chunks.length > 0)
    return chunks.some(({ isCustomTool }) => isCustomTool)
      ? undefined
      : chunks.map(({ args }) => args ?? '').join('')
  const { tool_calls: kept } = message.additional_kwargs as { tool_calls?: OpenAICall[] }
  const text = Array.isArray(kept) ? kept.find((call) => call?.id === id)?.function?.arguments : undefined
  return typeof text === 'string' ? text : undefined
}

/** The argument text of a call when it is no JSON. */
export function brokenText(message: AIMessage, call: Pick<HostCall, 'id'>): string | undefined {
  const text = argumentText(message, call)
  if (text === undefined || (text === '' && !isCutShort(message))) return undefined
  try {
    JSON.parse(text)
    return undefined
  } catch {
    return text
  }
}

/** The provider stopped the message at its limit. */
export function isCutShort(message: AIMessage): boolean {
  return CUT_SHORT.has(String(finishReasonOf(message)).toLowerCase())
}

const CUT_SHORT: ReadonlySet<string> = new Set(['length', 'max_tokens', 'model_length'])

export function finishReasonOf({ response_metadata }: AIMessage): unknown {
  const { finish_reason, stop_reason, finishReason } = response_metadata as Record<string, unknown>
  return finish_reason ?? stop_reason ?? finishReason
}

/**
 * A streamed text that LangChain completes by itself, and then executes half an argument: it ends inside a text, an
 * object or a list. (Raw line breaks, which LangChain reads as well, complete nothing.)
 */
export function isOpenEnded(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (quoted && char === '\\') at++
    else if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
  }
  return quoted || depth > 0 || text === ''
}

/**
 * Whether a call of a message that the layer did not see fresh was cut off. Where its text is not kept, the last call of
 * a message that its provider stopped is taken for one.
 */
export function isCutOff(message: AIMessage, { id }: HostCall): boolean {
  if (argumentText(message, { id }) === undefined)
    return isCutShort(message) && message.tool_calls?.at(-1)?.id === id && !message.invalid_tool_calls?.length
  const raw = brokenText(message, { id })
  return raw !== undefined && isOpenEnded(raw)
}
