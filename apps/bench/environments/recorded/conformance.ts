import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '@lifeharness/core'
import { jsonLines } from '../json-lines.ts'
import type { ServiceDesk } from './service-desk.ts'

/** How many recorded results and end states came out the same, to the letter; and why not all of them can, where so. */
export type Conformance = {
  what: string
  equal: number
  of: number
  firstDifference?: string
  because?: string
}

/** The recorded solutions, replayed. */
export function solutionConformance(desk: ServiceDesk): Conformance[] {
  const results: Conformance = { what: 'results of solutions', equal: 0, of: 0 }
  const states: Conformance = { what: 'end states of solutions', equal: 0, of: 0 }
  for (const { id, solution, resultHashes, stateHash } of [...desk.tasks, ...desk.readOnly]) {
    if (!resultHashes) continue
    for (const [index, result] of desk.replay(solution).entries())
      compare(results, resultHashes[index], sha1(result), `${id}, call ${index}`)
    compare(states, stateHash, desk.stateHash(), id)
  }
  return [results, states]
}

type RecordedStep =
  | { kind: 'call'; call_id: string; tool: string; args: JsonObject }
  | { kind: 'result'; call_id: string; content: string }
  | { kind: 'message' }
/** Long results are cut when they are recorded: then what is left of the beginning counts. */
const CUT = 900

/**
 * Recorded episodes of agents, replayed call by call.
 * @param injected tells results that did not come from the tool
 */
export function episodeConformance(
  { replay }: ServiceDesk,
  data: string,
  source: string,
  injected: (content: string) => boolean = () => false,
): Conformance | undefined {
  const file = join(data, 'trajectories', `${source}.jsonl`)
  if (!existsSync(file)) return undefined
  const conformance: Conformance = { what: `results in ${source}`, equal: 0, of: 0 }
  for (const { episode_id, steps } of jsonLines<{ episode_id: string; steps: RecordedStep[] }>(file)) {
    const contents = new Map(
      steps.flatMap((step) => (step.kind === 'result' ? [[step.call_id, step.content] as const] : [])),
    )
    const calls = steps.flatMap((step) => {
      const content = step.kind === 'call' ? contents.get(step.call_id) : undefined
      return step.kind === 'call' && content !== undefined && !injected(content)
        ? [{ tool: step.tool, input: step.args, content }]
        : []
    })
    const results = replay(calls)
    for (const [index, { content, tool }] of calls.entries()) {
      const cut = content.length > CUT ? CUT : undefined
      const result = results[index] as string
      compare(
        conformance,
        content.slice(0, cut),
        result.slice(0, cut),
        `${episode_id}, ${tool}, call ${index}`,
      )
    }
  }
  return conformance
}

/** Counts one more, and keeps the first that differs. */
export function compare(
  into: Conformance,
  expected: string | undefined,
  found: string,
  where: string,
): boolean {
  into.of++
  if (expected === found) into.equal++
  else into.firstDifference ??= `${where}: expected ${expected?.slice(0, 100)}, found ${found.slice(0, 100)}`
  return expected === found
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 12)
}
