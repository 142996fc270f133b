import {
  type Applied,
  boundedView,
  type ErrorFacts,
  type HostCodec,
  type Json,
  type JsonObject,
  LOCAL_ORIGIN,
  type ToolCall,
  type ToolContract,
  type ToolResult,
  toolResult,
} from '@lifeharness/core'
import type { ShownTool } from './host.ts'
import { type Memory, remember } from './memory.ts'

/** Sets of tools that are remembered; their texts are long. */
const TOOL_SETS = 64

/** The contracts of the tools of one model call; the same array as long as the tools read the same. */
export function contractsOf(memory: Memory, tools: readonly ShownTool[]): readonly ToolContract[] {
  const key = JSON.stringify(tools)
  const known = memory.contracts.get(key)
  if (known) return known
  // Tools that the provider runs are tools too: what they check is not known, but a call of one is of no unknown tool.
  const contracts = tools.map(({ name, description, inputSchema }): ToolContract => {
    const wrapped = memory.tools.get(name)
    return {
      tool: { origin: originOf(memory, name), name },
      ...(description === undefined ? {} : { description }),
      ...(inputSchema ? { inputSchema: inputSchema as JsonObject } : {}),
      ...(wrapped?.annotations ? { annotations: wrapped.annotations } : {}),
    }
  })
  return remember(memory.contracts, key, contracts, TOOL_SETS)
}

/** The interventions that acted, as the developer is shown them. */
export function actedIn(applied: readonly Applied[]): string[] {
  return [...new Set(applied.flatMap(({ arm, intervention }) => (arm === 'applied' ? [intervention] : [])))]
}

/** What a model wrote as arguments. Empty text counts as no arguments, as it does in the host. */
export function emittedInput(text: string): Pick<ToolCall, 'input' | 'rawInput'> {
  if (text.trim() === '') return { input: {} }
  try {
    return { input: JSON.parse(text) as Json }
  } catch {
    return { rawInput: text }
  }
}

/** Tools of an MCP client carry its name; every other tool is defined in the user's own code. */
export function originOf(memory: Memory, name: string): string {
  return memory.tools.get(name)?.origin ?? LOCAL_ORIGIN
}

/** A tool's result as a prompt holds it. */
export type PromptOutput = { type: string; value?: unknown; reason?: string; providerOptions?: object }

/** The host's own words for a call that it did not execute. */
const REFUSALS =
  /^(?:AI_(?:InvalidToolInput|NoSuchTool|ToolCallRepair)Error: |Invalid input for tool |Model tried to call unavailable tool )/

export function isRefusal({ type, value }: PromptOutput): boolean {
  return type === 'error-text' && typeof value === 'string' && REFUSALS.test(value)
}

/** Reads the result of a call that was refused, or executed out of our reach, from the prompt that reports it. */
export function resultInPrompt(output: PromptOutput): ToolResult {
  if (output.type === 'execution-denied') return toolResult('interrupted', output)
  if (output.type === 'error-text' || output.type === 'error-json') {
    const error = errorText(output.value)
    return toolResult('error', output.value, { error, view: () => error.message })
  }
  const read = mcpResult(output.value)
  return toolResult(read?.outcome ?? 'ok', output.value, read)
}

/** The host puts an error's name before its message. */
function errorText(value: unknown): ErrorFacts {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const [, name, message] = /^(\w*Error): ([\s\S]+)$/.exec(text) ?? []
  return name && message ? { name, message } : { message: text || 'unknown error' }
}

/** The result of a tool that the provider executed, as the model's answer holds it. */
export function providerResult({ result, isError }: { result?: unknown; isError?: boolean }): ToolResult {
  if (!isError) return toolResult('ok', result)
  const error = errorText(typeof result === 'string' ? result : boundedView(result))
  return toolResult('error', result, { error })
}

/** A call that the host left alone because the model's turn did not end as it should. */
export function refusedResult(finishReason: string): ToolResult {
  const message = `not executed: the model's turn ended with finish reason ${finishReason}`
  if (finishReason !== 'length') return toolResult('interrupted', message)
  return toolResult('error', message, { error: { message, code: finishReason } })
}

export type McpResult = { isError?: boolean; content: { type: string; text?: string }[] }

export function isMcpError(value: unknown): value is McpResult {
  const result = value as Partial<McpResult> | null
  return typeof result === 'object' && result?.isError === true && Array.isArray(result.content)
}

/** MCP clients hand a failed call on as a normal result with a mark. */
function mcpResult(value: unknown): ReturnType<NonNullable<HostCodec['read']>> {
  if (!isMcpError(value)) return undefined
  const texts = value.content.flatMap(({ type, text }) => (type === 'text' && text ? [text] : []))
  const error = { message: texts.join('\n') || 'the tool reported an error without a text' }
  return { outcome: 'error', error, view: () => error.message }
}

/** How the values of this host are read. */
export const hostCodec: HostCodec = {
  read: mcpResult,
  // Next.js ends a request this way.
  isControlFlow: (thrown) => (thrown as { name?: unknown } | null)?.name === 'ResponseAborted',
}
