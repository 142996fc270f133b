import { describe, expect, it } from 'vitest'
import { type EditedPair, recurringPairs } from './recurring.ts'

function pair(episode: string, before: object, after: object, tool = 'book'): EditedPair {
  return { episode, tool, before: before as never, after: after as never }
}

function recur(
  a: [object, object],
  b: [object, object],
  more: { tool?: string; episode?: string } = {},
): boolean {
  const first = pair('one', ...a)
  const found = recurringPairs([first, pair(more.episode ?? 'two', ...b, more.tool)])
  return found.arguments.has(first) || found.texts.has(first)
}

describe('recurring edits', () => {
  it.each<[string, [object, object], [object, object]]>([
    ['the same literal', [{ a: 'x' }, { a: 'y' }], [{ a: 'x' }, { a: 'y' }]],
    ['the same beginning', [{ a: 'r.csv' }, { a: '/d/r.csv' }], [{ a: 'q.csv' }, { a: '/d/q.csv' }]],
    ['the same case', [{ a: 'Ab' }, { a: 'ab' }], [{ a: 'Cd' }, { a: 'cd' }]],
    [
      'the same order of digits',
      [{ a: '1/2/2020' }, { a: '2020-1-2' }],
      [{ a: '3/4/2021' }, { a: '2021-3-4' }],
    ],
    ['another name', [{ a: 'x1' }, { b: 'x1' }], [{ a: 'y1' }, { b: 'y1' }]],
    ['another type', [{ a: '1' }, { a: 1 }], [{ a: '2' }, { a: 2 }]],
    ['a list joined', [{ a: ['x', 'y'] }, { a: 'x|y' }], [{ a: ['u', 'v'] }, { a: 'u|v' }]],
    ['a member gone', [{ a: 1, b: 2 }, { a: 1 }], [{ a: 3, b: 4 }, { a: 3 }]],
    [
      'a word of a text',
      [{ a: 'use cars now' }, { a: 'use bikes now' }],
      [{ a: 'go cars' }, { a: 'go bikes' }],
    ],
  ])('matches %s', (_, a, b) => expect(recur(a, b)).toBe(true))

  it.each<[string, [object, object], [object, object], { tool?: string; episode?: string }]>([
    ['the same episode', [{ a: 'x' }, { a: 'y' }], [{ a: 'x' }, { a: 'y' }], { episode: 'one' }],
    ['another tool', [{ a: 'x' }, { a: 'y' }], [{ a: 'x' }, { a: 'y' }], { tool: 'search' }],
    ['another literal', [{ a: 'x' }, { a: 'y' }], [{ a: 'x' }, { a: 'z' }], {}],
    ['capitals here and there', [{ a: 'ab' }, { a: 'Ab' }], [{ a: 'cde' }, { a: 'cDe' }], {}],
    ['a word put in somewhere', [{ a: 'a b c' }, { a: 'a x b c' }], [{ a: 'd e f' }, { a: 'd e x f' }], {}],
    [
      'a word replaced here and not there',
      [{ a: 'cars and cars' }, { a: 'bikes and cars' }],
      [{ a: 'the cars' }, { a: 'the bikes' }],
      {},
    ],
    [
      'half of the edit',
      [
        { a: 'x', b: 'u' },
        { a: 'y', b: 'v' },
      ],
      [
        { a: 'x', b: 'u' },
        { a: 'y', b: 'u' },
      ],
      {},
    ],
  ])('does not match %s', (_, a, b, more) => expect(recur(a, b, more)).toBe(false))

  it('tells changes inside a text from changes of a whole argument', () => {
    const inText = pair('one', { a: 'use cars now' }, { a: 'use bikes now' })
    const whole = pair('two', { a: 'go cars' }, { a: 'go bikes' })
    expect(recurringPairs([inText, whole])).toEqual({ arguments: new Set(), texts: new Set([inText, whole]) })
    const again = { ...inText, episode: 'three' }
    expect(recurringPairs([inText, again]).arguments.size).toBe(2)
  })
})
