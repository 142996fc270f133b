import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TerminalCase } from './terminal/collect.ts'

type Row = {
  kind?: unknown
  command?: unknown
  output?: unknown
  expected?: unknown
  exitCode?: unknown
  family?: unknown
}

const KINDS = ['fix', 'broken', 'untouched'] as const

/**
 * The cases of all `*.jsonl` in a folder: `{ kind: fix | broken | untouched, command, output, expected?, exitCode? }`,
 * `expected` a text or a list of them.
 * @throws where a line is no such case.
 */
export function readCases(folder: string): TerminalCase[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  return files.sort().flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [caseOf(line, `${file}:${index + 1}`, file)])),
  )
}

function caseOf(line: string, place: string, file: string): TerminalCase {
  const { kind, command, output = '', expected, exitCode, family = file } = JSON.parse(line) as Row
  const known = KINDS.find((name) => name === kind)
  if (!known || typeof command !== 'string' || typeof output !== 'string' || typeof family !== 'string')
    throw new Error(`${place}: a kind (${KINDS.join(', ')}), a command and an output are needed`)
  const accepted = (Array.isArray(expected) ? expected : [expected]).filter(
    (text) => typeof text === 'string',
  )
  if (known === 'fix' && accepted.length === 0) throw new Error(`${place}: a fix says what is expected`)
  return {
    ...{ kind: known, command, output, family, heldOut: false, expected: accepted },
    ...(typeof exitCode === 'number' ? { exitCode } : {}),
  }
}
