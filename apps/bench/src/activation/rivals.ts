import { boundaries, normalBelow, quantileAbove, type Spending } from './boundaries.ts'
import { episodeOf, type Looks, type World } from './traffic.ts'

/** Counts of one comparison; the unit is what the rival takes for one. */
export type Counts = { treated: number; control: number; treatedRight: number; controlRight: number }

export type Rival = {
  name: string
  unit: 'call' | 'episode'
  /** It looks only at these numbers of episodes; without them whenever somebody happens to look. */
  looks?: readonly number[]
  /** "It helps", by what was counted until this look (its index where looks are planned). */
  verdict(counts: Counts, look: number): boolean
}

/** Episodes of both arms after which a planned comparison ends. */
export const PLANNED = 2_000
const LOOKS = 10

/** What is in use elsewhere, at an error level of one test. */
export function rivalsAt(level: number): Rival[] {
  const critical = quantileAbove(level)
  const certain = 1 - level
  return [
    { name: 'naive z-test at every look', unit: 'episode', verdict: (counts) => zOf(counts) > critical },
    { name: 'naive z-test, calls as units', unit: 'call', verdict: (counts) => zOf(counts) > critical },
    {
      name: `Bayes, P(better) > ${+(100 * certain).toFixed(2)} %`,
      unit: 'episode',
      verdict: (counts) => normalBelow(betaZ(counts)) > certain,
    },
    { name: 'mSPRT (τ = 0.05), calls as units', unit: 'call', verdict: (counts) => msprt(counts, level) },
    { name: 'mSPRT (τ = 0.05)', unit: 'episode', verdict: (counts) => msprt(counts, level) },
    groupSequential('OBrienFleming', level),
    groupSequential('Pocock', level),
  ]
}

/** In how many of the first `most` episodes it says "it helps"; Infinity where it does not. */
export function firstVerdict(
  rival: Rival,
  world: World,
  most: number,
  random: () => number,
  looks: Looks,
): number {
  const counts: Counts = { treated: 0, control: 0, treatedRight: 0, controlRight: 0 }
  let look = 0
  let next = rival.looks?.[0] ?? looks(random)
  for (let episode = 1; episode <= most; episode++) {
    const { treated, calls } = episodeOf(world, episode, 0.5, random)
    for (const success of rival.unit === 'call' ? calls : calls.slice(0, 1)) {
      counts[treated ? 'treated' : 'control']++
      if (success) counts[treated ? 'treatedRight' : 'controlRight']++
    }
    if (episode < next) continue
    // A normal approximation needs some of each.
    if (Math.min(counts.treated, counts.control) >= 10 && rival.verdict(counts, look)) return episode
    look++
    next = rival.looks ? (rival.looks[look] ?? Number.POSITIVE_INFINITY) : episode + looks(random)
  }
  return Number.POSITIVE_INFINITY
}

function groupSequential(spending: Spending, level: number): Rival {
  const bounds = boundaries(spending, level, LOOKS)
  const named = spending === 'Pocock' ? 'Pocock' : 'O’Brien–Fleming'
  return {
    name: `${named}, ${LOOKS} planned looks only`,
    unit: 'episode',
    looks: bounds.map((_, index) => ((index + 1) * PLANNED) / LOOKS),
    verdict: (counts, look) => zOf(counts) > (bounds[look] as number),
  }
}

function zOf({ treated, control, treatedRight, controlRight }: Counts): number {
  const pooled = (treatedRight + controlRight) / (treated + control)
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / treated + 1 / control))
  return spread === 0 ? 0 : (treatedRight / treated - controlRight / control) / spread
}

/** Of the difference of two Beta posteriors from uniform priors, by its first two moments. */
function betaZ({ treated, control, treatedRight, controlRight }: Counts): number {
  const moments = (right: number, all: number) => {
    const mean = (right + 1) / (all + 2)
    return { mean, variance: (mean * (1 - mean)) / (all + 3) }
  }
  const one = moments(treatedRight, treated)
  const other = moments(controlRight, control)
  return (one.mean - other.mean) / Math.sqrt(one.variance + other.variance)
}

/**
 * The mixture sequential probability ratio test with a normal mixture of variance τ² (Johari, Koomen, Pekelis & Walsh,
 * "Always valid inference", 2022), two-sided at twice the level and read one-sided.
 */
function msprt(counts: Counts, level: number): boolean {
  const { treated, control, treatedRight, controlRight } = counts
  const difference = treatedRight / treated - controlRight / control
  if (difference <= 0) return false
  const pooled = (treatedRight + controlRight) / (treated + control)
  const variance = pooled * (1 - pooled) * (1 / treated + 1 / control)
  if (variance === 0) return false
  const mixing = 0.05 ** 2
  const log =
    0.5 * Math.log(variance / (variance + mixing)) +
    (mixing * difference ** 2) / (2 * variance * (variance + mixing))
  return log >= -Math.log(2 * level)
}
