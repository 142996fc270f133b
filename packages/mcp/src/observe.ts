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
  _meta?: JsonObject
}

/** A result of `tools/call`. */
export type CallResult = {
  content?: Block[]
  structuredContent?: Json
  isError?: boolean
  _meta?: Record<string, unknown>
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

/** JSON-RPC's own codes for a request that is refused: of no use to a client, but of some to a model. */
const REFUSED = { from: -32_603, to: -32_600 }
/** The server wants the user to open an address first: the client's affair. */
const OPEN_URL = -32_042

/** Reads what a server answered. JSON-RPC errors are thrown. */
export function codecFor(
  signal: AbortSignal | undefined,
  writes: (value: unknown, edited: Json) => boolean,
): HostCodec {
  return {
    writes,
    isControlFlow: (thrown) => codeOf(thrown) === OPEN_URL,
    tells: isRefusal,
    read(value) {
      const { isError, resultType, task } = (value ?? {}) as Record<string, unknown>
      // The server asks back, or will answer later: neither a success nor a failure. SDK 1 turns an abort into an error.
      const asksBack = resultType === 'input_required' || (task !== undefined && !isCallResult(value))
      if (asksBack || signal?.aborted) return { outcome: 'interrupted' }
      if (!isCallResult(value)) return { outcome: 'ok' }
      const view = () => viewOf(value)
      return isError === true
        ? { outcome: 'error', error: toolError(textOf(value)), view }
        : { outcome: 'ok', view }
    },
  }
}

/** An error that can be answered as a result which says the same and more; all others leave as they came. */
export function isRefusal(thrown: unknown): boolean {
  const code = codeOf(thrown)
  return code !== undefined && code >= REFUSED.from && code <= REFUSED.to
}

function codeOf(thrown: unknown): number | undefined {
  const { code } = (thrown ?? {}) as { code?: unknown }
  return typeof code === 'number' ? code : undefined
}

/** All text of a result. */
function textOf({ content = [] }: CallResult): string {
  return content.flatMap((block) => (block.type === 'text' ? [String(block.text)] : [])).join('\n')
}

const RPC_TEXT = /^MCP error (-?\d+): /

/** SDK 1 flattens its own errors into text; the code is taken out of it again, the message stays as the model reads it. */
function toolError(text: string): ErrorFacts {
  const code = RPC_TEXT.exec(text)?.[1]
  return { message: text || 'unknown error', ...(code === undefined ? {} : { code: Number(code) }) }
}

/** Of an error its text; else structured content where there is some, else the text; of other blocks type and size. */
export function viewOf(result: CallResult & { content: Block[] }): Json {
  if (result.isError === true) return boundedView(toolError(textOf(result)).message)
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
