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
  const judged = judge(readCases(folder).cases, { approved: true })
  expect(judged.map(({ suggestion, explained }) => [suggestion, explained])).toEqual([
    ['git status', false],
    ['git status', false],
    [undefined, false],
    [undefined, true],
  ])
})

it('reads what other programs write: a file alone, CRLF, a mark of order, empty lines, codes that are not there', () => {
  const file = join(folder, 'a.jsonl')
  const row = {
    kind: 'fix',
    command: 'gti',
    output: 'x'.repeat(500_000),
    expected: [' git ', 'got'],
    exitCode: null,
  }
  writeFileSync(
    file,
    `\ufeff${JSON.stringify(row)}\r\n\r\n{"kind":"untouched","command":"ls","exitCode":0}\r\n`,
  )
  const { cases, problems } = readCases(file)
  expect(problems).toEqual([])
  expect(cases).toMatchObject([{ expected: ['git', 'got'] }, { output: '', exitCode: 0, family: 'a.jsonl' }])
  expect(cases[0]).not.toHaveProperty('exitCode')
  expect(judge(cases, { approved: true }).map(({ suggestion }) => suggestion)).toEqual([undefined, undefined])
})

it('reads a case with bytes that are no UTF-8', () => {
  const line = Buffer.from(
    '{"kind":"broken","command":"cat x","output":"caf?: y"}'.replace('?', '\xe9'),
    'latin1',
  )
  writeFileSync(join(folder, 'a.jsonl'), line)
  expect(readCases(folder)).toMatchObject({ cases: [{ output: 'caf\ufffd: y' }], problems: [] })
})

it('tells each line that is no case, and reads the others', () => {
  const lines = [
    '{"kind":"mend","command":"a"}',
    '{"kind":"fix","command":"a","output":""}',
    '{"kind":"broken"}',
    '{"kind":"untouched","command":"ls"}',
    '{"kind":"untouched","command":',
    'null',
    '{"kind":"broken","command":"a","output":[]}',
    '{"kind":"broken","command":"a","exitCode":"1"}',
    '{"kind":"fix","command":"a","expected":[1]}',
  ]
  writeFileSync(join(folder, 'a.jsonl'), lines.join('\n'))
  const { cases, problems } = readCases(folder)
  expect(cases.map(({ command }) => command)).toEqual(['ls'])
  expect(problems.map((problem) => problem.split(': ', 1)[0])).toEqual(
    [1, 2, 3, 5, 6, 7, 8, 9].map((line) => `a.jsonl:${line}`),
  )
})
