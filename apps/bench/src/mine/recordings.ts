import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Trajectory } from '@lifeharness/core'
import { importTrajectories } from '@lifeharness/core/learn'

/** The recorded episodes of a data folder; undefined where it has none. */
export async function recordedEpisodes(data: string): Promise<Trajectory[] | undefined> {
  const folder = join(data, 'trajectories')
  if (!existsSync(folder)) return undefined
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  const read = importTrajectories({
    files: files.sort().map((name) => join(folder, name)),
    onProblem: ({ file, line, reason }) => console.error(`${file}:${line}: ${reason}`),
  })
  const episodes: Trajectory[] = []
  for await (const episode of read) episodes.push(episode)
  return episodes.length > 0 ? episodes : undefined
}
