import { describe, expect, it } from 'vitest'
import { Float } from '../recorded/python-json.ts'
import { parseCall } from './python-call.ts'

describe('calls as Python writes them', () => {
  it.each([
    ['ls()', { tool: 'ls', positional: [], named: {} }],
    ["sort('a.txt')", { tool: 'sort', positional: ['a.txt'], named: {} }],
    ['f(a=1, b = -2.50)', { tool: 'f', positional: [], named: { a: 1, b: new Float(-2.5) } }],
    [
      'f(x=[1, 2.0,],y=True,z=None)',
      { tool: 'f', positional: [], named: { x: [1, new Float(2)], y: true, z: null } },
    ],
    ["f(1, u={'p': {'q': []}})", { tool: 'f', positional: [1], named: { u: { p: { q: [] } } } }],
    [
      String.raw`f(s='it\'s\n- a = (b), "c"')`,
      { tool: 'f', positional: [], named: { s: 'it\'s\n- a = (b), "c"' } },
    ],
    [String.raw`f("C:\d")`, { tool: 'f', positional: ['C:\\d'], named: {} }],
  ])('%s', (source, call) => {
    expect(parseCall(source)).toEqual(call)
  })

  it('keeps the order of members that are numbers', () => {
    expect(Object.values(parseCall("f({'b': 1, '0': 2})").positional[0] as object)).toEqual([1, 2])
  })

  it.each(['', 'f', 'f(', 'f(a)', 'f(1 2)', 'f(1) + 1', "f('a)", 'f(g())', 'f({1: 2})', 'f(a=)', 'f(,)'])(
    'refuses %j',
    (source) => {
      expect(() => parseCall(source)).toThrow(SyntaxError)
    },
  )
})
