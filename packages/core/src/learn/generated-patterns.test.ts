// What is learnt is applied to whatever a model writes, so the regular expressions made from it must not backtrack
// beyond measure. Shown by their form, not by a clock: every expression that compiling an intervention makes is caught.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtinKinds, reformatValue } from '../interventions/index.ts'
import { textFormat } from '../text-format.ts'
import { builtinInducers } from './inducers/index.ts'
import { draftsFrom, LESSONS, type Lesson, recorded } from './lessons.test.support.ts'

/** The sources of the expressions that are made while something runs. */
function patternsIn(run: () => void): string[] {
  const sources: string[] = []
  const Native = globalThis.RegExp
  globalThis.RegExp = new Proxy(Native, {
    construct(target, [pattern, flags], newTarget) {
      sources.push(String(pattern))
      return Reflect.construct(target, [pattern, flags], newTarget) as object
    },
  })
  try {
    run()
  } finally {
    globalThis.RegExp = Native
  }
  return sources
}

const ESCAPED = /\\\W/g
const CLASS = /\[[^\]]+\]|\\[dws]/g
/** A sign and three digits, again and again: what comes next tells whether it goes on. */
const GROUPS = /\(\?:S(?:C\{3\})\)\+/g

/**
 * Whether an expression looks at each letter a bounded number of times: it holds at the beginning of a text only, refers
 * to nothing before or behind, and repeats nothing without a limit but groups of digits. Without such a repetition it
 * reads no more than a fixed number of letters, however long the text is.
 */
function isLinear(source: string): boolean {
  if (!source.startsWith('^') || !source.endsWith('$')) return false
  const form = source.slice(1, -1).replace(ESCAPED, 'S').replace(CLASS, 'C').replace(GROUPS, 'G')
  return !/[*+^$\\]|\{\d+,\}|\(\?[^:]/.test(form)
}

describe('the patterns that interventions make', () => {
  it.each([
    ['^(\\d{2})\\/(\\d{2})\\/([12]\\d{3})$', true],
    ['^-?[1-9]\\d{0,2}(?:\\,\\d{3})+(?:\\.\\d{1,15})?$', true],
    ['^(a+)+$', false],
    ['^(?:\\d{3})+$', false],
    ['^a{2,}$', false],
    ['^\\d*$', false],
    ['^(?=a)b$', false],
    ['^(a)\\1$', false],
    ['a?b', false],
  ])('the form of %s: %s', (source, linear) => expect(isLinear(source)).toBe(linear))

  it('are linear for whatever the inducers propose', async () => {
    const patterns: string[] = []
    for (const inducer of builtinInducers) {
      const drafts = await draftsFrom(inducer, recorded(LESSONS[inducer.name] as Lesson))
      expect(drafts.length, inducer.name).toBeGreaterThan(0)
      for (const draft of drafts) {
        const kind = builtinKinds.find((one) => one.kind === draft.kind)
        if (kind) patterns.push(...patternsIn(() => kind.compile(draft.options)))
      }
    }
    expect(patterns.length).toBeGreaterThanOrEqual(3)
    for (const source of patterns) expect(isLinear(source), source).toBe(true)
  })

  const sign = fc.constantFrom(
    '-',
    '/',
    '.',
    ' ',
    ', ',
    ...['+', '*', '(', ')', 'T', '\\', '^', '$', '{2,}', '|', '(a+)+'].map((one) => `[${one}]`),
  )
  const fields = fc
    .tuple(fc.constantFrom('MMMM', 'MMM', 'MM', 'M'), fc.constantFrom('DD', 'D'), fc.constantFrom('HH', 'H'))
    .chain(([month, day, hour]) =>
      fc.shuffledSubarray(['YYYY', month, day, hour, 'mm', 'ss'], { minLength: 1 }),
    )
  const format = fc
    .tuple(fields, fc.infiniteStream(sign))
    .map(([names, signs]) => names.map((name) => `${name}${signs.next().value}`).join(''))

  it('are linear for every format that could be learnt, whatever signs it is made of', () => {
    fc.assert(
      fc.property(format, (name) => {
        const sources = patternsIn(() => textFormat(name))
        expect(sources).toHaveLength(1)
        for (const source of sources) expect(isLinear(source), source).toBe(true)
      }),
      { seed: 1, numRuns: 2_000 },
    )
  })

  it('are linear for every way to group digits', () => {
    for (const from of ['#,###.#', '#.###,#', '# ###,#']) {
      const sources = patternsIn(() => reformatValue.compile({ path: '/price', from, to: 'number' }))
      expect(sources).toHaveLength(1)
      for (const source of sources) expect(isLinear(source), source).toBe(true)
    }
  })
})
