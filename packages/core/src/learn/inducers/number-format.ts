import type { Draft } from '../../intervention.ts'
import { editAt, type Json, jsonEqual } from '../../json.ts'
import { isExactNumber } from '../../json-text.ts'
import { editsOf } from '../diff.ts'
import { type Covered, draftOf, groupBy, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

/** How numbers are written with separators: the group's mark and the decimal's. */
const FORMATS: ReadonlyMap<string, { group: string; decimal: string }> = new Map([
  ['#,###.#', { group: ',', decimal: '.' }],
  ['#.###,#', { group: '.', decimal: ',' }],
  ['# ###,#', { group: ' ', decimal: ',' }],
])

type Rewrite = { path: string; from: string; to: 'number' | 'text'; covered: Covered }

/**
 * Proposes `reformat-value` where pairs show one way to separate digits being given up: `1,234.50` → `1234.5` or
 * `"1234.50"`. `1,234` alone could be a fraction, and is left alone.
 */
export const numberFormatInducer: Inducer = defineInducer({
  name: 'number-format',
  *propose(evidence) {
    const found = editsOf(evidence.pairs).flatMap(({ pair, before: input, after: success, changes }) =>
      changes.flatMap(({ type, path, before, after }): Rewrite[] => {
        if (type !== 'changed' || typeof before !== 'string' || after === undefined) return []
        return [...FORMATS.keys()].flatMap((from): Rewrite[] => {
          const to = typeof after === 'number' ? 'number' : 'text'
          if (!jsonEqual(rewritten(before, from, to) ?? null, after)) return []
          const expect = editAt(input, path, (value) => (value === before ? after : undefined))
          return [
            { path, from, to, covered: { failed: pair.failed, expect, paired: jsonEqual(expect, success) } },
          ]
        })
      }),
    )
    for (const same of groupBy(found, ({ path, from, to }) => `${path} ${from} ${to}`).values())
      yield* reformatDraft(evidence, same)
  },
})

function* reformatDraft(evidence: Evidence, found: readonly Rewrite[]): Iterable<Draft> {
  const { path, from, to } = found[0] as Rewrite
  if (!found.some(({ covered }) => covered.paired)) return
  const edit = (value: Json) => (typeof value === 'string' ? rewritten(value, from, to) : undefined)
  if (!sparesSuccesses(evidence, undefined, (input) => editAt(input, path, edit))) return
  yield draftOf(evidence, {
    inducer: 'number-format',
    kind: 'reformat-value',
    options: { path, from, to },
    path,
    covered: found.map(({ covered }) => covered),
  })
}

function rewritten(text: string, format: string, to: 'number' | 'text'): Json | undefined {
  const { group = '', decimal = '' } = FORMATS.get(format) ?? {}
  const pattern = new RegExp(`^-?[1-9]\\d{0,2}(?:\\${group}\\d{3})+(?:\\${decimal}\\d{1,15})?$`)
  if (text.length > 40 || !pattern.test(text)) return undefined
  if (group !== ' ' && !text.includes(decimal) && text.split(group).length === 2) return undefined
  const plain = text.replaceAll(group, '').replace(decimal, '.')
  if (!isExactNumber(plain, Number(plain))) return undefined
  return to === 'number' ? Number(plain) : plain
}
