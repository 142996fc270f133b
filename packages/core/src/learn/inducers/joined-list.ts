import { editEvery } from '../../edit.ts'
import type { Draft } from '../../intervention.ts'
import { type Json, jsonEqual, valuesAt } from '../../json.ts'
import { joined, LIST_MARKS } from '../../list-text.ts'
import { allowedTypes, schemaCheck } from '../../schema.ts'
import { argumentSchema } from '../../tool.ts'
import { editsOf, generalPath } from '../diff.ts'
import { type Covered, draftOf, groupBy, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

type Found = { path: string; mark: string; covered: Covered }

/**
 * Proposes `join-elements` where a list was given for one text. Which mark stands between the parts is known from a
 * pair, from the same parts in a call of a sibling that succeeded, or from an example in the contract's description.
 */
export const joinedListInducer: Inducer = defineInducer({
  name: 'joined-list',
  *propose(evidence) {
    const found = [...fromPairs(evidence), ...fromContract(evidence)]
    for (const atPath of groupBy(found, ({ path }) => path).values()) {
      const marks = new Set(atPath.map(({ mark }) => mark))
      if (marks.size === 1) yield* joinDraft(evidence, atPath)
    }
  },
})

function* joinDraft(evidence: Evidence, found: readonly Found[]): Iterable<Draft> {
  const { path, mark } = found[0] as Found
  if (!sparesSuccesses(evidence, undefined, (input) => joinedAt(input, path, mark))) return
  const calls = groupBy(found, ({ covered: { failed } }) => `${failed.episode} ${failed.step}`)
  const covered = [...calls.values()].map(
    (twins) => (twins.find((one) => one.covered.paired) ?? (twins[0] as Found)).covered,
  )
  yield draftOf(evidence, {
    inducer: 'joined-list',
    kind: 'join-elements',
    options: { path, mark },
    path,
    covered,
  })
}

function joinedAt(input: Json, path: string, mark: string): Json | undefined {
  return editEvery(input, path, (value) => {
    const to = Array.isArray(value) ? joined(value, mark) : undefined
    return to === undefined ? 'keep' : { to }
  })
}

function* fromPairs({ pairs }: Evidence): Iterable<Found> {
  for (const { pair, before: input, after: success, changes } of editsOf(pairs))
    for (const { type, path, before, after } of changes) {
      if (type !== 'changed' || !Array.isArray(before) || before.length < 2) continue
      const mark = LIST_MARKS.find((one) => joined(before, one) === after)
      const expect = mark === undefined ? undefined : joinedAt(input, path, mark)
      if (mark === undefined || expect === undefined) continue
      yield { path, mark, covered: { failed: pair.failed, expect, paired: jsonEqual(expect, success) } }
    }
}

function* fromContract(evidence: Evidence): Iterable<Found> {
  const { contract, failures } = evidence
  const schema = contract?.inputSchema
  if (!schema) return
  for (const failed of failures) {
    const { input } = failed
    if (input === undefined) continue
    for (const { kind, path: place, expected } of schemaCheck(schema)(input)) {
      const path = generalPath(place)
      const [list] = valuesAt(input, place)
      if (kind !== 'type' || !Array.isArray(list) || list.length < 2) continue
      if (!allowedTypes(expected, schema).includes('string')) continue
      const mark = markBetween(list, evidence) ?? markIn(argumentSchema(contract, path)?.description)
      const expect = mark === undefined ? undefined : joinedAt(input, path, mark)
      if (mark !== undefined && expect !== undefined)
        yield { path, mark, covered: { failed, expect, paired: false } }
    }
  }
}

/** A sibling took just these parts, in one text. */
function markBetween(list: readonly Json[], { siblings }: Evidence): string | undefined {
  const texts = new Set(
    siblings?.().flatMap(({ successes }) => successes.flatMap(({ input }) => membersOf(input))),
  )
  return LIST_MARKS.find((mark) => {
    const text = joined(list, mark)
    return text !== undefined && texts.has(text)
  })
}

function membersOf(input: Json | undefined): Json[] {
  return typeof input === 'object' && input !== null ? Object.values(input) : []
}

/** Between two words, or names. */
const SHOWN: Readonly<Record<string, RegExp>> = {
  '|': /[\p{L}\p{N}]\|[\p{L}\p{N}]/u,
  ';': /[\p{L}\p{N}];[\p{L}\p{N}]/u,
}

/**
 * The one mark that a description shows between two words, or names. A comma also stands in prose, so it must be
 * called one.
 */
function markIn(description: Json | undefined): string | undefined {
  if (typeof description !== 'string') return undefined
  const text = description.slice(0, 1_000)
  const shown = ['|', ';'].filter((mark) => SHOWN[mark]?.test(text))
  const comma = /\b(?:comma|CSV)\b/i.test(text) ? [','] : []
  const marks = [...shown, ...comma]
  return marks.length === 1 ? marks[0] : undefined
}
