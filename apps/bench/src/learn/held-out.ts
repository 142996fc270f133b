import { isDeepStrictEqual } from 'node:util'
import {
  type Category,
  type Clock,
  createLifeHarness,
  type Episode,
  type Intervention,
  type LifeHarnessConfig,
  type RegistryState,
  type ToolCall,
  type ToolResult,
  type Trajectory,
  toolKey,
} from '@lifeharness/core'
import { findPairs, hintAgrees, type JudgedStep, openAccount, type StepPair } from '@lifeharness/core/learn'
import type { EditedPair } from './recurring.ts'
import { sameStatement } from './same-statement.ts'

/** What interventions did to recorded episodes that they were not learnt from. Counts of calls, but for `episodes…`. */
export type HeldOutCounts = {
  episodes: number
  failed: number
  /** Failed calls turned into exactly a call that later succeeded: by an edit, by repeating it. */
  exact: { edited: number; repeated: number }
  /** The edited ones among them, as `callKey` names them. */
  exactCalls: string[]
  /** Failed calls turned into the same query as one that later succeeded, in other letters' case or white space. */
  respelledCalls: string[]
  /** Edits of failed calls of which nobody knows what would have become. */
  unproven: number
  /** Failed calls that were not sent at all. */
  blocked: number
  /** Errors that were explained; whether the model's own next success bears it out, where that can be told. */
  hints: { given: number; agreed: number; disagreed: number }
  /** Episodes in which anything acted. */
  episodesTouched: number
  successes: number
  /** Recorded successes that would have been another call, or none, or twice. */
  wrong: number
  wrongExamples: string[]
}

export function noCounts(): HeldOutCounts {
  return {
    episodes: 0,
    failed: 0,
    exact: { edited: 0, repeated: 0 },
    exactCalls: [],
    respelledCalls: [],
    unproven: 0,
    blocked: 0,
    hints: { given: 0, agreed: 0, disagreed: 0 },
    episodesTouched: 0,
    successes: 0,
    wrong: 0,
    wrongExamples: [],
  }
}

/** Time stands still: a delay is over at once. */
const noTime: Clock = { now: () => 0, monotonic: () => 0, sleep: async () => {} }

/** Runs recorded episodes through the real runtime, with interventions that are all active, and adds what they did. */
export async function replayEpisodes(
  episodes: readonly { trajectory: Trajectory; judged: readonly JudgedStep[] }[],
  interventions: readonly Intervention[],
  config: LifeHarnessConfig,
  counts: HeldOutCounts,
): Promise<void> {
  const layer = await createLifeHarness({
    registry: registryOf(interventions),
    mode: 'frozen',
    config,
    clock: noTime,
    onFault: ({ where, error }) => console.error(`fault in ${where}: ${String(error)}`),
  })
  const byId = new Map(interventions.map((one) => [one.id, one]))
  for (const { trajectory, judged } of episodes) {
    const { id, contracts } = trajectory
    const opened = (past: readonly JudgedStep[]) => {
      const made = layer.episode({ id, ...(trajectory.scope ? { scope: trajectory.scope } : {}) })
      made.presentTools(contracts)
      for (const { step } of past) made.observe({ ...step.executed, attempt: 1 }, step.result)
      return made
    }
    let episode = opened([])
    counts.episodes++
    let touched = false
    const pairs = new Map(findPairs(judged).map((pair) => [pair.failed, pair]))
    for (const [position, one] of judged.entries()) {
      if (one.step.result.outcome === 'interrupted') continue
      const course: Course = { judged, position, pairs, id }
      const { acted, corrected } = await replayStep(episode, one, course, byId, counts)
      if (acted) touched = true
      if (!corrected) continue
      // The recording goes on as if nothing had been done: what the model would have done next, nobody knows.
      episode.end()
      episode = opened(judged.slice(0, position + 1))
    }
    if (touched) counts.episodesTouched++
    episode.end()
  }
  await layer.close()
}

type Course = {
  judged: readonly JudgedStep[]
  position: number
  pairs: ReadonlyMap<number, StepPair>
  id: string
}

async function replayStep(
  episode: Episode,
  { step, failed, succeeded }: JudgedStep,
  course: Course,
  byId: ReadonlyMap<string, Intervention>,
  counts: HeldOutCounts,
): Promise<{ acted: boolean; corrected: boolean }> {
  const call = { ...step.executed, attempt: 1 }
  if (failed) counts.failed++
  if (succeeded) counts.successes++
  const later = laterSuccess(course)
  const plan = episode.planCall(call)
  const isBlocked = plan.respond !== undefined
  const isEdited = !sameArguments(plan.call, call, true)
  let repeated = false
  /** What a failed call was sent again as. */
  let corrected: ToolCall | undefined
  let acted = plan.applied.filter(({ arm }) => arm === 'applied')
  let result = step.result
  if (isBlocked || isEdited) {
    episode.observe(call, step.result)
  } else {
    const run = await episode.run(
      call,
      (asked): ToolResult => {
        if (asked.attempt === 1) return step.result
        if (sameArguments(asked, call, true)) repeated = true
        else corrected = asked
        return later(asked) ?? step.result
      },
      { host: { read: (value) => ({ ...(value as ToolResult), view: () => (value as ToolResult).view() }) } },
    )
    acted = run.applied.filter(({ arm }) => arm === 'applied')
    result = run.result
  }
  if (!failed) {
    // What was expected to be empty, say, is no success, but nothing may change it either.
    if (isEdited || repeated || corrected || isBlocked) {
      counts.wrong++
      counts.wrongExamples.push(`${course.id} ${toolKey(call.tool)} by ${acted.map((a) => a.intervention)}`)
    }
    return { acted: acted.length > 0, corrected: corrected !== undefined }
  }
  const edited = isEdited ? plan.call : corrected
  if (isBlocked) counts.blocked++
  else if (edited) {
    if (isEdited ? later(edited) : result.outcome === 'ok') {
      counts.exact.edited++
      counts.exactCalls.push(callKey(course.id, course.position))
    } else if (laterRespelled(course, edited)) counts.respelledCalls.push(callKey(course.id, course.position))
    else counts.unproven++
  } else if (repeated && result.outcome === 'ok') counts.exact.repeated++
  for (const { action, intervention } of acted)
    if (action === 'replace-result') judgeHint(byId.get(intervention), course, counts)
  return { acted: acted.length > 0, corrected: corrected !== undefined }
}

/** One tool call of the recordings. */
export function callKey(episode: string, position: number): string {
  return `${episode} ${position}`
}

/** The result of the first later success with the same tool and arguments. */
function laterSuccess({ judged, position }: Course): (call: ToolCall) => ToolResult | undefined {
  return (call) =>
    judged
      .slice(position + 1)
      .find(({ step, succeeded }) => succeeded && sameArguments(step.executed, call, true))?.step.result
}

function laterRespelled({ judged, position }: Course, { tool, input }: ToolCall): boolean {
  return judged.slice(position + 1).some(({ step: { executed }, succeeded }) => {
    return succeeded && toolKey(executed.tool) === toolKey(tool) && sameStatement(executed.input, input)
  })
}

function sameArguments(a: ToolCall, b: ToolCall, withTool = false): boolean {
  if (withTool && toolKey(a.tool) !== toolKey(b.tool)) return false
  return a.rawInput === b.rawInput && isDeepStrictEqual(a.input ?? null, b.input ?? null)
}

/** Steps after a failure within which the next success of the tool answers a hint. */
const HINT_WINDOW = 8

function judgeHint(
  intervention: Intervention | undefined,
  { judged, position, pairs }: Course,
  { hints }: HeldOutCounts,
): void {
  if (!intervention) return
  hints.given++
  const failed = (judged[position] as JudgedStep).step
  const paired = pairs.get(position)?.succeeded
  const after = judged.slice(position + 1, Math.max(position + 1 + HINT_WINDOW, (paired ?? 0) + 1))
  const next = after.findIndex(({ step, succeeded }) => {
    return succeeded && toolKey(step.call.tool) === toolKey(failed.call.tool)
  })
  const found = paired === undefined ? next : paired - position - 1
  const between = (found < 0 ? after : after.slice(0, found)).map(({ step }) => step)
  const agrees = hintAgrees(intervention.options, { failed, between, next: after[found]?.step })
  if (agrees) hints.agreed++
  else if (agrees === false && pairs.get(position)?.succeeded === position + 1 + found) hints.disagreed++
}

/** A registry in which all of them act, for every model family. */
export function registryOf(interventions: readonly Intervention[]): RegistryState {
  return {
    version: 1,
    entries: interventions.map((intervention) => ({
      intervention,
      pinned: true,
      stages: {
        default: {
          stage: 'active',
          since: 0,
          reason: 'held-out replay',
          controlShare: 0,
          account: openAccount(),
        },
      },
    })),
    templates: {},
    settings: {},
  }
}

/** Nothing was wrong with the call, the state of the world refused it: what came next is another decision. */
const REFUSED: ReadonlySet<Category> = new Set(['state.precondition', 'state.conflict'])

/** A failed call and its correction; `key` names the call. */
export type KeyedPair = EditedPair & { key: string; refused: boolean }

/** The pairs of an episode that were edited. */
export function editedPairs(id: string, judged: readonly JudgedStep[]): KeyedPair[] {
  return findPairs(judged).flatMap(({ failed, succeeded, relation }) => {
    const before = judged[failed]?.step.executed
    const category = judged[failed]?.failure?.category ?? 'unknown'
    const after = judged[succeeded]?.step.executed.input
    if (relation !== 'edited' || before?.input === undefined || after === undefined) return []
    return [
      {
        ...{ episode: id, tool: toolKey(before.tool), before: before.input, after },
        ...{ key: callKey(id, failed), refused: REFUSED.has(category) },
      },
    ]
  })
}
