import type { Readable, Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** A JSON-RPC message, or anything else that came in a line of its own. */
export type Message = {
  id?: string | number
  method?: string
  params?: Record<string, unknown>
  result?: Record<string, unknown>
  error?: { code: number; message: string; data?: unknown }
}

/** One direction of MCP over stdio: JSON texts between line feeds. */
export type Line = { text: string; message: Message | undefined }

/**
 * Calls back with each line. The text is kept as it came: what is passed on unread must not be written anew, since
 * numbers and the order of members do not survive that.
 */
export function readLines(stream: Readable, onLine: (line: Line) => void): void {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  stream.on('data', (chunk: Buffer) => {
    const [first = '', ...rest] = decoder.write(chunk).split('\n')
    parts.push(first)
    for (const next of rest) {
      const text = parts.join('')
      parts = [next]
      if (text.trim() !== '') onLine({ text, message: parse(text) })
    }
  })
}

/** Batches (arrays) and what is no JSON are passed on unread. */
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

export function writeLine(stream: Writable, line: string | object): void {
  if (stream.writable) stream.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
}
