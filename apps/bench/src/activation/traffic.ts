import { betaRate, wholeUpTo } from './random.ts'

/** Success rates of touched calls, with and without the intervention. */
export type World = {
  treated: number
  control: number
  /** Correlation of the calls of one episode: they share a latent rate. */
  correlation: number
  /** The rates of both arms swing by this much, slowly: what fails changes with the weeks. */
  drift?: number
}

export type TestedEpisode = { treated: boolean; calls: readonly boolean[] }

/** Calls of one episode that the intervention touches, at most. */
const MOST_CALLS = 12
/** Episodes in which the drift comes round once. */
const ROUND = 700

/** The `index`-th episode of a world, drawn for treatment with probability `share`. */
export function episodeOf(world: World, index: number, share: number, random: () => number): TestedEpisode {
  const treated = random() < share
  const swing = (world.drift ?? 0) * Math.sin((2 * Math.PI * index) / ROUND)
  const mean = Math.min(0.99, Math.max(0.01, world[treated ? 'treated' : 'control'] + swing))
  const rate = betaRate(mean, world.correlation, random)
  const calls: boolean[] = []
  for (let left = wholeUpTo(MOST_CALLS, random); left > 0; left--) calls.push(random() < rate)
  return { treated, calls }
}

/** How many episodes pass until somebody looks again. */
export type Looks = (random: () => number) => number

/** Any number from 1 to 40. */
export const nowAndThen: Looks = (random) => wholeUpTo(40, random)
export const always: Looks = () => 1
