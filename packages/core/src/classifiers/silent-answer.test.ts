import { describe, expect, it } from 'vitest'
import { callOf, failedStep, verdictOf } from '../contexts.test.support.ts'
import type { JsonObject } from '../json.ts'
import type { ErrorFacts } from '../trajectory.ts'
import { silentAnswer } from './silent-answer.ts'

const silence = { message: 'exit code 1', code: 1 }
const step = (input: JsonObject, error: ErrorFacts = silence) => failedStep(error, callOf(input))

describe('silent-answer takes as an expected negative', () => {
  it.each<[string, JsonObject]>([
    ['grep', { command: 'grep -rn "total" src' }],
    ['a pipe that ends in one', { command: 'cat notes.txt | sort | grep -i autumn' }],
    ['one with its errors silenced', { command: 'grep -rn total src 2>/dev/null' }],
    ['one behind another command', { command: 'cd /srv/shop && /usr/bin/grep -q open state.txt' }],
    ['arguments', { command: ['rg', 'total', 'src'] }],
    ['arguments of a shell', { cmd: ['bash', '-lc', 'diff -q a.txt b.txt'] }],
    ['a test', { command: '[ -f orders.csv ]' }],
  ])('%s', (_, input) => {
    expect(verdictOf(silentAnswer, step(input))).toMatchObject({
      category: 'result.empty',
      expectedNegative: true,
    })
  })

  it.each(['', '(non-zero exit, no output)', 'Command failed with exit code 1', 'exited with code 1'])(
    'what says no more than %j',
    (message) => {
      expect(verdictOf(silentAnswer, step({ command: 'grep x y' }, { message }))).toBeDefined()
    },
  )
})

describe('silent-answer leaves to others', () => {
  it.each<[string, JsonObject, ErrorFacts]>([
    ['another program', { command: 'make all' }, silence],
    ['a search that is not the last', { command: 'grep x y | xargs rm' }, silence],
    ['another code', { command: 'grep x y' }, { message: 'exit code 2', code: 2 }],
    ['what says more', { command: 'grep x y' }, { message: 'grep: y: No such file or directory', code: 1 }],
    ['what others may have ended in silence', { command: 'make 2>/dev/null && grep x y' }, silence],
    ['a line that cannot be read', { command: "grep 'x y" }, silence],
    ['no command at all', { query: 'grep x y' }, silence],
  ])('%s', (_, input, error) => {
    expect(verdictOf(silentAnswer, step(input, error))).toBeUndefined()
  })
})
