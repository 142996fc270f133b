import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Line, readLines } from './lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'lifeharness-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function linesOf(content: string, limit?: number): Promise<Line[]> {
  const file = join(folder, 'lines.txt')
  writeFileSync(file, content)
  const lines: Line[] = []
  for await (const line of readLines(file, limit)) lines.push(line)
  return lines
}

describe('readLines', () => {
  it.each<[string, string, string[]]>([
    ['an empty file', '', []],
    ['a last line without an end', 'a\nb', ['a', 'b']],
    ['a last line with an end', 'a\nb\n', ['a', 'b']],
    ['empty lines', '\n\na\n', ['', '', 'a']],
    ['CR LF', 'a\r\nb\r\n', ['a', 'b']],
    ['a byte order mark', '\ufeff{}\n{}', ['{}', '{}']],
    ['line separators inside a line', '"a\u2028b\u2029c\u0085d"\ne', ['"a\u2028b\u2029c\u0085d"', 'e']],
  ])('%s', async (_, content, expected) => {
    const lines = await linesOf(content)
    expect(lines.map(({ text }) => text)).toEqual(expected)
    expect(lines.map(({ line }) => line)).toEqual(expected.map((_, index) => index + 1))
  })

  it('keeps characters whole that lie across two chunks', async () => {
    const long = `${'x'.repeat((1 << 18) - 2)}😀${'ü'.repeat(1 << 18)}`
    expect((await linesOf(`${long}\n😀`)).map(({ text }) => text)).toEqual([long, '😀'])
  })

  it('reads a line of 10 MB', async () => {
    const [first, second] = await linesOf(`${'é'.repeat(5_000_000)}\nend`)
    expect(first?.text?.length).toBe(5_000_000)
    expect(second?.text).toBe('end')
  })

  it('passes over a line beyond the limit and goes on with the next', async () => {
    expect(await linesOf(`${'x'.repeat(600_000)}\nok`, 500_000)).toEqual([
      { line: 1 },
      { line: 2, text: 'ok' },
    ])
  })
})
