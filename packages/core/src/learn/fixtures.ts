import { toolSettings } from '../config.ts'
import type { Failure } from '../failure.ts'
import type { Fixture, Intervention, Kind } from '../intervention.ts'
import { jsonEqual } from '../json.ts'
import type { ToolContract } from '../tool.ts'
import { type ToolCall, toolResult } from '../trajectory.ts'
import { issuesUnder, noMemory, type Replayable, replayable } from './replay.ts'
import { sampled } from './sample.ts'
import type { Trial } from './trial.ts'

/** What re-running the fixtures of an intervention found. */
export type FixtureVerdict = { passes: boolean; reason: string }

/**
 * Re-runs the fixtures of an intervention: recorded failing inputs it must fix, recorded good inputs it must not touch.
 * Asked when the contract has changed at its anchor; `contract` is the new one. Kinds that need the course of an
 * episode, or a recorded result, cannot be asked with arguments alone: theirs hold as they are.
 */
export function replayFixtures(
  intervention: Intervention,
  kinds: readonly Kind[],
  contract?: ToolContract,
): FixtureVerdict {
  const kind = kinds.find((one) => one.kind === intervention.kind)
  if (!kind) return { passes: false, reason: `there is no kind ${intervention.kind}` }
  let replay: Replayable
  try {
    // The question is what it would do under the new contract, as if it had been validated under it.
    const { anchor: _, ...unanchored } = intervention
    replay = replayable(unanchored, kind)
  } catch (error) {
    return { passes: false, reason: `it does not compile: ${error instanceof Error ? error.message : error}` }
  }
  const { fixes, leaves } = intervention.origin.fixtures
  const askable = kind.phase === 'call' && !kind.needsEpisode
  if (!askable) return { passes: true, reason: 'its fixtures cannot be asked without an episode' }
  const touched = leaves.filter((fixture) => outputOf(replay, intervention, fixture, contract) !== undefined)
  if (touched.length > 0)
    return { passes: false, reason: `it changes ${touched.length} of ${leaves.length} recorded good inputs` }
  const missed = fixes.filter((fixture) => !isFixed(replay, intervention, fixture, contract))
  if (missed.length > 0)
    return {
      passes: false,
      reason: `it no longer fixes ${missed.length} of ${fixes.length} recorded failures`,
    }
  return {
    passes: true,
    reason: `it fixes ${fixes.length} recorded failures and leaves ${leaves.length} good inputs alone`,
  }
}

function isFixed(
  replay: Replayable,
  intervention: Intervention,
  fixture: Fixture,
  contract: ToolContract | undefined,
): boolean {
  const output = outputOf(replay, intervention, fixture, contract)
  if (output?.input === undefined) return false
  if (fixture.expect !== undefined) return jsonEqual(output.input, fixture.expect)
  return issuesUnder(contract, output.input).length === 0
}

function outputOf(
  replay: Replayable,
  intervention: Intervention,
  { input, rawInput, error }: Fixture,
  contract: ToolContract | undefined,
): ToolCall | undefined {
  const call: ToolCall = {
    id: 'fixture',
    tool: intervention.tool,
    ...{ turn: 0, index: 0, attempt: 1, approved: false },
    ...(input === undefined ? {} : { input }),
    ...(rawInput === undefined ? {} : { rawInput }),
  }
  const result = toolResult('error', error ?? '', { error: { message: error ?? 'unknown error' } })
  const action = replay.ask({
    call,
    result,
    contract,
    settings: toolSettings({}, intervention.tool, contract),
    failure: failureOf(intervention, error),
    memory: noMemory(),
  })
  return action && ('call' in action && action.call ? action.call : call)
}

function failureOf({ category, signatures }: Intervention, error: string | undefined): Failure {
  return {
    category,
    signature: signatures[0] ?? category,
    rank: 'typed',
    attribution: 'unknown',
    retryable: 'after-change',
    effect: 'none',
    evidence: { detector: 'fixture', bytes: error ?? '' },
    dead: false,
  }
}

/** The fixtures that a trial leaves behind: proven fixes before plausible ones; what induction gave where it has none. */
export function collectFixtures({ fixtures, candidate, main, heldOut }: Trial): {
  fixes: Fixture[]
  leaves: Fixture[]
} {
  const given = candidate.draft.origin.fixtures
  if (!main || heldOut.every((one) => one === undefined)) return given
  const found = { fixes: sampled(fixtures.fixes), leaves: sampled(fixtures.leaves) }
  const fixes = found.fixes.length > 0 ? found.fixes : given.fixes
  return {
    fixes: [...fixes].sort((a, b) => Number(a.expect === undefined) - Number(b.expect === undefined)),
    leaves: found.leaves.length > 0 ? found.leaves : given.leaves,
  }
}
