import type { Json, JsonObject } from '@lifeharness/core'
import { type Message, ownVersion } from './message.ts'

/** The member of `params` that `Mcp-Name` repeats (Streamable HTTP of 2026-07-28, "Standard Request Headers"). */
const NAMED_BY: Record<string, string> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
}

const PARAM = 'mcp-param-'

/**
 * The headers of a request over HTTP, made from what the client sent along. Since 2026-07-28 servers refuse a request
 * whose headers say something else than its body, so those that repeat the body are derived from it; of the arguments
 * only where the contract is known.
 */
export function headersFor(
  message: Message,
  sent: Record<string, string> = {},
  inputSchema?: JsonObject,
): Record<string, string> {
  const version = ownVersion(message)
  if (version === undefined || message.method === undefined || message.id === undefined) return sent
  const { method, params } = message
  const headers: Record<string, string> = { ...sent, 'mcp-protocol-version': version, 'mcp-method': method }
  const name = params?.[NAMED_BY[method] ?? '']
  if (typeof name === 'string') headers['mcp-name'] = fieldValue(name)
  if (!inputSchema) return headers
  for (const header of Object.keys(headers)) if (header.startsWith(PARAM)) delete headers[header]
  return Object.assign(headers, paramHeaders(inputSchema, params?.arguments))
}

/** The arguments that the contract wants repeated as headers (`x-mcp-header` at a property). */
function paramHeaders(schema: Json | undefined, value: unknown): Record<string, string> {
  const headers: Record<string, string> = {}
  const { properties } = (schema ?? {}) as { properties?: Record<string, JsonObject> }
  for (const [name, property] of Object.entries(properties ?? {})) {
    const argument = (value as Record<string, unknown> | null | undefined)?.[name]
    const header = property?.['x-mcp-header']
    if (typeof header === 'string' && ['string', 'number', 'boolean'].includes(typeof argument))
      headers[`${PARAM}${header.toLowerCase()}`] = fieldValue(String(argument))
    else if (typeof argument === 'object') Object.assign(headers, paramHeaders(property, argument))
  }
  return headers
}

/** What no header can hold is written in base64, as the protocol says. */
function fieldValue(text: string): string {
  const plain = /^[\t\x20-\x7e]+$/.test(text) && text === text.trim() && !/^=\?base64\?.*\?=$/.test(text)
  return plain ? text : `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`
}
