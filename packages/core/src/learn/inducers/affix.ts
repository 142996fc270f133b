import { editEvery } from '../../edit.ts'
import type { Guard } from '../../guard.ts'
import type { Draft } from '../../intervention.ts'
import { type Json, jsonEqual, valuesAt } from '../../json.ts'
import { looseShape, shapeOf } from '../../shape.ts'
import { maskMessage } from '../../signature.ts'
import { editsOf } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope, sparesSuccesses } from '../draft.ts'
import { type CallRecord, defineInducer, type Evidence, type FailedCall, type Inducer } from '../evidence.ts'
import { shareOf } from '../profile.ts'
import { distinctKeys } from '../sample.ts'
import { tokenOverlap } from '../similarity.ts'

type End = 'prefix' | 'suffix'
type Affix = { path: string; op: 'add' | 'strip'; end: End; text: string; before: string; covered: Covered }

/** Successful values that must show the affix (or its absence): how many there are, and their share. */
const MIN_VALUES = 3
const MANY_VALUES = 6
const MIN_SHARE = 0.9

/**
 * Proposes `affix-value` where pairs differ by a fixed beginning or end of a text (`W123` → `#W123`, `a.xlsx` →
 * `/data/a.xlsx`) and the tool's successes carry it. Where pairs show different ones (a directory per task), none is
 * known. The guard keeps to texts of the kind that was seen to need it.
 */
export const affixInducer: Inducer = defineInducer({
  name: 'affix',
  *propose(evidence) {
    const own = affixesIn(evidence)
    const borrowed = borrowedAffixes(evidence)
    const placeOf = ({ path, op, end }: Affix) => `${op} ${end} ${path}`
    const shown = groupBy([...own, ...borrowed], placeOf)
    for (const found of shown.values()) {
      const texts = new Set(found.map(({ text }) => text))
      if (texts.size > 1) continue
      const [example] = found as [Affix]
      const kin = borrowed.filter((one) => placeOf(one) === placeOf(example))
      const affected = withoutTwins([
        ...own.filter((one) => placeOf(one) === placeOf(example)),
        ...(kin.length === 0 ? [] : alikeFailures(evidence, kin)),
      ])
      if (affected.length > 0) yield* affixDraft(evidence, affected, kin)
    }
  },
})

/** A failure that a pair shows as well counts once, as a pair. */
function withoutTwins(found: readonly Affix[]): Affix[] {
  const calls = groupBy(found, ({ covered: { failed } }) => `${failed.episode} ${failed.step}`)
  return [...calls.values()].map((twins) => twins[0] as Affix)
}

/** What the pairs of the tool's kin show: tools of one server take the same files and ids. */
function borrowedAffixes({ siblings }: Evidence): Affix[] {
  return siblings?.().flatMap(affixesIn) ?? []
}

const SAME_COMPLAINT = 0.6

/** Failures of this tool with the complaint of a sibling's, at texts that lack (or have) the same affix. */
function alikeFailures({ failures }: Evidence, kin: readonly Affix[]): Affix[] {
  const { path, op, end, text } = kin[0] as Affix
  const masked = ({ message, input }: FailedCall) => maskMessage(message, input)
  const complaints = [...new Set(kin.map(({ covered }) => masked(covered.failed)))]
  return failures.flatMap((failed): Affix[] => {
    const [before] = valuesAt(failed.input, path)
    if (failed.input === undefined || typeof before !== 'string' || before === '') return []
    const complaint = masked(failed)
    if (!complaints.some((other) => tokenOverlap(other, complaint) >= SAME_COMPLAINT)) return []
    const expect = affixed(failed.input, path, { op, end, text })
    if (expect === undefined || expect === failed.input) return []
    return [{ path, op, end, text, before, covered: { failed, expect, paired: false } }]
  })
}

function affixesIn({ pairs }: Evidence): Affix[] {
  return editsOf(pairs).flatMap(({ pair, before: input, after: success, changes }) =>
    changes.flatMap(({ type, path, before, after }): Affix[] => {
      if (type !== 'changed' || typeof before !== 'string' || typeof after !== 'string') return []
      const found = affixBetween(before, after)
      if (!found || before === '' || after === '' || !isLiteral(found.text)) return []
      // Of several words, one that comes or goes is an edit of what is said, not of how it is written.
      if (/\s/.test(before) && (found.op === 'strip' || !found.text.endsWith('/'))) return []
      const expect = affixed(input, path, found)
      const paired = expect !== undefined && jsonEqual(expect, success)
      return [
        { ...found, path, before, covered: { failed: pair.failed, paired, ...(expect ? { expect } : {}) } },
      ]
    }),
  )
}

function affixBetween(before: string, after: string): Pick<Affix, 'op' | 'end' | 'text'> | undefined {
  const [short, long] = before.length < after.length ? [before, after] : [after, before]
  const op = long === after ? 'add' : 'strip'
  if (long.endsWith(short)) return { op, end: 'prefix', text: long.slice(0, long.length - short.length) }
  if (long.startsWith(short)) return { op, end: 'suffix', text: long.slice(short.length) }
  return undefined
}

/** What may stand in options: short, one word, no wildcard, and not a piece of a word: that would change the meaning. */
function isLiteral(text: string): boolean {
  return text.length <= 256 && /[^\p{L}\p{N}]/u.test(text) && !/[\s*?]/.test(text)
}

function* affixDraft(evidence: Evidence, found: readonly Affix[], kin: readonly Affix[]): Iterable<Draft> {
  const { path, op, end, text } = found[0] as Affix
  const has = (value: Json) =>
    typeof value === 'string' && (end === 'prefix' ? value.startsWith(text) : value.endsWith(text))
  const argument = evidence.profile.arguments.get(path)
  const share = shareOf(argument, has)
  const values = argument ? distinctKeys(argument.distinct) : 0
  // A pair in which something else changed as well needs successes that speak with one voice.
  const isClear =
    [...found, ...kin].some(({ covered }) => covered.paired) || (values >= MANY_VALUES && share === 1)
  if (values < MIN_VALUES || !isClear) return
  if (op === 'add' ? share < MIN_SHARE : share > 0) return
  const accepted = valuesOf(evidence.successes, path)
  const when = op === 'add' ? guardForAdding(found, accepted.filter(has)) : guardForStripping(found, accepted)
  if (!when || !sparesSuccesses(evidence, when, (input) => affixed(input, path, { op, end, text }))) return
  const shown = evidence.successes.filter(({ input }) => valuesAt(input, path).some(has))
  const scope = literalScope([...shown, ...found.map(({ covered }) => covered.failed)])
  if (!scope) return
  yield draftOf(evidence, {
    inducer: 'affix',
    kind: 'affix-value',
    options: { path, op, [end]: text },
    ...{ path, when, ...scope },
    covered: found.map(({ covered }) => covered),
  })
}

function valuesOf(records: readonly CallRecord[], path: string): string[] {
  return records.flatMap(({ input }) => valuesAt(input, path)).filter((value) => typeof value === 'string')
}

function affixed(
  input: Json,
  path: string,
  { op, end, text }: Pick<Affix, 'op' | 'end' | 'text'>,
): Json | undefined {
  return editEvery(input, path, (value) => {
    if (typeof value !== 'string') return 'keep'
    const has = end === 'prefix' ? value.startsWith(text) : value.endsWith(text)
    if (has === (op === 'add')) return 'keep'
    if (op === 'add') return { to: end === 'prefix' ? text + value : value + text }
    return { to: end === 'prefix' ? value.slice(text.length) : value.slice(0, -text.length) }
  })
}

/** Marks of places, schemes and patterns: a text with one that no repaired text had is another kind of text. */
const MARKS = ['/', '\\', ':', '..', '~', '*', '$']

/** At most so many shapes describe a kind of text; with more, what the texts must not contain does. */
const MAX_SHAPES = 3
/** With fewer, the next text has a shape of its own. */
const TEXTS_PER_SHAPE = 4

function guardForAdding(found: readonly Affix[], accepted: readonly string[]): Guard | undefined {
  const { path, end, text } = found[0] as Affix
  const rests = accepted.map((value) =>
    end === 'prefix' ? value.slice(text.length) : value.slice(0, -text.length),
  )
  for (const shape of [shapeOf, looseShape]) {
    const shapes = [...new Set(rests.map(shape))].sort()
    if (
      shapes.length <= MAX_SHAPES &&
      shapes.length * TEXTS_PER_SHAPE <= new Set(rests).size &&
      !shapes.includes('*') &&
      found.every(({ before }) => shapes.includes(shape(before)))
    )
      return { all: [{ path, test: 'shape', shapes }, without(path, end, text)] }
  }
  const marks = MARKS.filter((mark) => !found.some(({ before }) => before.includes(mark)))
  const parts: Guard[] = [{ path, test: 'type', types: ['string'] }, without(path, end, text)]
  if (marks.length > 0)
    parts.push({ not: { any: marks.map((mark) => ({ path, test: 'includes' as const, text: mark })) } })
  const extension = end === 'prefix' ? commonExtension(accepted) : undefined
  if (extension !== undefined) {
    if (!found.every(({ before }) => before.endsWith(extension))) return undefined
    parts.push({ path, test: 'suffix', text: extension })
  }
  return { all: parts }
}

function without(path: string, end: End, text: string): Guard {
  return { not: { path, test: end, text } }
}

/** `.csv` where every accepted value ends with it. */
function commonExtension(values: readonly string[]): string | undefined {
  const extensions = new Set(values.map((value) => /\.[\p{L}\p{N}]{1,8}$/u.exec(value)?.[0]))
  const [only] = extensions
  return extensions.size === 1 ? only : undefined
}

function guardForStripping(found: readonly Affix[], accepted: readonly string[]): Guard | undefined {
  const { path, end, text } = found[0] as Affix
  const stripped = found.map(({ before }) =>
    end === 'prefix' ? before.slice(text.length) : before.slice(0, -text.length),
  )
  const shapes = new Set(accepted.map(looseShape))
  // What is left must look like what the tool is used to.
  if (!stripped.every((rest) => shapes.has(looseShape(rest)))) return undefined
  return { path, test: end, text }
}
