import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LifeHarnessConfig, ToolCall, Trajectory } from '@lifeharness/core'
import { importTrajectories } from '@lifeharness/core/learn'

/** How the model emits its calls: through the provider's tool-calling interface, or written into its text. */
export type Protocol = 'function-calling' | 'prompted'

/** The episodes of one file: one source, nearly always of one model. */
export type Recording = {
  name: string
  source: string
  families: readonly string[]
  protocol: Protocol
  trajectories: readonly Trajectory[]
  /** What the importer could not read. */
  problems: number
}

/** Statements that change nothing, by their first word; what writes inside them says so with a word of its own. */
const READS = /^\s*(?:select|with|show|desc|describe|explain)\b/i
const WRITES = /\b(?:insert|update|delete|drop|alter|create|truncate|replace|merge|into|call|lock|set)\b/i

function onlyReads({ input }: ToolCall): boolean {
  const [statement, ...others] = Object.values((input ?? {}) as object)
  return (
    typeof statement === 'string' && others.length === 0 && READS.test(statement) && !WRITES.test(statement)
  )
}

/**
 * What a user would say of the tools in a configuration: names that begin with a verb of reading read, and so do
 * queries. Files given to the miner are trusted, as the command line does it.
 */
export const BENCH_CONFIG: LifeHarnessConfig = {
  tools: {
    ...Object.fromEntries(
      ['get_*', 'find_*', 'list_*', 'search_*', 'read_*', 'Search', 'Lookup'].map((name) => [
        name,
        { readOnly: true },
      ]),
    ),
    '*sql*': { readOnly: onlyReads },
  },
}

export async function readRecordings(data: string, names: readonly string[] = []): Promise<Recording[]> {
  const folder = join(data, 'trajectories')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort()
  const recordings: Recording[] = []
  for (const file of files) {
    const trajectories: Trajectory[] = []
    const source = importTrajectories({ files: join(folder, file), onProblem: () => {} })
    for await (const trajectory of source) trajectories.push(trajectory)
    recordings.push(recordingOf(file.replace(/\.jsonl$/, ''), trajectories, source.summary.problems))
  }
  return recordings
}

export function recordingOf(
  name: string,
  trajectories: readonly Trajectory[],
  problems: number,
  protocol: Protocol = protocolOf(trajectories),
): Recording {
  return {
    name,
    source: trajectories[0]?.source ?? name,
    families: [...new Set(trajectories.map(({ family }) => family))],
    protocol,
    trajectories,
    problems,
  }
}

/**
 * Prompted: the text of the turn before a call writes that call out, or nobody told the agent any contracts and each
 * call is one text (`Search[…]`, a command).
 */
function protocolOf(trajectories: readonly Trajectory[]): Protocol {
  let calls = 0
  let written = 0
  for (const { steps, contracts } of trajectories) {
    let text = ''
    for (const step of steps) {
      if (step.type === 'model') {
        text = step.text ?? ''
        continue
      }
      calls++
      const { tool, input = {} } = step.call
      const isOneText = contracts.length === 0 && Object.values(input as object).length <= 1
      if (isOneText || text.includes(`${tool.name}(`)) written++
    }
  }
  return written > 0.75 * calls ? 'prompted' : 'function-calling'
}

/** The configuration with every origin of the recordings trusted. */
export function configFor(recordings: readonly Recording[]): LifeHarnessConfig {
  const origins = new Set<string>()
  for (const { trajectories } of recordings)
    for (const { steps } of trajectories)
      for (const step of steps) if (step.type === 'tool') origins.add(step.call.tool.origin)
  return { ...BENCH_CONFIG, trustedOrigins: [...origins] }
}
