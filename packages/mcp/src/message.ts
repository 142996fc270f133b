/** A JSON-RPC message, or anything else that came where one was due. */
export type Message = {
  id?: Id
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { code: number; message: string; data?: unknown }
}

export type Id = string | number

export type Request = Message & { id: Id; method: string }

/**
 * One message as it came. What is passed on unread is passed on as this text: numbers and the order of members would not
 * survive writing it anew. `message` is undefined for batches and for what is no JSON.
 */
export type Line = {
  text: string
  message: Message | undefined
  /** What a client over HTTP sent with it and a server over HTTP may want. */
  headers?: Record<string, string>
}

export function lineOf(message: object): Line {
  return { text: JSON.stringify(message), message: message as Message }
}

export function readLine(text: string): Line {
  return { text, message: parse(text) }
}

function parse(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Message)
      : undefined
  } catch {
    return undefined
  }
}

export function isRequest(message: Message | undefined): message is Request {
  return message?.id !== undefined && typeof message.method === 'string'
}

/** The id that a result or an error answers. */
export function answeredId(message: Message | undefined): Id | undefined {
  return message?.method === undefined ? message?.id : undefined
}

/** What a request is answered with that nobody else answers. */
export function errorFor(id: Id, error: unknown): Line {
  const { message } = error instanceof Error ? error : { message: String(error) }
  return lineOf({ jsonrpc: '2.0', id, error: { code: -32000, message } })
}

/** Members of `_meta` by which a revision without `initialize` (2026-07-28) says in each message who speaks. */
const VERSION = 'io.modelcontextprotocol/protocolVersion'
const CLIENT = 'io.modelcontextprotocol/clientInfo'
const SERVER = 'io.modelcontextprotocol/serverInfo'

/** The revision that a message names for itself; only those of a revision without sessions do. */
export function ownVersion({ params }: Message): string | undefined {
  const version = meta(params)[VERSION]
  return typeof version === 'string' ? version : undefined
}

export function clientName({ method, params }: Message): string | undefined {
  return nameOf(method === 'initialize' ? params?.clientInfo : meta(params)[CLIENT])
}

export function serverName({ result }: Message): string | undefined {
  return nameOf(result?.serverInfo) ?? nameOf(meta(result)[SERVER])
}

function meta(holder: Record<string, unknown> | undefined): Record<string, unknown> {
  const { _meta } = holder ?? {}
  return typeof _meta === 'object' && _meta !== null ? (_meta as Record<string, unknown>) : {}
}

function nameOf(implementation: unknown): string | undefined {
  const { name } = (implementation ?? {}) as { name?: unknown }
  return typeof name === 'string' ? name : undefined
}
