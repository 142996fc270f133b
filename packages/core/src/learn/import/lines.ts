import { createReadStream } from 'node:fs'

/** Largest text read as one piece, in bytes: a longer line is not read, a longer whole-file document neither. */
export const TEXT_LIMIT = 268_435_456

/** One line without its end; `text` is absent where the line is longer than the limit. */
export type Line = { line: number; text?: string }

const NEWLINE = 0x0a

/**
 * The lines of a UTF-8 file, from 1, in memory bounded by its longest line. Only line feeds (and CR LF) end a line:
 * `node:readline` also splits at U+2028 and U+2029, which may stand unescaped inside a JSON string. Throws what the
 * file system throws.
 */
export async function* readLines(file: string, limit: number = TEXT_LIMIT): AsyncGenerator<Line> {
  let line = 0
  let parts: Buffer[] = []
  let length = 0
  const take = (last: Buffer): Line => {
    line++
    const whole = length + last.length
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last])
    parts = []
    length = 0
    return whole > limit ? { line } : { line, text: decode(bytes, line === 1) }
  }
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield take(chunk.subarray(start, end))
      start = end + 1
    }
    if (start === chunk.length) continue
    const rest = chunk.subarray(start)
    length += rest.length
    if (length > limit) parts = []
    else parts.push(rest)
  }
  if (length > 0) yield take(Buffer.alloc(0))
}

function decode(bytes: Buffer, first: boolean): string {
  const text = bytes.toString('utf8')
  const start = first && text.charCodeAt(0) === 0xfeff ? 1 : 0
  return text.slice(start, text.endsWith('\r') ? -1 : undefined)
}
