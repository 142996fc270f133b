import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { TerminalCase } from './terminal/collect.ts'

type Row = {
  kind?: unknown
  command?: unknown
  output?: unknown
  expected?: unknown
  exitCode?: unknown
  family?: unknown
}

/** The cases of a file or a folder, and the lines that are none: where they stand and why. */
export type ReadCases = { cases: TerminalCase[]; problems: string[] }

const KINDS = ['fix', 'broken', 'untouched'] as const

/**
 * The cases of a `.jsonl` file, or of all in a folder: `{ kind: fix | broken | untouched, command, output, expected?,
 * exitCode? }`, `expected` a text or a list of them. A line that is no such case is told and left out; bytes that are no
 * UTF-8 are read as signs that stand for what cannot be read.
 */
export function readCases(path: string): ReadCases {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .map((name) => join(path, name))
    : [path]
  const cases: TerminalCase[] = []
  const problems: string[] = []
  for (const file of files) {
    const name = basename(file)
    for (const [index, line] of new TextDecoder().decode(readFileSync(file)).split(/\r?\n/).entries()) {
      if (line.trim() === '') continue
      const found = caseOf(line, name)
      if (typeof found === 'string') problems.push(`${name}:${index + 1}: ${found}`)
      else cases.push(found)
    }
  }
  return { cases, problems }
}

function caseOf(line: string, file: string): TerminalCase | string {
  let row: Row | null
  try {
    row = JSON.parse(line)
  } catch (error) {
    return (error as Error).message
  }
  if (typeof row !== 'object' || row === null) return 'it is no object'
  const { kind, command, output, exitCode, family } = row
  const known = KINDS.find((name) => name === kind)
  if (!known) return `its kind is ${JSON.stringify(kind)}, and one of ${KINDS.join(', ')} is needed`
  if (typeof command !== 'string' || command.trim() === '') return 'it has no command'
  if (typeof (output ?? '') !== 'string') return 'its output is no text'
  const isCode = Number.isInteger(exitCode) && (exitCode as number) >= 0
  if (!isCode && (exitCode ?? null) !== null) return `its exitCode is ${JSON.stringify(exitCode)}`
  const expected = [row.expected ?? []].flat() as unknown[]
  if (!expected.every((text) => typeof text === 'string'))
    return 'what it expects is no text and no list of texts'
  if (known === 'fix' && expected.length === 0) return 'it is a fix and does not say what is expected'
  return {
    ...{ kind: known, command, output: (output ?? '') as string, heldOut: false },
    ...{ family: typeof family === 'string' ? family : file },
    expected: expected.map((text) => (text as string).trim()),
    ...(isCode && { exitCode: exitCode as number }),
  }
}
