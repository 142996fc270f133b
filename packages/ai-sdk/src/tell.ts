import type { Json } from '@lifeharness/core'
import type { Addition } from './memory.ts'
import type { PromptOutput } from './observe.ts'

/** A result with lines added that the model shall read, in the host's form of it. */
export function tellInOutput(output: PromptOutput, additions: readonly Addition[]): PromptOutput {
  if (additions.length === 0) return output
  const { type, value } = output
  const replaced = additions.findLast(({ replaces }) => replaces)?.text
  const texts = additions.flatMap(({ text, replaces }) => (replaces ? [] : text))
  switch (type) {
    case 'text':
    case 'error-text':
      return { ...output, value: [replaced ?? value, ...texts].join('\n') }
    case 'error-json':
      return {
        ...output,
        type: 'error-text',
        value: [replaced ?? JSON.stringify(value), ...texts].join('\n'),
      }
    case 'content':
      return { ...output, value: [...(value as unknown[]), ...texts.map(textPart)] }
    case 'json':
      return {
        ...output,
        type: 'content',
        value: [replaced ?? JSON.stringify(value), ...texts].map(textPart),
      }
    default:
      return output
  }
}

/**
 * A result with what was done to its call, for the developer: under `providerOptions.lifeharness`, which no provider reads.
 * Content has that in its parts only, and is left as it is where it has no text.
 */
export function reportInOutput(output: PromptOutput, lifeharness: Json): PromptOutput {
  const withReport = <Own extends { type: string; providerOptions?: object }>(own: Own): Own => ({
    ...own,
    providerOptions: { ...own.providerOptions, lifeharness },
  })
  if (output.type !== 'content') return withReport(output)
  const parts = output.value as { type: string; providerOptions?: object }[]
  const last = parts.findLastIndex(({ type }) => type === 'text')
  return last < 0 ? output : { ...output, value: parts.with(last, withReport(parts[last]!)) }
}

export function textPart(text: string): { type: 'text'; text: string } {
  return { type: 'text', text }
}

type PromptMessage = { role: string; content: string | readonly { type: string }[] }

/** The key under which additions to a user message are remembered. */
export function userAnchor(episode: string, messageIndex: number): string {
  return `${episode}/${messageIndex}`
}

/** A prompt with all additions at their places. The same prompt comes back when there are none. */
export function tellInPrompt<Message extends PromptMessage>(
  prompt: readonly Message[],
  episode: string,
  additions: ReadonlyMap<string, readonly Addition[]>,
): Message[] {
  let changed = false
  const told = prompt.map((message, index): Message => {
    if (typeof message.content === 'string') return message
    if (message.role === 'user') {
      const own = additions.get(userAnchor(episode, index))
      if (!own) return message
      changed = true
      return { ...message, content: [...message.content, ...own.map(({ text }) => textPart(text))] }
    }
    if (message.role !== 'tool') return message
    const content = message.content.map((part) => {
      const { toolCallId, output } = part as { toolCallId?: string; output?: PromptOutput }
      const own = toolCallId === undefined ? undefined : additions.get(toolCallId)
      if (!own || !output) return part
      changed = true
      return { ...part, output: tellInOutput(output, own) }
    })
    return { ...message, content }
  })
  return changed ? told : (prompt as Message[])
}

/** Where a new text goes: the newest tool result, or the last user message when that is newer. */
export function newestAnchor(prompt: readonly PromptMessage[], episode: string): string | undefined {
  const index = prompt.findLastIndex(({ role }) => role === 'user' || role === 'tool')
  const message = prompt[index]
  if (message?.role === 'user') return userAnchor(episode, index)
  if (!message || typeof message.content === 'string') return undefined
  const result = message.content.findLast(({ type }) => type === 'tool-result')
  return (result as { toolCallId?: string } | undefined)?.toolCallId
}
