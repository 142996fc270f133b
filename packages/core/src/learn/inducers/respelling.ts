import { editEvery } from '../../edit.ts'
import type { Draft } from '../../intervention.ts'
import { type Json, jsonEqual, valuesAt } from '../../json.ts'
import { commonSpelling, type Respelling, respelled } from '../../respelling.ts'
import { editsOf } from '../diff.ts'
import { type Covered, draftOf, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'
import { distinctKeys, sampled } from '../sample.ts'

/** Distinct accepted names that show how names are written. */
const MIN_NAMES = 8

/**
 * Proposes `respell-value` where a pair shows a name that was written in another way, and all accepted names are written
 * in one: the rule is what they have in common, which may be stricter than what the tool calls it.
 */
export const respellingInducer: Inducer = defineInducer({
  name: 'respelling',
  *propose(evidence) {
    const edits = editsOf(evidence.pairs)
    const paths = new Set(edits.flatMap(({ changes }) => changes.map(({ path }) => path)))
    for (const path of paths) {
      const spelling = spellingAt(evidence, path)
      if (spelling) yield* respellDraft(evidence, path, spelling)
    }
  },
})

function spellingAt({ profile }: Evidence, path: string): Respelling | undefined {
  const argument = profile.arguments.get(path)
  if (!argument || distinctKeys(argument.distinct) < MIN_NAMES) return undefined
  const names = sampled(argument.distinct)
  if (!names.every((name) => typeof name === 'string')) return undefined
  const spelling = commonSpelling(names)
  // Without a mark there is nothing that would tell a name from a word.
  return spelling && spelling.mark !== '' ? spelling : undefined
}

function* respellDraft(evidence: Evidence, path: string, spelling: Respelling): Iterable<Draft> {
  const edit = (input: Json) =>
    editEvery(input, path, (value) => {
      const to = typeof value === 'string' ? respelled(value, spelling) : undefined
      return to === undefined ? 'keep' : { to }
    })
  const proven = new Map<string, boolean>()
  for (const { pair, before, after } of editsOf(evidence.pairs)) {
    const edited = edit(before)
    if (edited === undefined) continue
    const agrees = jsonEqual(valuesAt(edited, path), valuesAt(after, path))
    const differs = !jsonEqual(valuesAt(before, path), valuesAt(after, path))
    // The model wrote the name in a third way: then the rule is another one.
    if (differs && !agrees) return
    if (agrees) proven.set(`${pair.failed.episode} ${pair.failed.step}`, jsonEqual(edited, after))
  }
  if (proven.size === 0 || !sparesSuccesses(evidence, undefined, edit)) return
  const signatures = new Set(
    evidence.failures
      .filter(({ episode, step }) => proven.has(`${episode} ${step}`))
      .map(({ failure }) => failure.signature),
  )
  const covered = evidence.failures.flatMap((failed): Covered[] => {
    const expect = failed.input === undefined ? undefined : edit(failed.input)
    if (expect === undefined || !signatures.has(failed.failure.signature)) return []
    return [{ failed, expect, paired: proven.get(`${failed.episode} ${failed.step}`) ?? false }]
  })
  if (covered.length === 0) return
  yield draftOf(evidence, {
    inducer: 'respelling',
    kind: 'respell-value',
    options: { path, ...spelling },
    path,
    covered,
  })
}
