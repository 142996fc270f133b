import { describe, expect, it } from 'vitest'
import { type Difference, why } from './difference.ts'

const same = { recorded: 'a\n', found: 'b\n', late: false, varied: {} }

describe('why an output is another', () => {
  it.each<[string, Partial<Difference>]>([
    ['do not end in time', { late: true }],
    [
      'need a program that is not in both',
      { recorded: '/bin/bash: line 1: xxd: command not found\n', found: '61\n' },
    ],
    ['list a folder in its order', { recorded: 'a\nb\n', found: 'b\na\n' }],
    [
      'show dates',
      { recorded: '82 Jun  4 13:08 a\n82 Jun  4 13:08 b\n', found: '82 May 21  2023 b\n82 May 21  2023 a\n' },
    ],
    [
      'are worded by another version',
      {
        recorded: 'b: -c: line 1: unexpected EOF\nb: -c: line 2: syntax error: unexpected end of file\n',
        found: 'b: -c: line 2: unexpected EOF\n',
      },
    ],
    ['come out differently each time', { varied: { plain: true, contents: true } }],
    ['depend on files that are not recorded', { varied: { alike: true, machine: true } }],
    ['depend on files that are not recorded', { varied: { contents: true, 'file system': true } }],
    ['depend on the file system', { varied: { 'file system': true, machine: true } }],
    ['depend on the rest of the machine', { varied: { machine: true } }],
  ])('%s: %j', (reason, difference) => {
    expect(why({ ...same, ...difference })).toBe(reason)
  })

  it.each<Partial<Difference>>([
    {},
    { varied: { plain: false, contents: false } },
    { recorded: 'a\na\n', found: 'a\n' },
    { recorded: 'grep: xxd: No such file or directory\n' },
    { recorded: 'b: line 1: syntax error: unexpected end of file\n' },
  ])('nothing explains %j', (difference) => {
    expect(why({ ...same, ...difference })).toBe('are unexplained')
  })
})
