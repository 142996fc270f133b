import { describe, expect, it } from 'vitest'
import { missingJail, openJail } from '../jail.ts'
import { pathFrom, recorderIn, shlexWords } from './recorder.ts'

describe('words as Python splits them', () => {
  it.each([
    ['a  b\tc\n', ['a', 'b', 'c']],
    [`bash -c "find -name "*.txt" -print"`, ['bash', '-c', 'find -name *.txt -print']],
    [`"a "b c" d"`, ['a b', 'c d']],
    [String.raw`"\$x \"y\" \\ \n"`, [String.raw`\$x "y" \ \n`]],
    [String.raw`'a\b' a\ b`, [String.raw`a\b`, 'a b']],
    [`'' ""`, ['', '']],
    [`a'b'"c"`, ['abc']],
    ['# no remark', ['#', 'no', 'remark']],
    ['', []],
  ])('%s', (text, words) => {
    expect(shlexWords(text)).toEqual(words)
  })

  it.each(["'a", '"a', String.raw`"a\"`, 'a\\'])('has none of %s', (text) => {
    expect(shlexWords(text)).toBeUndefined()
  })
})

describe('the folder after a `cd`', () => {
  it.each([
    ['/', 'a/b', '/a/b'],
    ['/a', '../b', '/b'],
    ['/a', '/b/./c', '/b/c'],
    ['/a', '', '/a'],
    ['/a', '$(pwd)', '/a/$(pwd)'],
    ['/', '..', '/'],
  ])('%s, %s', (folder, changed, path) => {
    expect(pathFrom(folder, changed)).toBe(path)
  })
})

describe.skipIf(missingJail() !== undefined)('the recorder', () => {
  it('lets only a `cd` of its own last, and tells what it cannot split', async () => {
    const jail = await openJail()
    const run = recorderIn(jail)
    const contents: string[] = []
    for (const command of [
      'cd /var',
      'pwd',
      'cd nowhere',
      'cd log/..',
      'pwd',
      "it's",
      'echo "a  b"',
      'echo "',
      "printf '\\377'",
    ])
      contents.push((await run(command)).content)
    await jail.close()
    const [, , missing, , , open] = contents
    expect(contents).toEqual([
      '',
      '/var\n',
      missing,
      '',
      '/var\n',
      open,
      'a\n',
      'Malformed command',
      'Malformed command',
    ])
    expect(missing).toContain('No such file or directory')
    expect(open).toContain('unexpected EOF')
  })
})
