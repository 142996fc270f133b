import {
  boundedView,
  type ErrorFacts,
  type HostCodec,
  type Json,
  type JsonObject,
  LOCAL_ORIGIN,
  type ToolContract,
} from '@lifeharness/core'

/** A tool as a server lists it. */
export type ListedTool = {
  name: string
  description?: string
  inputSchema?: JsonObject
  outputSchema?: JsonObject
  annotations?: JsonObject
}

/** A result of `tools/call`. */
export type CallResult = {
  content?: Block[]
  structuredContent?: Json
  isError?: boolean
  [key: string]: unknown
}

type Block = { type: string; [key: string]: unknown }

/**
 * The origin of a server's tools: its own name. `local` means the user's own code, which is trusted; no server gets to
 * call itself that.
 */
export function originOf(serverName: string | undefined): string {
  if (!serverName) return 'mcp'
  return serverName === LOCAL_ORIGIN ? `mcp:${serverName}` : serverName
}

/** Annotations are kept; the configuration decides whether the origin is trusted with them. */
export function contractOf(origin: string, listed: ListedTool): ToolContract {
  const { name, description, inputSchema, outputSchema, annotations } = listed
  return {
    tool: { origin, name },
    ...(description === undefined ? {} : { description }),
    ...(inputSchema ? { inputSchema } : {}),
    ...(outputSchema ? { outputSchema } : {}),
    ...(annotations ? { annotations } : {}),
  }
}

export function isCallResult(value: unknown): value is CallResult & { content: Block[] } {
  return typeof value === 'object' && value !== null && Array.isArray((value as CallResult).content)
}

/** Reads what a server answered. JSON-RPC errors do not come here: they are thrown. */
export function codecFor(signal: AbortSignal | undefined): HostCodec {
  return {
    // A JSON-RPC error leaves as it came.
    tells: () => false,
    read(value) {
      const { isError, resultType, task } = (value ?? {}) as Record<string, unknown>
      // The server asks back, or will answer later: neither a success nor a failure. SDK 1 turns an abort into an error.
      const asksBack = resultType === 'input_required' || (task !== undefined && !isCallResult(value))
      if (asksBack || signal?.aborted) return { outcome: 'interrupted' }
      if (!isCallResult(value)) return { outcome: 'ok' }
      if (isError !== true) return { outcome: 'ok', view: () => viewOf(value) }
      const error = toolError(textOf(value))
      return { outcome: 'error', error, view: () => error.message }
    },
  }
}

/** All text of a result. */
export function textOf({ content = [] }: CallResult): string {
  return content.flatMap((block) => (block.type === 'text' ? [String(block.text)] : [])).join('\n')
}

const RPC_TEXT = /^MCP error (-?\d+): /

/** SDK 1 flattens its own errors into text; the code is taken out of it again, the message stays as the model reads it. */
function toolError(text: string): ErrorFacts {
  const code = RPC_TEXT.exec(text)?.[1]
  return { message: text || 'unknown error', ...(code === undefined ? {} : { code: Number(code) }) }
}

/** Structured content where there is some, else the text; of other blocks the media type and size. */
function viewOf(result: CallResult & { content: Block[] }): Json {
  if (result.structuredContent !== undefined) return boundedView(result.structuredContent)
  if (result.content.every(({ type }) => type === 'text')) return boundedView(textOf(result))
  return boundedView(result.content.map(blockView))
}

function blockView(block: Block): unknown {
  const holder = block.type === 'resource' ? (block.resource as Record<string, unknown> | undefined) : block
  const data = holder?.data ?? holder?.blob
  if (typeof data !== 'string') return block
  return { mediaType: String(holder?.mimeType ?? block.type), bytes: Math.floor((data.length * 3) / 4) }
}
