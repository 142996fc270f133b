import { factsOf, mayInsert } from '../config.ts'
import type { Draft } from '../intervention.ts'
import { type ArgumentPath, canonicalJson, isJsonObject, type Json } from '../json.ts'
import { isRefusal } from '../refusal.ts'
import { type ToolContract, toolKey } from '../tool.ts'
import type { ToolCall, Trajectory } from '../trajectory.ts'
import { changesBetween } from './diff.ts'
import { type Drift, driftsAfter } from './drift.ts'
import { adviceHolds, hintAgrees } from './hint-agreement.ts'
import { insertedBefore, isInserted } from './inserted-calls.ts'
import type { JudgedStep } from './judge.ts'
import { isFromContract, isInCall, LITERAL_SUBJECTS } from './literals.ts'
import { findPairs, type StepPair } from './pairs.ts'
import { conforms, type ToolProfile } from './profile.ts'
import { concerns, issuesUnder, type Moment, noMemory, type Replayable } from './replay.ts'
import { offer } from './sample.ts'
import { similarity } from './similarity.ts'
import { familyCount, MAX_EPISODES, type Trial } from './trial.ts'

/** A profile by tool key and contract, without the episodes of a fold. */
export type ProfileOf = (
  tool: string,
  contract: ToolContract | undefined,
  fold: number,
) => ToolProfile | undefined

/** One recorded episode, as the trials meet it. */
export type Course = {
  trajectory: Trajectory
  judged: readonly JudgedStep[]
  fold: number
  /** Profile of a tool under one schema, without this fold's episodes. */
  profile: (tool: string, contract: ToolContract | undefined) => ToolProfile | undefined
  /** Pairs by the position of the failed step. */
  pairs(): ReadonlyMap<number, StepPair>
  /** Arguments that were executed at a position, as text that is equal for equal arguments. */
  executed(position: number): string
  /** What has changed in the tools since. */
  drifts: readonly Drift[]
  /** Whether an untrusted tool's text had said something before a position: what the model writes then may be its. */
  wasTold(position: number, literal: string): boolean
}

export function courseOf(
  trajectory: Trajectory,
  judged: readonly JudgedStep[],
  fold: number,
  profiles: ProfileOf,
  drifts: readonly Drift[],
): Course {
  let pairs: Map<number, StepPair> | undefined
  const texts: (string | undefined)[] = []
  let told: Told[] | undefined
  return {
    trajectory,
    judged,
    fold,
    drifts,
    profile: (tool, contract) => profiles(tool, contract, fold),
    pairs: () => (pairs ??= new Map(findPairs(judged).map((pair) => [pair.failed, pair]))),
    executed: (position) => (texts[position] ??= textOf((judged[position] as JudgedStep).step.executed)),
    wasTold(position, literal) {
      told ??= toldIn(judged)
      const small = literal.toLowerCase()
      return told.some(({ at, text }) => at < position && text.includes(small))
    },
  }
}

type Told = { at: number; text: string }

function toldIn(judged: readonly JudgedStep[]): Told[] {
  return judged.flatMap(({ step: { result }, settings }, at) => {
    if (settings.facts.trusted) return []
    const view = result.view()
    const said = typeof view === 'string' ? view : JSON.stringify(view)
    return [{ at, text: `${result.error?.message ?? ''}\n${said}`.toLowerCase() }]
  })
}

function textOf(call: ToolCall): string {
  return `${toolKey(call.tool)} ${call.rawInput ?? canonicalJson(call.input ?? null)}`
}

/** Steps after a failure within which the next success of the tool answers a hint. */
const HINT_WINDOW = 8

/** Counts one episode in each trial whose tool it calls. A kind that throws ends its trial, not the others. */
export function replayCourse(
  course: Course,
  trials: readonly Trial[],
  fault: (where: string, error: unknown) => void = () => {},
): void {
  const memory = noMemory()
  const attempts = new Map<Trial, Attempt[]>()
  for (const [position, judged] of course.judged.entries()) {
    const { step } = judged
    const refused = isRefusal(step)
    const key = toolKey(step.call.tool)
    for (const call of insertedBefore(step, trials)) memory.inserted(call)
    for (const trial of trials) {
      if (isInserted(trial, judged)) {
        if (mayInsert(judged.settings, step.executed)) trial.mayInsert = true
        noteLiterals(trial, course, position)
      }
      if (!trial.main || toolKey(trial.candidate.draft.tool) !== key) continue
      noteFacts(trial, judged)
      noteLiterals(trial, course, position)
      if (step.result.outcome === 'interrupted' || (refused && !judged.failed)) continue
      try {
        const attempt = replayStep(trial, course, position, {
          ...judged,
          call: step.executed,
          result: step.result,
          memory,
          contracts: course.trajectory.contracts,
        })
        if (attempt) attempts.set(trial, [...(attempts.get(trial) ?? []), attempt])
      } catch (error) {
        trial.problem = `it threw on a recorded call: ${error instanceof Error ? error.message : error}`
        trial.main = undefined
        fault(`validation of ${trial.candidate.draft.kind}`, error)
      }
    }
    memory.add(step, refused)
  }
  for (const [trial, made] of attempts) judgeEdits(trial, course, made)
}

/** Of a tool of which the user says that some of its calls read, the failed ones decide what may be sent again. */
function noteFacts(trial: Trial, { settings, step, failed }: JudgedStep): void {
  if (!failed) {
    trial.facts ??= settings.facts
    return
  }
  const facts = factsOf(settings, step.executed)
  trial.facts = {
    ...facts,
    readOnly: facts.readOnly || trial.facts?.readOnly === true,
    idempotent: facts.idempotent || trial.facts?.idempotent === true,
  }
}

/** An edit of a failed call. */
type Attempt = { position: number; edited: ToolCall }

function replayStep(trial: Trial, course: Course, position: number, at: Moment): Attempt | undefined {
  const judged = course.judged[position] as JudgedStep
  if (!judged.failed) {
    examineSuccess(trial, course, position, at)
    return undefined
  }
  // What ran was not what the model wrote, and failed: it says nothing of a call that the intervention would meet.
  if (judged.step.executed !== judged.step.call && judged.step.applied.length > 0) return undefined
  if (at.failure && trial.candidate.draft.signatures.includes(at.failure.signature)) trial.failures++
  const action = trial.heldOut[course.fold]?.ask(at)
  if (!action) return undefined
  switch (action.type) {
    case 'replace-call':
      return { position, edited: action.call }
    case 'retry':
      if (action.call) return { position, edited: action.call }
      if (findLater(course, position, course.executed(position)) !== undefined)
        countFix(trial, course, position)
      return undefined
    case 'respond':
    case 'stop':
      countFix(trial, course, position)
      return undefined
    default:
      judgeHint(trial, course, position)
      return undefined
  }
}

/**
 * On a recorded success every action is a wrong repair: of what is held out, and of what would be registered. Not so
 * where it touches what the tool has refused ever since: that call would be wrong today.
 */
function examineSuccess(trial: Trial, course: Course, position: number, at: Moment): void {
  const held = trial.heldOut[course.fold]
  const outdated = driftsAfter(course.drifts, (course.judged[position] as JudgedStep).step)
  const isOutdated = (path: ArgumentPath) =>
    outdated.some((drift) => drift.path === path || path.startsWith(`${drift.path}/`))
  const asked = held === trial.main ? [held] : [held, trial.main]
  const touched = asked.flatMap((one) => {
    const paths = one && touchedBy(one, at)
    return paths ? [paths] : []
  })
  const wrong = touched.some((paths) => !paths.some(isOutdated))
  if (touched.length > 0 && !wrong) return
  if (held && concerns(held.draft, at)) {
    trial.examined++
    familyCount(trial, course.trajectory.family).examined++
  }
  if (wrong) trial.wrongRepairs++
  else if (at.call.input !== undefined && isSmall(at.call.input)) {
    const { input } = at.call
    offer(trial.fixtures.leaves, course.executed(position), () => ({ input, episode: course.trajectory.id }))
  }
}

/** The arguments that an intervention would have touched; none where it acts on the call as a whole. */
function touchedBy(one: Replayable, at: Moment): readonly ArgumentPath[] | undefined {
  const { input } = at.call
  if (one.kind.phase === 'tools') {
    // What is said before any call is said of the good ones too, and is wrong where one of them is otherwise.
    const isWrong = input !== undefined && adviceHolds(one.draft.options, input) === false
    const path = one.draft.anchor?.path
    return isWrong ? (path === undefined ? [] : [path]) : undefined
  }
  if (one.kind.phase === 'turn') return didWithout(one.draft, at) ? [] : undefined
  const action = one.ask(at)
  if (action?.type !== 'replace-call') return action && []
  const edited = action.call.input
  return input === undefined || edited === undefined
    ? []
    : changesBetween(input, edited).map(({ path }) => path)
}

/** An order of calls (`sequence-card`) is told before any of them: a success that did without one shows it wrong. */
function didWithout({ tool: { origin }, options }: Draft, { memory }: Moment): boolean {
  if (!Array.isArray(options.tools)) return false
  const before = options.tools.slice(0, -1)
  return before.some((name) => !memory.hasSucceeded({ origin, name: String(name) }))
}

const FIXTURE_LENGTH = 2_000

function isSmall(input: Json): boolean {
  return JSON.stringify(input).length <= FIXTURE_LENGTH
}

/** The first later success with these arguments. */
function findLater(course: Course, position: number, text: string): number | undefined {
  for (let at = position + 1; at < course.judged.length; at++)
    if (course.judged[at]?.succeeded && course.executed(at) === text) return at
  return undefined
}

/**
 * An edit is a fix when a later success has exactly its arguments. Where the model corrected the call in another way,
 * the edit is contradicted if the two differ only in places that the edit touched while the rest, which shows that both
 * mean the same, is equal; and weak if it agrees in all the places it touched. Where no correction is known it is weak
 * if it passes contract and profile. All else proves nothing.
 */
function judgeEdits(trial: Trial, course: Course, attempts: readonly Attempt[]): void {
  const exact = attempts.map(({ position, edited }) => findLater(course, position, textOf(edited)))
  const claimed = new Set(exact.filter((at) => at !== undefined))
  for (const [index, attempt] of attempts.entries()) {
    const { position, edited } = attempt
    const pair = course.pairs().get(position)
    if (exact[index] !== undefined) countFix(trial, course, position, edited)
    // A success that is another failure's correction says nothing of this one.
    else if (pair?.relation === 'edited' && !claimed.has(pair.succeeded))
      compareWithCorrection(trial, course, attempt, pair)
    else if (!pair && looksRight(course, position, edited)) countFix(trial, course, position, edited, true)
  }
}

function compareWithCorrection(
  trial: Trial,
  course: Course,
  { position, edited }: Attempt,
  pair: StepPair,
): void {
  const original = (course.judged[position] as JudgedStep).step.executed.input
  const corrected = (course.judged[pair.succeeded] as JudgedStep).step.executed.input
  if (original === undefined || corrected === undefined || edited.input === undefined) return
  const touched = new Set(changesBetween(original, edited.input).map(({ segments }) => segments.join('/')))
  const different = changesBetween(edited.input, corrected)
  const disputed = different.filter(({ segments }) => touched.has(segments.join('/')))
  if (disputed.length === 0) countFix(trial, course, position, edited, true)
  else if (disputed.length === different.length && hasUntouched(edited.input, touched)) {
    // What only writes a value in another way is contradicted by a third way. Another value may be another intent; how
    // often the model came to one is weighed in the end.
    if (trial.risk !== 'form' || disputed.some(isSameInOtherWords)) trial.contradicted++
    else trial.elsewhere++
  }
}

/** Something else in the arguments shows that two calls are of one intent. */
function hasUntouched(input: Json, touched: ReadonlySet<string>): boolean {
  if (!isJsonObject(input)) return false
  const names = new Set([...touched].map((place) => place.split('/')[0]))
  return Object.entries(input).some(([name, value]) => !names.has(name) && value !== null && value !== '')
}

const SAME_WORDS = 0.5

function isSameInOtherWords({ before, after }: { before?: Json; after?: Json }): boolean {
  return before !== undefined && after !== undefined && similarity(before, after) >= SAME_WORDS
}

function looksRight(course: Course, position: number, edited: ToolCall): boolean {
  const { contract } = course.judged[position] as JudgedStep
  const profile = course.profile(toolKey(edited.tool), contract)
  return (
    edited.input !== undefined &&
    issuesUnder(contract, edited.input).length === 0 &&
    profile !== undefined &&
    conforms(profile, edited.input)
  )
}

function judgeHint(trial: Trial, course: Course, position: number): void {
  const failed = course.judged[position] as JudgedStep
  const key = toolKey(failed.step.call.tool)
  const paired = course.pairs().get(position)?.succeeded
  // The model's own fix, where one is known; a look around in between is none.
  const end = Math.max(position + 1 + HINT_WINDOW, (paired ?? 0) + 1)
  const later = course.judged.slice(position + 1, end)
  const found =
    paired === undefined
      ? later.findIndex(({ step, succeeded }) => succeeded && toolKey(step.call.tool) === key)
      : paired - position - 1
  const between = (found < 0 ? later : later.slice(0, found)).map(({ step }) => step)
  const agrees = hintAgrees(trial.candidate.draft.options, {
    failed: failed.step,
    between,
    next: later[found]?.step,
  })
  if (agrees) countFix(trial, course, position)
  else if (agrees === false && course.pairs().get(position)?.succeeded === position + 1 + found)
    trial.contradicted++
}

function countFix(trial: Trial, course: Course, position: number, edited?: ToolCall, weak = false): void {
  const { step, failure } = course.judged[position] as JudgedStep
  const { id, family } = course.trajectory
  if (trial.episodes.size < MAX_EPISODES) trial.episodes.add(id)
  if (weak) trial.weakFixes++
  else {
    trial.fixes++
    const count = familyCount(trial, family)
    count.fixes++
    if (failure?.dead) count.dead++
    if (count.episodes.length < 20 && !count.episodes.includes(id)) count.episodes.push(id)
  }
  const { input, rawInput } = step.executed
  if (rawInput === undefined && (input === undefined || !isSmall(input))) return
  // The fixture tests what would be registered, which may not be what was held out here.
  if (edited && trial.heldOut[course.fold] !== trial.main) return
  offer(trial.fixtures.fixes, `${weak ? 1 : 0} ${course.executed(position)}`, () => ({
    ...(input === undefined ? {} : { input }),
    ...(rawInput === undefined ? {} : { rawInput: rawInput.slice(0, FIXTURE_LENGTH) }),
    ...(failure ? { error: failure.evidence.bytes.slice(0, 200) } : {}),
    ...(edited?.input === undefined || weak ? {} : { expect: edited.input }),
    episode: id,
  }))
}

function noteLiterals(trial: Trial, course: Course, position: number): void {
  const { contract, step } = course.judged[position] as JudgedStep
  const { subject, scope } = course.trajectory
  for (const [literal, use] of trial.literals) {
    if (use.contract || use.subjects.size >= LITERAL_SUBJECTS) continue
    if (use.calls && (subject === undefined || use.subjects.has(subject)) && use.scopes.has(scope ?? ''))
      continue
    if (
      isFromContract(literal, contract) ||
      course.trajectory.contracts.some(({ tool }) => tool.name === literal)
    ) {
      use.contract = true
      continue
    }
    if (!isInCall(literal, step.executed) && !isInCall(literal, step.call)) continue
    if (course.wasTold(position, literal)) {
      use.told = true
      continue
    }
    use.calls = true
    if (subject !== undefined) use.subjects.add(subject)
    if (use.scopes.size < 2) use.scopes.add(scope ?? '')
  }
}
