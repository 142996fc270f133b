import type { Readable, Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { type Line, readLine } from './message.ts'

/** Calls back with each message of one direction of MCP over stdio: JSON texts between line feeds. */
export function readLines(stream: Readable, onLine: (line: Line) => void): void {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  stream.on('data', (chunk: Buffer) => {
    const [first = '', ...rest] = decoder.write(chunk).split('\n')
    parts.push(first)
    for (const next of rest) {
      const text = parts.join('')
      parts = [next]
      if (text.trim() !== '') onLine(readLine(text))
    }
  })
}

export function writeLine(stream: Writable, { text }: Pick<Line, 'text'>): void {
  if (stream.writable) stream.write(`${text}\n`)
}
