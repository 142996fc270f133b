import { describe, expect, it } from 'vitest'
import { namesCorrection, namesStep } from './reading.ts'

const meant = { tool: 'book', input: { day: '2026-05-04', seats: 2 } }
const setUp = { tool: 'bash', input: { command: 'make setup' } }

describe('a correction is named', () => {
  it.each([
    ['day must be written as 2026-05-04', { day: '04/05/2026', seats: 2 }],
    ['"seats" must be of type integer', { day: '2026-05-04', seats: '2' }],
    ['the argument "day" is required', { date: '2026-05-04', seats: 2 }],
  ])('%s', (text, input) => {
    expect(namesCorrection(text, meant, { tool: 'book', input })).toBe(true)
  })

  it.each([
    ["Try instead: cat 'a b'", "cat 'a b'", 'cat a b'],
    ['{"advice":"Try instead: cat \\"a b\\""}', 'cat "a b"', 'cat a b'],
  ])('%s, where the words are right and stand wrong', (text, right, wrong) => {
    const cat = (command: string) => ({ tool: 'bash', input: { command } })
    expect(namesCorrection(text, cat(right), cat(wrong))).toBe(true)
    expect(namesCorrection(text, cat('cat c'), cat(wrong))).toBe(false)
  })

  it('of what is no JSON, by the word', () => {
    expect(namesCorrection('that is no valid JSON', meant, { tool: 'book', rawInput: '{' })).toBe(true)
  })

  it.each([
    ['', { day: '04/05/2026', seats: 2 }],
    ['422 Unprocessable Entity', { day: '04/05/2026', seats: 2 }],
    ['seats are free', { day: '04/05/2026', seats: 2 }],
    ['invalid day', { day: '2026-05-04', seats: '2' }],
  ])('not by: %s', (text, input) => {
    expect(namesCorrection(text, meant, { tool: 'book', input })).toBe(false)
  })

  it('not by the name of the only argument', () => {
    const cat = { tool: 'bash', input: { command: "cat 'a b'" } }
    expect(namesCorrection('the command failed', cat, { tool: 'bash', input: { command: 'cat a b' } })).toBe(
      false,
    )
  })
})

describe('a step that was left out is named', () => {
  it.each(['run make first', 'No module: is the setup done? setup'])('%s', (text) => {
    expect(namesStep(text, setUp, { tool: 'bash', input: { command: 'pytest' } })).toBe(true)
  })

  it.each(['No module named app', 'bash: command failed', ''])('not by: %s', (text) => {
    expect(namesStep(text, setUp, { tool: 'bash', input: { command: 'pytest' } })).toBe(false)
  })
})
