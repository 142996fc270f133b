import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { judge } from './judge.ts'
import { readCases } from './read-cases.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cases-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('judges what it reads: right, wrong, and left alone', () => {
  const output = 'bash: gti: command not found'
  const rows = [
    { kind: 'fix', command: 'gti status', output, expected: 'git status' },
    { kind: 'fix', command: 'gti status', output, expected: ['git log'] },
    { kind: 'untouched', command: 'cat log', output },
    { kind: 'broken', command: 'frobnicate', output: 'bash: frobnicate: command not found' },
  ]
  writeFileSync(join(folder, 'a.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
  const judged = judge(readCases(folder), { approved: true })
  expect(judged.map(({ suggestion, explained }) => [suggestion, explained])).toEqual([
    ['git status', false],
    ['git status', false],
    [undefined, false],
    [undefined, true],
  ])
})

it.each([
  { kind: 'mend', command: 'a', output: '' },
  { kind: 'fix', command: 'a', output: '' },
  { kind: 'broken' },
])('refuses %j', (row) => {
  writeFileSync(join(folder, 'a.jsonl'), JSON.stringify(row))
  expect(() => readCases(folder)).toThrow('a.jsonl:1')
})
