import type { ActionType, Applied } from '../action.ts'
import type { Failure } from '../failure.ts'
import { jsonEqual } from '../json.ts'
import { type Tool, toolKey } from '../tool.ts'
import type { ToolCall, ToolStep, Trajectory } from '../trajectory.ts'

/** What one episode says of one intervention. The unit of the test is the episode: its first touched call decides. */
export type InterventionOutcome = {
  intervention: string
  version: number
  episode: string
  family: string
  arm: 'treated' | 'control' | 'shadow'
  /** Probability with which the episode was drawn for treatment, where it was drawn. */
  treatedShare?: number
  /** The action at the first touched call, and whether that call was dead. */
  action: ActionType
  dead: boolean
  success: boolean
  /** No signal got worse; absent where the episode gives none. */
  guardrail?: boolean
  /** Touched calls after the first: reported, never tested (correlated, and post-treatment). */
  later: number
  /** Over all touched calls on which it was only computed: failures that the edit, retry or block answers rightly … */
  fixes: number
  /** … of them dead calls … */
  deadFixes: number
  /** … and calls that succeeded as they were, which it would have changed or stopped. */
  breaks: number
}

export type OutcomeOptions = {
  /** The tool's success is declared by the user (`succeeded`), so its verdict is a guardrail. */
  declaresSuccess?(tool: Tool): boolean
  /** The later call takes back what the earlier one did. Only where declared. */
  compensates?(earlier: ToolCall, later: ToolCall): boolean
}

/** Tool steps after the touched call within which a hint, a block or a guardrail is judged. */
const WINDOW = 3

type Course = {
  steps: readonly ToolStep[]
  succeeded: readonly boolean[]
  failed: readonly boolean[]
  trajectory: Trajectory
  options: OutcomeOptions
}

/** The outcomes of one finished episode, one for each intervention that touched a call of it. Pure. */
export function collectOutcomes(
  trajectory: Trajectory,
  failureOf: (step: ToolStep) => Failure | undefined,
  options: OutcomeOptions = {},
): InterventionOutcome[] {
  const steps = trajectory.steps.filter((step) => step.type === 'tool')
  if (!steps.some(({ applied }) => applied.length > 0)) return []
  const failures = steps.map((step) => failureOf(step))
  const course: Course = {
    steps,
    failed: steps.map((_, index) => failures[index] !== undefined && !failures[index].expectedNegative),
    succeeded: steps.map(
      ({ result }, index) =>
        result.outcome === 'ok' && (!failures[index] || failures[index].expectedNegative === true),
    ),
    trajectory,
    options,
  }
  const outcomes = new Map<string, InterventionOutcome>()
  for (const [index, step] of steps.entries()) {
    // Control flow of the host says nothing of the call.
    if (step.result.outcome === 'interrupted') continue
    for (const applied of step.applied) {
      const known = outcomes.get(applied.intervention)
      const outcome = known ?? firstOutcome(course, index, applied)
      if (known) known.later++
      else outcomes.set(applied.intervention, outcome)
      if (applied.arm === 'applied') continue
      if (wouldFix(course, index, applied)) {
        outcome.fixes++
        if (applied.dead) outcome.deadFixes++
      } else if (wouldBreak(course, index, applied)) outcome.breaks++
    }
  }
  return [...outcomes.values()]
}

function firstOutcome(course: Course, index: number, applied: Applied): InterventionOutcome {
  const { id, family } = course.trajectory
  const guardrail = guardrailHeld(course, index, applied)
  return {
    intervention: applied.intervention,
    version: applied.version,
    episode: id,
    family,
    arm: applied.arm === 'applied' ? 'treated' : applied.arm,
    ...(applied.treatedShare === undefined ? {} : { treatedShare: applied.treatedShare }),
    action: applied.action,
    dead: applied.dead,
    success: succeededAt(course, index, applied.action),
    ...(guardrail === undefined ? {} : { guardrail }),
    later: 0,
    fixes: 0,
    deadFixes: 0,
    breaks: 0,
  }
}

function succeededAt(course: Course, index: number, action: ActionType): boolean {
  const step = course.steps[index] as ToolStep
  switch (action) {
    case 'replace-result':
    case 'add-context':
    case 'replace-tools': {
      // A hint worked when the next call of the tool succeeds: its failure did not recur, and the model went on.
      const next = window(course, index).find((at) => sameTool(course.steps[at] as ToolStep, step))
      return next !== undefined && course.succeeded[next] === true
    }
    case 'respond':
    case 'stop':
      return !window(course, index).some((at) => repeats(course.steps[at] as ToolStep, step))
    default:
      return course.succeeded[index] === true
  }
}

function window({ steps }: Course, index: number): number[] {
  return steps.map((_, at) => at).slice(index + 1, index + 1 + WINDOW)
}

function sameTool(a: ToolStep, b: ToolStep): boolean {
  return toolKey(a.call.tool) === toolKey(b.call.tool)
}

function repeats(later: ToolStep, step: ToolStep): boolean {
  return sameTool(later, step) && sameArguments(later.call, step.call)
}

function sameArguments(a: ToolCall, b: ToolCall): boolean {
  return a.rawInput === b.rawInput && jsonEqual(a.input ?? null, b.input ?? null)
}

/**
 * Signals that must not get worse, joined: the model issues the tool again with other values, takes back what was
 * done, the user's own predicate says no, or the whole episode failed. Absent where none of them can be seen. What
 * comes after is looked at from where the tool succeeded, so that both arms are asked the same: in the control the
 * touched call mostly fails, and that the model then corrects it is no second thought.
 */
function guardrailHeld(course: Course, index: number, applied: Applied): boolean | undefined {
  const { steps, trajectory, options } = course
  const step = steps[index] as ToolStep
  const signals: boolean[] = []
  const settled = [index, ...window(course, index)].find(
    (at) => sameTool(steps[at] as ToolStep, step) && course.succeeded[at],
  )
  const done = steps[settled ?? -1]
  const later = window(course, settled ?? steps.length)
    .map((at) => steps[at] as ToolStep)
    .filter(({ call }) => call.turn !== done?.call.turn)
  if (done && later.length > 0) {
    const meant = [step.call.input, step.executed.input, applied.after, done.executed.input]
    const reissued = later.some(
      (other) =>
        sameTool(other, step) &&
        other.call.input !== undefined &&
        !meant.some((input) => input !== undefined && jsonEqual(input, other.call.input)),
    )
    signals.push(!reissued)
    const { compensates } = options
    if (compensates) signals.push(!later.some(({ call }) => compensates(done.executed, call)))
  }
  if (options.declaresSuccess?.(step.executed.tool)) signals.push(course.succeeded[index] === true)
  if (trajectory.success !== undefined) signals.push(trajectory.success)
  return signals.length === 0 ? undefined : signals.every(Boolean)
}

function wouldFix(course: Course, index: number, applied: Applied): boolean {
  if (!course.failed[index]) return false
  const step = course.steps[index] as ToolStep
  const later = (test: (other: ToolStep) => boolean) =>
    course.steps.some((other, at) => at > index && course.succeeded[at] === true && test(other))
  switch (applied.action) {
    case 'replace-call':
    case 'retry': {
      const { after } = applied
      // Without arguments of its own a retry is the same call again.
      if (after === undefined && applied.action === 'replace-call') return false
      return later(
        (other) =>
          sameTool(other, step) &&
          (after === undefined
            ? sameArguments(other.executed, step.executed)
            : jsonEqual(other.executed.input, after)),
      )
    }
    case 'respond':
    case 'stop':
      return true
    default:
      return false
  }
}

function wouldBreak(course: Course, index: number, applied: Applied): boolean {
  if (!course.succeeded[index]) return false
  const { executed } = course.steps[index] as ToolStep
  switch (applied.action) {
    // What ran is what it would have changed: where another edit ran in between, nothing is known.
    case 'replace-call':
      return (
        jsonEqual(applied.before ?? null, executed.input ?? null) && !jsonEqual(applied.after, applied.before)
      )
    case 'retry':
    case 'respond':
    case 'stop':
      return true
    default:
      return false
  }
}
