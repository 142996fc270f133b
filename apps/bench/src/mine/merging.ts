import type { Trajectory } from '@lifeharness/core'
import { foldOf, type Mined, mergeMined, mine, type TrajectorySource } from '@lifeharness/core/learn'

/** One pass against several miners of which each sees its share of the episodes. */
export type Merging = {
  miners: number
  steps: number
  signatures: number
  /** Counts of signatures and tools that differ between the two. */
  different: readonly string[]
}

export async function compareMerged(source: TrajectorySource, miners: number): Promise<Merging> {
  const whole = await mine(source)
  const parts: Mined[] = []
  for (let miner = 0; miner < miners; miner++) parts.push(await mine(() => shareOf(source, miner, miners)))
  return {
    miners,
    steps: whole.steps,
    signatures: whole.signatures.size,
    different: differences(countsOf(whole), countsOf(mergeMined(parts))),
  }
}

async function* shareOf(source: TrajectorySource, miner: number, miners: number): AsyncGenerator<Trajectory> {
  let index = 0
  for await (const episode of source()) if ((foldOf(episode.id) + index++) % miners === miner) yield episode
}

function countsOf(mined: Mined): Map<string, string> {
  const counts = new Map<string, string>()
  for (const { signature, count, episodes, dead, recovered, families } of mined.signatures.values()) {
    const byFamily = Object.entries(families).sort(([a], [b]) => (a < b ? -1 : 1))
    counts.set(signature, JSON.stringify({ count, episodes, dead, recovered, byFamily }))
  }
  for (const [key, { calls, successes, failures }] of mined.tools)
    counts.set(`tool ${key}`, JSON.stringify({ calls, successes, failures }))
  return counts
}

function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key))
}
