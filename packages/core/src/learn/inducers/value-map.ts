import type { Draft } from '../../intervention.ts'
import { editAt, type Json, type JsonObject, jsonEqual, valuesAt } from '../../json.ts'
import { schemaCheck } from '../../schema.ts'
import { plainSpelling } from '../../spelling.ts'
import { argumentSchema } from '../../tool.ts'
import { editsOf, generalPath } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type FailedCall, type Inducer } from '../evidence.ts'
import { enumerated } from '../profile.ts'

/** `listed`: the contract lists the new spelling, else only the tool's successes do. */
type Mapping = { path: string; from: string; to: string; listed: boolean; covered: Covered }

/**
 * Proposes `map-value` for literals that the tool knows in another spelling: `Economy` for `economy`, `in progress` for
 * `in_progress`. Only the spelling may differ; which other value the model could have meant is not for us to say.
 */
export const valueMapInducer: Inducer = defineInducer({
  name: 'value-map',
  *propose(evidence) {
    const found = [
      ...fromPairs(evidence),
      ...evidence.failures.flatMap((failed) => fromContract(failed, evidence)),
    ]
    for (const atPath of groupBy(found, ({ path }) => path).values()) yield* mapDraft(evidence, atPath)
  },
})

function* mapDraft(evidence: Evidence, found: readonly Mapping[]): Iterable<Draft> {
  const { path } = found[0] as Mapping
  const targets = groupBy(found, ({ from }) => from)
  const sound = found.filter(({ from, to }) => targets.get(from)?.every((other) => other.to === to))
  const map: JsonObject = Object.fromEntries(sound.map(({ from, to }) => [from, to]))
  if (sound.length === 0 || Object.keys(map).length > 64) return
  const edit = (value: Json) =>
    typeof value === 'string' && Object.hasOwn(map, value) ? map[value] : undefined
  if (!sparesSuccesses(evidence, undefined, (input) => editAt(input, path, edit))) return
  const unlisted = sound.filter(({ listed }) => !listed)
  const scope = unlisted.length === 0 ? {} : literalScope(unlisted.map(({ covered }) => covered.failed))
  if (!scope) return
  const calls = groupBy(sound, ({ covered }) => `${covered.failed.episode} ${covered.failed.step}`)
  yield draftOf(evidence, {
    inducer: 'value-map',
    kind: 'map-value',
    options: { path, map },
    path,
    ...scope,
    covered: [...calls.values()].map(
      (twins) => (twins.find((t) => t.covered.paired) ?? (twins[0] as Mapping)).covered,
    ),
  })
}

function fromContract(failed: FailedCall, { contract }: Evidence): Mapping[] {
  const schema = contract?.inputSchema
  const { input } = failed
  if (!schema || input === undefined) return []
  return schemaCheck(schema)(input).flatMap(({ kind, path, expected }): Mapping[] => {
    const [value] = valuesAt(input, path)
    if (kind !== 'value' || typeof value !== 'string') return []
    const to = respelled(value, expected?.enum)
    if (to === undefined) return []
    const expect = editAt(input, path, () => to)
    return [
      { path: generalPath(path), from: value, to, listed: true, covered: { failed, expect, paired: false } },
    ]
  })
}

function* fromPairs({ pairs, contract, profile }: Evidence): Iterable<Mapping> {
  for (const { pair, before: input, after: success, changes } of editsOf(pairs))
    for (const { type, path, before, after } of changes) {
      if (type !== 'changed' || typeof before !== 'string' || typeof after !== 'string') continue
      const stated = argumentSchema(contract, path)?.enum
      const known = stated ?? enumerated(profile.arguments.get(path))
      if (respelled(before, known) !== after) continue
      const expect = editAt(input, path, (value) => (value === before ? after : undefined))
      const covered = { failed: pair.failed, expect, paired: jsonEqual(expect, success) }
      yield { path, from: before, to: after, listed: stated !== undefined, covered }
    }
}

/** Longest text that could be a spelling of a literal, in characters; longer ones are prose or code. */
const MAX_LITERAL = 80

/** The one known literal of which the text is another spelling. */
function respelled(text: string, known: Json | undefined): string | undefined {
  if (!Array.isArray(known) || text.length > MAX_LITERAL || known.includes(text)) return undefined
  const spelling = plainSpelling(text)
  const same = known.filter((literal) => typeof literal === 'string' && plainSpelling(literal) === spelling)
  const [only] = same
  return same.length === 1 && typeof only === 'string' && spelling !== '' ? only : undefined
}
