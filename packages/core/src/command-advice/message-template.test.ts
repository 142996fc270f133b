import { describe, expect, it } from 'vitest'
import { messageTemplate } from './message-template.ts'

function read(template: string, line: string): unknown {
  const slots = messageTemplate(template).match(line)
  return slots && Object.fromEntries(slots)
}

describe('a message template', () => {
  it.each([
    ["git: '{wrong}' is not *", "git: 'psuh' is not a command", { wrong: 'psuh' }],
    ['cat: {path}: Is a directory', 'cat: a.b/c: Is a directory', { path: 'a.b/c' }],
    ['no {word}*', 'no such: thing', { word: 'such' }],
    ['choose from {all*})', "choose from 'a', 'b')", { all: ['a', 'b'] }],
    ['*: {x}: not found', 'sh: 1: gti: not found', { x: 'gti' }],
    ['{x} and {x}', 'a and a', { x: 'a' }],
  ])('%s reads %s', (template, line, slots) => expect(read(template, line)).toEqual(slots))

  it.each([
    ["git: '{wrong}' is not *", "git: 'a b' is not a command"],
    ["git: '{wrong}' is not *", "git: '$(x)' is not a command"],
    ['cat: {path}: Is a directory', 'cat: a: Is a directory, too'],
    ['{x} and {x}', 'a and b'],
    ['no {word}', `no ${'w'.repeat(65)}`],
    ['*x', `${'y'.repeat(3_000)}x`],
  ])('%s does not read %s', (template, line) => expect(read(template, line)).toBeUndefined())

  it('reads no line again and again', () => {
    const line = 'a '.repeat(900)
    expect(read('*a *a *a *a *a *a *a *b', line)).toBeUndefined()
  })

  it('needs a text between two slots', () => {
    expect(() => messageTemplate('*{x}')).toThrow('side by side')
  })
})
