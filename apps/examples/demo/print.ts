import { styleText } from 'node:util'
import type { Estimate } from './statistics.ts'

/** Plain printing for a terminal of 110 columns. */
const WIDTH = 110
const INDENT = '  '

export function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}`)
}

/** A paragraph, wrapped and indented. */
export function say(text: string): void {
  for (const line of wrapped(text, WIDTH - INDENT.length)) console.log(INDENT + line)
}

export type Column = { title: string; width: number; right?: boolean }

/** A table; cells that are too long are wrapped inside their column. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  tableRows(columns, [columns.map(({ title }) => title)])
  console.log(styleText('dim', `${INDENT}${columns.map(({ width }) => '─'.repeat(width)).join('  ')}`))
  tableRows(columns, rows)
}

/** Rows alone, for a table that grows while the demo runs. */
export function tableRows(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  for (const cells of rows) {
    const texts = columns.map(({ width }, index) => wrapped(cells[index] ?? '', width))
    const height = Math.max(...texts.map(({ length }) => length))
    for (let at = 0; at < height; at++) {
      const parts = columns.map(({ width, right }, index) => {
        const text = texts[index]?.[at] ?? ''
        return right ? text.padStart(width) : text.padEnd(width)
      })
      console.log((INDENT + parts.join('  ')).trimEnd())
    }
  }
}

export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    let rest = word
    while (rest.length > width) {
      if (line) lines.push(line)
      lines.push(rest.slice(0, width))
      line = ''
      rest = rest.slice(width)
    }
    if (line && line.length + 1 + rest.length > width) {
      lines.push(line)
      line = rest
    } else line = line ? `${line} ${rest}` : rest
  }
  return [...lines, line]
}

export function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)}\u00a0%`
}

/** `61.2 [58.0, 64.1]` */
export function interval({ mean, low, high }: Estimate, digits = 1, signed = false): string {
  const write = (value: number) => (signed && value > 0 ? '+' : '') + value.toFixed(digits)
  return `${write(mean)} [${write(low)}, ${write(high)}]`
}
