import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readLines } from './lines.ts'
import type { Line } from './message.ts'

describe('lines', () => {
  it.each<[string, (string | Uint8Array)[], string[]]>([
    ['parts', ['{"a"', ':1}\n{"b":2}', '\n'], ['{"a":1}', '{"b":2}']],
    ['half characters', [Buffer.from('"ü"\n').subarray(0, 2), Buffer.from('"ü"\n').subarray(2)], ['"ü"']],
    ['separators of Unicode inside a text', ['"\u2028"\n'], ['"\u2028"']],
    ['what is no JSON', ['hello\r\n', '\n', '[1]\n'], ['hello\r', '[1]']],
  ])('are read from %s', async (_, chunks, expected) => {
    const stream = new PassThrough()
    const read: Line[] = []
    readLines(stream, (line) => read.push(line))
    for (const chunk of chunks) stream.write(chunk)
    stream.end()
    await new Promise((resolve) => stream.once('end', resolve))
    expect(read.map(({ text }) => text)).toEqual(expected)
  })
})
