import { describe, expect, it } from 'vitest'
import { messageEssence, withoutMarkup } from './message-essence.ts'

describe('messageEssence', () => {
  it.each([
    ['colours', '\u001b[2m  - waiting\u001b[22m', '  - waiting'],
    [
      'a Python stack',
      'Traceback (most recent call last):\n  File "a.py", line 2, in <module>\n    f(1)\n    ^^^^\nKeyError: 1',
      'KeyError: 1',
    ],
    [
      'a JavaScript stack',
      'TypeError: x is not iterable\n    at run (/srv/a.js:1:2)\n    at node:internal/main:3:4',
      'TypeError: x is not iterable',
    ],
    ['the source above a caret', 'ERROR: no column\nLINE 1: SELECT a\n               ^', 'ERROR: no column'],
    ['JSON without words', 'Value: {"a": [1, {"b": "c"}]}. Bad', 'Value: <json>. Bad'],
    ['JSON with words', 'failed: [{"code": "x", "message": "too small"}]', 'failed: too small'],
    ['JSON with lists of words', '{"errors": {"email": ["has been taken"], "id": ["x1"]}}', 'has been taken'],
    ['values beside words', '{"errors": [{"message": "too long", "value": "a b c"}]}', 'too long'],
    ['instances', 'two matches:\n    1) <b>x</b>\n    2) <b>y</b>\nlog', 'two matches:\nlog'],
    ['help', 'usage: x [-h]\nx: error: bad', 'x: error: bad'],
    [
      'lines of the source with numbers',
      'error: cannot find value\n  |\n7 |   f(totl);\n  |     ^^^^ not in this scope\nAt main.rs',
      'error: cannot find value\nnot in this scope\nAt main.rs',
    ],
    [
      'a digit that points',
      'main.f90:12:\n   12 |  x = 0\n      |  1\nError: no type',
      'main.f90:12:\nError: no type',
    ],
    [
      'lists of options',
      'kill: invalid argument p\n\nUsage:\n kill [options] <pid>\n\nOptions:\n -q  quietly\nFor more see kill(1).',
      'kill: invalid argument p\n\nFor more see kill(1).',
    ],
    [
      'a page below its status',
      '404 NOT FOUND\n<!doctype html>\n<p>Order 8 is gone.</p>',
      '404 NOT FOUND\n \n Order 8 is gone.',
    ],
    [
      'what is proposed',
      'unknown command wacth\n\nhelp: a similar command exists: watch',
      'unknown command wacth\n',
    ],
    ['how long a line is drawn', 'Error ---------------\nx ======', 'Error ---\nx ---'],
    [
      'the steps that took time',
      'Deadline exceeded after 0.1s,name resolution: 0.006s,LB pick: 0.007s,remote_addr=a',
      'Deadline exceeded after 0.1s,remote_addr=a',
    ],
    [
      'the box around a text',
      'Try this.\n╭─ Error ────╮\n│ No such    │\n│ file.      │\n╰────────────╯',
      'Try this.\nNo such file.',
    ],
    ['how often', 'timeout\n  14 × waiting for element', 'timeout\nwaiting for element'],
  ])('leaves out %s', (_, message, essence) => {
    expect(messageEssence(message)).toBe(essence)
  })

  it.each([
    ['an index', 'rows[0] is null'],
    ['prose in brackets', 'one of [a, b] (see {docs})'],
    ['numbers in brackets', 'shape [1, 2] expected'],
    ['JSON that breaks off', 'Text: {"a": "b'],
    ['words after "at"', 'failed\n  at the end of the day'],
  ])('leaves %s', (_, message) => {
    expect(messageEssence(message)).toBe(message)
  })

  it('keeps a stack that says nothing else', () => {
    const stack = '    at run (/srv/a.js:1:2)'
    expect(messageEssence(stack)).toBe(stack)
  })

  it('keeps a proposal that is all there is', () => {
    expect(messageEssence('Did you mean "status"?')).toBe('Did you mean "status"?')
  })

  it('reads a page that stands below empty lines', () => {
    expect(messageEssence('503\n \n  <html><body>Down</body></html>')).toBe('503\n \n Down')
  })

  it('comes to an end on brackets that never close', () => {
    expect(messageEssence('[{'.repeat(100_000)).length).toBeLessThan(200_000)
  })
})

describe('withoutMarkup', () => {
  it('reads a page', () => {
    const page =
      '<!DOCTYPE html><html><head><style>a{}</style><title>503</title></head><body><h1>Down &amp; out</h1></body></html>'
    expect(withoutMarkup(page)).toBe('503 Down & out')
  })

  it('leaves a text that names tags', () => {
    expect(withoutMarkup('Element is not an <input>')).toBe('Element is not an <input>')
  })
})
