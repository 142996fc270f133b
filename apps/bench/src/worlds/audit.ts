import type { ActionType } from '@lifeharness/core'
import { toolResult } from '@lifeharness/core'
import type { Environment, SolutionCall } from '../../environments/environment.ts'
import { isFailure } from './host.ts'
import type { EpisodeReport } from './run-episode.ts'

/** What changes, blocks or adds to a call before it has run. */
const BEFORE: ReadonlySet<ActionType> = new Set(['replace-call', 'respond', 'insert-call'])

export type Audit = {
  /** Calls that the layer changed, blocked, or put another call before. */
  touched: number
  /** Of those: dead as they were written, or seen to fail when they were run as written. */
  right: number
  /** Would have succeeded as they were written. */
  wrong: string[]
}

/**
 * Whether what was changed or blocked would have succeeded as it was written. It is tried: another instance of the
 * environment is brought to where the episode stood, and the call is made there as the agent wrote it.
 */
export async function audit(elsewhere: Environment, { id, seed, turns }: EpisodeReport): Promise<Audit> {
  const found: Audit = { touched: 0, right: 0, wrong: [] }
  const before: SolutionCall[] = []
  for (const { written, told } of turns) {
    if (told.noCall) continue
    const acting = told.applied.filter(({ arm, action }) => arm === 'applied' && BEFORE.has(action))
    if (acting.length > 0 && 'input' in written) {
      found.touched++
      if (told.runnable && (await succeeds(elsewhere, seed, before, written)))
        found.wrong.push(
          `${id}: ${acting.map(({ intervention }) => intervention).join(', ')} on ${JSON.stringify(written)}`,
        )
      else found.right++
    }
    before.push(...told.executed)
  }
  return found
}

async function succeeds(
  environment: Environment,
  seed: number,
  before: readonly SolutionCall[],
  written: SolutionCall,
): Promise<boolean> {
  const { tools } = await environment.reset(seed)
  const run = async ({ tool, input }: SolutionCall) => {
    try {
      return toolResult('ok', await tools.find(({ name }) => name === tool)?.execute(input))
    } catch (error) {
      return toolResult('error', error)
    }
  }
  for (const call of before) await run(call)
  return !isFailure(await run(written))
}
