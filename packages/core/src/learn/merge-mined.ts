import { mergeWatches } from './drift.ts'
import { addImpact, noImpact } from './impact.ts'
import {
  foldsOf,
  type Mined,
  type SignatureFold,
  type SignatureStats,
  type ToolFold,
  type ToolStats,
  type ToolVariant,
} from './mine.ts'
import { mergeProfiles, withOwnSamples } from './profile.ts'
import { mergeSamples } from './sample.ts'
import { FAILURES, keepWithin, PAIRS, SUCCESSES } from './sample-budget.ts'

/**
 * What one pass over all recordings would have left, from what several passes over disjoint episodes left: miners on
 * several cores or machines. Counts, samples and profiles are the same however the work was divided; the order of the
 * parts only says which episodes came first. Drifts show in the whole only: all parts are mined with the same ones known.
 * To be read only: it shares what the parts hold.
 */
export function mergeMined(parts: readonly Mined[]): Mined {
  const sum = (read: (part: Mined) => number) => parts.reduce((total, part) => total + read(part), 0)
  const signatures = mergeMaps(inOneOrder(parts), mergeSignatures)
  const tools = mergeMaps(
    parts.map(({ tools }) => tools),
    mergeTools,
  )
  keepWithin({ signatures, tools })
  // Only now, of what was kept.
  for (const stats of tools.values()) stats.folds = foldsOf([...stats.variants.values()])
  return {
    episodes: sum(({ episodes }) => episodes),
    steps: sum(({ steps }) => steps),
    failures: sum(({ failures }) => failures),
    pairs: { same: sum(({ pairs }) => pairs.same), edited: sum(({ pairs }) => pairs.edited) },
    signatures,
    tools,
    sources: mergeMaps(
      parts.map(({ sources }) => sources),
      sumCounts,
    ),
    drifts: parts[0]?.drifts ?? [],
  }
}

/** The signatures of each part, numbered as if the parts had been one recording. */
function inOneOrder(parts: readonly Mined[]): ReadonlyMap<string, SignatureStats>[] {
  let before = 0
  return parts.map(({ signatures, failures }) => {
    const offset = before
    before += failures
    return new Map([...signatures].map(([key, stats]) => [key, { ...stats, first: offset + stats.first }]))
  })
}

function mergeMaps<Value>(
  maps: readonly ReadonlyMap<string, Value>[],
  merge: (values: readonly Value[]) => Value,
): Map<string, Value> {
  const all = new Map<string, Value[]>()
  for (const map of maps)
    for (const [key, value] of map) {
      const known = all.get(key)
      if (known) known.push(value)
      else all.set(key, [value])
    }
  return new Map([...all].map(([key, values]) => [key, merge(values)]))
}

function sumCounts<Counts extends Record<string, number>>(all: readonly Counts[]): Counts {
  const total: Record<string, number> = {}
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count
  return total as Counts
}

function mergeSignatures(all: readonly SignatureStats[]): SignatureStats {
  const [earliest] = all as [SignatureStats]
  const impact = noImpact()
  for (const stats of all) addImpact(impact, stats.impact)
  return {
    ...earliest,
    ...sumCounts(all.map(({ count, episodes, dead }) => ({ count, episodes, dead }))),
    recovered: sumCounts(all.map(({ recovered }) => recovered)),
    families: sumCounts(all.map(({ families }) => families)),
    impact,
    variants: mergeMaps(
      all.map(({ variants }) => variants),
      (variants) => byFold(variants, mergeSignatureFolds),
    ),
  }
}

function mergeSignatureFolds(folds: readonly SignatureFold[]): SignatureFold {
  return {
    ...sumCounts(folds.map(({ count, episodes, dead }) => ({ count, episodes, dead }))),
    failures: mergeSamples(
      folds.map(({ failures }) => failures),
      FAILURES,
    ),
    pairs: mergeSamples(
      folds.map(({ pairs }) => pairs),
      PAIRS,
    ),
  }
}

function mergeTools(all: readonly ToolStats[]): ToolStats {
  const [earliest] = all as [ToolStats]
  const variants = mergeMaps(
    all.map(({ variants }) => variants),
    (same): ToolVariant => ({
      ...(same[0] as ToolVariant),
      folds: byFold(
        same.map(({ folds }) => folds),
        mergeToolFolds,
      ),
    }),
  )
  return {
    tool: earliest.tool,
    contract: all.findLast(({ contract }) => contract)?.contract,
    variants,
    ...sumCounts(all.map(({ calls, successes, failures }) => ({ calls, successes, failures }))),
    watch: mergeWatches(all.map(({ watch }) => watch)),
    folds: [],
  }
}

function mergeToolFolds(folds: readonly ToolFold[]): ToolFold {
  return {
    profile: withOwnSamples(mergeProfiles(folds.map(({ profile }) => profile))),
    successes: mergeSamples(
      folds.map(({ successes }) => successes),
      SUCCESSES,
    ),
  }
}

/** Folds are the same episodes everywhere: the first with the first, and so on. */
function byFold<Fold>(all: readonly (readonly Fold[])[], merge: (folds: readonly Fold[]) => Fold): Fold[] {
  const [first = []] = all
  return first.map((_, index) => merge(all.map((folds) => folds[index] as Fold)))
}
