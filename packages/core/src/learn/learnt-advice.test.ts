import { expect, it } from 'vitest'
import { isSlot, nameOf } from './learnt-advice.ts'

it.each([
  ['/a/*/b', 'a.b'],
  ['/a/0/b', 'a.b'],
  ['', ''],
])('names %s as %j', (path, name) => expect(nameOf(path)).toBe(name))

it.each([
  [{ argument: 'a.b', limit: 300 }, true],
  [{ values: ['a', 'b'] }, true],
  [{ values: [] }, false],
  [{ prefix: 'two words' }, false],
  [{ prefix: 'x'.repeat(65) }, false],
  [{ value: null }, false],
])('%j in a slot: %s', (slots, fits) => expect(isSlot(slots)).toBe(fits))
