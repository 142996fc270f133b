import { describe, expect, it } from 'vitest'
import { requiredLiterals } from './required-literals.ts'
import { seeded } from './seeded.test.support.ts'

describe('required literals', () => {
  it.each<[RegExp, string[]]>([
    [/Permission denied/, ['permission denied']],
    [/\brate[- ]?limit/i, ['ratelimit', 'rate-limit', 'rate limit']],
    [/^(?:wrong|bad) (?:key|id)$/, ['wrong key', 'wrong id', 'bad key', 'bad id']],
    [/\bquota\b.{0,40}\b(?:exceeded|used)/, ['quota']],
    [/no \S+ given/, [' given']],
    [/(?:ab)+c/, ['ab']],
    [/(?:ab){2,3}c/, ['ab']],
    [/authori[sz]e/, ['authorise', 'authorize']],
    [/not (?!found)\w+ here/, [' here']],
    [/a\/b\.c/, ['a/b.c']],
    [/\u00e9t\u00e9 fini/, [' fini']],
  ])('%s has %j', (pattern, literals) => {
    expect([...(requiredLiterals(pattern) ?? [])].sort()).toEqual([...literals].sort())
  })

  it.each<[RegExp]>([
    [/\d+/],
    [/(?:denied)?/],
    [/(?:denied){0,2}/],
    [/denied|\w+/],
    [/x|denied/],
    [/denied/iu],
    [/[^a]b/],
    [/(?i:denied)/],
  ])('%s has none', (pattern) => {
    expect(requiredLiterals(pattern)).toBeUndefined()
  })

  it('never leaves out a text that the pattern matches', () => {
    const random = seeded(7)
    const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T
    const piece = (depth: number): string => {
      const kind = Math.floor(random() * (depth > 2 ? 3 : 6))
      if (kind < 2) return pick(['a', 'b', 'ab', 'ba', ' ', 'A'])
      if (kind === 2) return pick(['\\b', '[ab]', '[^a]', '.', '\\w', '\\s', '[a-b]', '(?!ab)', '(?<=a)'])
      if (kind === 3) return `(?:${pattern(depth + 1)})${pick(['', '?', '+', '*', '{2}', '{0,1}', '??'])}`
      return kind === 4 ? `(${pattern(depth + 1)})` : `${pick(['a', 'b'])}${pick(['?', '*', '+', '{1,2}'])}`
    }
    const sequence = (depth: number) => Array.from({ length: 1 + random() * 3 }, () => piece(depth)).join('')
    const pattern = (depth: number): string =>
      Array.from({ length: 1 + random() * 2 }, () => sequence(depth)).join('|')
    let matched = 0
    let told = 0
    for (let round = 0; round < 3_000; round++) {
      const tried = new RegExp(pattern(0), pick(['', 'i']))
      const literals = requiredLiterals(tried)
      if (literals) told++
      for (let index = 0; index < 20; index++) {
        const text = Array.from({ length: random() * 10 }, () => pick(['a', 'b', 'A', ' ', 'c'])).join('')
        if (!tried.test(text)) continue
        matched++
        const found = !literals || literals.some((literal) => text.toLowerCase().includes(literal))
        if (!found) throw new Error(`${tried} matches ${JSON.stringify(text)} without ${literals}`)
      }
    }
    expect(matched).toBeGreaterThan(10_000)
    expect(told).toBeGreaterThan(500)
  })
})
