import { describe, expect, it } from 'vitest'
import { wordsOf } from './wording.ts'

describe('wordsOf puts a mark in place of each value', () => {
  it.each([
    ["cat: 'a b.txt': No such file", '^ cat "…" no such file'],
    ['open /data/x.csv failed: 5 errors', '^ open / failed # errors'],
    ["error: unexpected argument '--colour' found", '^ error unexpected argument "-o" found'],
    ['unknown flag --colour', '^ unknown flag -o'],
    ['GET https://a.example/x?y=1 failed', '^ get / failed'],
    ['invalid number `12.5`', '^ invalid number "#"'],
    ['value of userName is empty', '^ value of @ is empty'],
    ['field user_id is required', '^ field @ is required'],
    ['name "" is too short', '^ name "" is too short'],
  ])('%s', (message, words) => {
    expect(wordsOf(message).join(' ')).toBe(words)
  })
})

describe('wordsOf reads', () => {
  it.each([
    ["can't open", '^ can not open'],
    ['cannot open', '^ can not open'],
    ["it doesn't exist", '^ it does not exist'],
    ['FileNotFoundError: x', '^ @ file not found error x'],
    ['ERR_OUT_OF_RANGE', '^ @ err out of range'],
    ['Datei nicht gefunden: größer', '^ datei nicht gefunden größer'],
  ])('%s', (message, words) => {
    expect(wordsOf(message).join(' ')).toBe(words)
  })

  it('the beginning of a long message', () => {
    expect(wordsOf('word '.repeat(1_000)).length).toBeLessThan(60)
  })
})
