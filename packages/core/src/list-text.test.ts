import { expect, it } from 'vitest'
import { joined } from './list-text.ts'

it.each<[(string | number)[], string, string]>([
  [['a', 'b'], '|', 'a|b'],
  [['a', 2], ', ', 'a, 2'],
  [['a'], ';', 'a'],
])('writes %j with %j as %j', (list, mark, text) => expect(joined(list, mark)).toBe(text))

it.each<[unknown[], string]>([
  [[], '|'],
  [['a|b', 'c'], '|'],
  [['a', ''], '|'],
  [['a', null], '|'],
  [['a', ['b']], '|'],
  [['a,b'], ', '],
  [[' a'], ','],
])('does not write %j with %j', (list, mark) => expect(joined(list as never, mark)).toBeUndefined())
