import { editEvery } from '../../edit.ts'
import { type Json, jsonEqual } from '../../json.ts'
import { isRedacted } from '../../redact.ts'
import { filledTemplate, templateIn, templateOf } from '../../statement-template.ts'
import { type Change, editsOf } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'

/** Weight (confidence of the best pair of each episode) below which nobody knows that both had one intent. */
const MIN_WEIGHT = 0.6
/** More than this share of that weight goes to one correction, where there are several. */
const MIN_SHARE = 0.5
const MAX_CORRECTIONS = 512
/** Longer texts are prose or programs; they hardly recur, and hold what is nobody's business. */
const MAX_LENGTH = 400

type Seen = { from: string; to: string; episode: string; confidence: number }

/**
 * Proposes `recall-correction`: statements (texts of several words) that failed, with what they were corrected to, in
 * whatever episode that was. No program leads from one to the other; but what the model wrote once it writes again.
 */
export const knownCorrectionInducer: Inducer = defineInducer({
  name: 'known-correction',
  *propose(evidence) {
    const seen = editsOf(evidence.pairs).flatMap(({ pair, changes }) =>
      changes.length === 1
        ? changes.flatMap((change) => seenIn(change, pair.failed.episode, pair.confidence))
        : [],
    )
    for (const [path, all] of groupBy(seen, (one) => one.path)) {
      const corrections = believed(all)
      const covered = coveredBy(evidence, path, corrections)
      const scope = literalScope(covered.map(({ failed }) => failed))
      if (covered.length === 0 || !scope) continue
      yield draftOf(evidence, {
        inducer: 'known-correction',
        kind: 'recall-correction',
        options: { path, corrections },
        path,
        ...scope,
        covered,
      })
    }
  },
})

function seenIn(
  { type, path, before, after }: Change,
  episode: string,
  confidence: number,
): (Seen & { path: string })[] {
  if (type !== 'changed' || typeof before !== 'string' || typeof after !== 'string') return []
  if (!/\S\s+\S+\s+\S/.test(before) || Math.max(before.length, after.length) > MAX_LENGTH) return []
  const from = templateOf(before)
  const to = from && templateIn(after, from)
  // One secret outside quotes would keep all the others from being recalled.
  if (isRedacted(`${from?.text} ${to}`)) return []
  return !from || to === undefined || from.text === to
    ? []
    : [{ path, from: from.text, to, episode, confidence }]
}

function believed(seen: readonly Seen[]): { from: string; to: string }[] {
  const corrections = [...groupBy(seen, ({ from }) => from)].flatMap(([from, alike]) => {
    const ranked = [...groupBy(alike, ({ to }) => to)]
      .map(([to, same]) => ({ to, weight: weightOf(same) }))
      .sort((a, b) => b.weight - a.weight || (a.to < b.to ? -1 : 1))
    const [best] = ranked
    const all = ranked.reduce((sum, { weight }) => sum + weight, 0)
    if (!best || best.weight < MIN_WEIGHT || best.weight <= MIN_SHARE * all) return []
    return [{ from, to: best.to, weight: best.weight }]
  })
  // What is itself corrected elsewhere is no correction.
  const failing = new Set(corrections.map(({ from }) => from))
  return corrections
    .filter(({ to }) => !failing.has(to))
    .sort((a, b) => b.weight - a.weight || (a.from < b.from ? -1 : 1))
    .slice(0, MAX_CORRECTIONS)
    .map(({ from, to }) => ({ from, to }))
}

function weightOf(seen: readonly Seen[]): number {
  const byEpisode = groupBy(seen, ({ episode }) => episode)
  return [...byEpisode.values()].reduce(
    (sum, same) => sum + Math.max(...same.map(({ confidence }) => confidence)),
    0,
  )
}

function coveredBy(
  { failures, pairs }: Evidence,
  path: string,
  corrections: readonly { from: string; to: string }[],
): Covered[] {
  const known = new Map(corrections.map(({ from, to }) => [from, to]))
  const correct = (value: Json): string | undefined => {
    const template = typeof value === 'string' ? templateOf(value) : undefined
    const to = template && known.get(template.text)
    return to === undefined ? undefined : filledTemplate(to, template?.literals ?? [])
  }
  return failures.flatMap((failed): Covered[] => {
    const expect = editEvery(failed.input, path, (value) => {
      const to = correct(value)
      return to === undefined ? 'keep' : { to }
    })
    if (expect === undefined) return []
    const paired = pairs.some(
      ({ failed: one, succeeded }) =>
        one.episode === failed.episode && one.step === failed.step && jsonEqual(succeeded.input, expect),
    )
    return [{ failed, expect, paired }]
  })
}
