import type { Trajectory } from '@lifeharness/core'
import {
  clusterTemplates,
  foldOf,
  type Mined,
  mergeMined,
  mergeTemplates,
  mine,
  type TrajectorySource,
  templateOf,
} from '@lifeharness/core/learn'
import { adjustedRand } from './adjusted-rand.ts'

/** One pass against several miners of which each sees its share of the episodes. */
export type Merging = {
  miners: number
  steps: number
  signatures: number
  /** Counts of signatures and tools that differ between the two. */
  different: readonly string[]
  /** How far both put the same signatures into one template, see `adjustedRand`; templates there are. */
  rand: number
  templates: number
}

export async function compareMerged(source: TrajectorySource, miners: number): Promise<Merging> {
  const whole = await mine(source)
  const parts: Mined[] = []
  for (let miner = 0; miner < miners; miner++) parts.push(await mine(() => shareOf(source, miner, miners)))
  const merged = mergeMined(parts)
  const inOnePass = templatesIn(whole)
  return {
    miners,
    steps: whole.steps,
    signatures: whole.signatures.size,
    different: differences(countsOf(whole), countsOf(merged)),
    rand: adjustedRand(inOnePass, templatesIn(merged)),
    templates: new Set(inOnePass.values()).size,
  }
}

/** The template of each signature, as the learner groups them. */
function templatesIn({ signatures }: Mined): Map<string, string> {
  const counted = [...signatures.values()].map(({ signature, template, count }) => {
    return { signature, text: template, count }
  })
  const state = clusterTemplates(mergeTemplates([], counted))
  return new Map(counted.map(({ signature }) => [signature, templateOf(state, signature)?.id ?? '']))
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
