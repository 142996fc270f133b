import type { Intervention, LifeHarnessConfig, Trajectory } from '@lifeharness/core'
import { builtinClassifiers, builtinKinds } from '@lifeharness/core/builtins'
import {
  builtinInducers,
  type Candidate,
  episodeJudge,
  foldOf,
  type JudgedStep,
  type Learnt,
  learn,
  type Validated,
} from '@lifeharness/core/learn'
import { editedPairs, type HeldOutCounts, type KeyedPair, noCounts, replayEpisodes } from './held-out.ts'
import { configFor, type Recording } from './recordings.ts'
import { recurringPairs } from './recurring.ts'

export type Learned = {
  kind: string
  tool: string
  category: string
  options: Intervention['options']
  passes: boolean
  reason: string
  fixes: number
  weakFixes: number
  contradicted: number
  wrongRepairs: number
  examined: number
  episodes: number
}

export type Measured = {
  name: string
  source: string
  families: readonly string[]
  protocol: Recording['protocol']
  episodes: number
  calls: number
  failed: number
  pairs: { same: number; edited: number }
  /**
   * Failed calls whose correction recurs in another episode (see `recurringPairs`), and those of them that were turned
   * into exactly a call that later succeeded.
   */
  ceiling: {
    arguments: number
    reached: number
    texts: number
    textsReached: number
    /** Those that were turned into the same query in other letters' case or white space (`sameStatement`). */
    respelled: number
    textsRespelled: number
    /** Corrections that recur too, but of calls that were refused: another decision, no repair. */
    decisions: number
  }
  interventions: readonly Learned[]
  /**
   * Each episode under what was induced without its fold (one of ten), of those interventions that validation on all
   * folds lets pass.
   */
  heldOut: HeldOutCounts
  /** The same with induction and validation both without the fold: an edit must occur in three episodes to count. */
  strict?: HeldOutCounts
}

type Judged = { trajectory: Trajectory; judged: readonly JudgedStep[] }

export async function measure(recording: Recording, strict: boolean): Promise<Measured> {
  const config = configFor([recording])
  const episodes = judgedEpisodes(recording.trajectories, config)
  const learnt = await learnFrom(recording.trajectories, config)
  const { mined, validated } = learnt
  const pairs = episodes.flatMap(({ trajectory, judged }) => editedPairs(trajectory.id, judged))
  const heldOut = noCounts()
  for (const fold of folds(episodes)) {
    const passing = validated.filter(({ passes }) => passes).flatMap((one) => heldOutOf(one, fold.number))
    await replayEpisodes(fold.episodes, passing, config, heldOut)
  }
  return {
    name: recording.name,
    source: recording.source,
    families: recording.families,
    protocol: recording.protocol,
    episodes: mined.episodes,
    calls: mined.steps,
    failed: mined.failures,
    pairs: mined.pairs,
    ceiling: ceilingOf(pairs, heldOut),
    interventions: validated.map(learned),
    heldOut,
    ...(strict ? { strict: await strictly(recording, episodes, config) } : {}),
  }
}

function ceilingOf(
  pairs: readonly KeyedPair[],
  { exactCalls, respelledCalls }: HeldOutCounts,
): Measured['ceiling'] {
  const exact = new Set(exactCalls)
  const respelled = new Set(respelledCalls)
  const recurring = recurringPairs(pairs.filter(({ refused }) => !refused))
  const decisions = recurringPairs(pairs.filter(({ refused }) => refused))
  const among = (set: ReadonlySet<{ key: string }>, calls: ReadonlySet<string>) =>
    [...set].filter(({ key }) => calls.has(key)).length
  return {
    arguments: recurring.arguments.size,
    reached: among(recurring.arguments, exact),
    respelled: among(recurring.arguments, respelled),
    texts: recurring.texts.size,
    textsReached: among(recurring.texts, exact),
    textsRespelled: among(recurring.texts, respelled),
    decisions: decisions.arguments.size + decisions.texts.size,
  }
}

async function strictly(
  { trajectories }: Recording,
  episodes: readonly Judged[],
  config: LifeHarnessConfig,
): Promise<HeldOutCounts> {
  const counts = noCounts()
  for (const fold of folds(episodes)) {
    const others = trajectories.filter(({ id }) => foldOf(id) !== fold.number)
    await replayEpisodes(fold.episodes, passing(await learnFrom(others, config)), config, counts)
  }
  return counts
}

/** What was learnt from some models, on the episodes of another. */
export type AcrossModels = { source: string; family: string; from: readonly string[]; counts: HeldOutCounts }

export async function measureAcrossModels(recordings: readonly Recording[]): Promise<AcrossModels[]> {
  const measured: AcrossModels[] = []
  for (const source of new Set(recordings.map((one) => one.source))) {
    const group = recordings.filter((one) => one.source === source)
    const trajectories = group.flatMap((one) => one.trajectories)
    const families = [...new Set(trajectories.map(({ family }) => family))]
    if (families.length < 2) continue
    const config = configFor(group)
    for (const family of families) {
      const learnt = await learnFrom(
        trajectories.filter((one) => one.family !== family),
        config,
      )
      const counts = noCounts()
      const held = trajectories.filter((one) => one.family === family)
      await replayEpisodes(judgedEpisodes(held, config), passing(learnt), config, counts)
      measured.push({ source, family, from: families.filter((other) => other !== family), counts })
    }
  }
  return measured
}

/** Sources of which several models were recorded, all their models together. */
export function pooledBySource(recordings: readonly Recording[]): Recording[] {
  return [...new Set(recordings.map(({ source }) => source))].flatMap((source) => {
    const group = recordings.filter((one) => one.source === source)
    const [first] = group
    if (!first || group.length < 2) return []
    return {
      ...first,
      name: `${source} (${group.length} models)`,
      families: [...new Set(group.flatMap(({ families }) => families))],
      trajectories: group.flatMap(({ trajectories }) => trajectories),
      problems: group.reduce((sum, { problems }) => sum + problems, 0),
    }
  })
}

function judgedEpisodes(trajectories: readonly Trajectory[], config: LifeHarnessConfig): Judged[] {
  const judge = episodeJudge({ classifiers: builtinClassifiers, config })
  return trajectories.map((trajectory) => ({ trajectory, judged: judge(trajectory) }))
}

function learnFrom(trajectories: readonly Trajectory[], config: LifeHarnessConfig): Promise<Learnt> {
  const source = async function* () {
    yield* trajectories
  }
  return learn(source, {
    inducers: builtinInducers,
    kinds: builtinKinds,
    classifiers: builtinClassifiers,
    config,
    fault: (where, error) => console.error(`fault in ${where}:`, error),
  })
}

function passing({ validated }: Learnt): Intervention[] {
  return validated.filter(({ passes }) => passes).map(({ intervention }) => intervention)
}

/** The intervention as it was induced without a fold; none where the other folds do not yield it. */
function heldOutOf({ candidate, intervention }: Validated, fold: number): Intervention[] {
  const draft: Candidate['heldOut'][number] = candidate.heldOut[fold]
  return draft ? [{ ...intervention, ...draft, id: `${intervention.id} without ${fold}` }] : []
}

function folds(episodes: readonly Judged[]): { number: number; episodes: Judged[] }[] {
  const groups = new Map<number, Judged[]>()
  for (const one of episodes) {
    const number = foldOf(one.trajectory.id)
    groups.set(number, [...(groups.get(number) ?? []), one])
  }
  return [...groups].map(([number, members]) => ({ number, episodes: members }))
}

function learned({ intervention, passes, reason, replay }: Validated): Learned {
  const { fixes, weakFixes, contradicted, wrongRepairs, examined, episodes } = replay
  return {
    kind: intervention.kind,
    tool: intervention.tool.name,
    category: intervention.category,
    options: intervention.options,
    ...{ passes, reason, fixes, weakFixes, contradicted, wrongRepairs, examined, episodes },
  }
}
