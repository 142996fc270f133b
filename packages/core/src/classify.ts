import { type Classifier, type ClassifyContext, type Failure, strongest, type Verdict } from './failure.ts'
import { failureFacts } from './failure-facts.ts'
import { signatureOf } from './signature.ts'
import { type ToolCall, type ToolResult, type ToolStep, toolResult } from './trajectory.ts'
import { EVIDENCE_LENGTH, verdict } from './verdict.ts'

/** Told of a classifier that threw; it is skipped. */
export type OnFault = (where: string, error: unknown) => void

/**
 * The failure that a step is, or undefined where it is none. Only what failed has one: an error of the host, a result
 * that says so in a field, the user's own word, or the same call with the same result again and again. Prose in a
 * success is never a failure, nor is control flow, nor what the user calls a success.
 */
export function classifyStep(
  step: ToolStep,
  context: ClassifyContext,
  classifiers: readonly Classifier[],
  onFault: OnFault,
): Failure | undefined {
  const { outcome } = step.result
  if (outcome === 'interrupted') return undefined
  if (outcome === 'ok') {
    const found = judge(step, context, classifiers, onFault, isStepClassifier)
    if (!found || saidSuccess(context, onFault)) return undefined
    return complete(step, context, found, false, onFault)
  }
  if (saidSuccess(context, onFault)) return undefined
  const dead = judge(step, context, classifiers, onFault, isCallClassifier)
  const late = judge(step, context, classifiers, onFault, isStepClassifier)
  const found = strongest([dead, late].filter((one) => one !== undefined))
  const fallback = { detector: 'none', ...verdict('unknown', 'text', failureMessage(step)) }
  return complete(step, context, found ?? fallback, dead !== undefined, onFault)
}

/**
 * Whether the host would refuse a call unexecuted, judged before execution: unparsable arguments, a tool that is not
 * among the known ones, arguments that break the contract. Undefined for a live call.
 */
export function classifyCall(
  call: ToolCall,
  context: ClassifyContext,
  classifiers: readonly Classifier[],
  onFault: OnFault,
): Failure | undefined {
  const step: ToolStep = { type: 'tool', call, executed: call, result: UNEXECUTED, applied: [] }
  const found = judge(step, context, classifiers, onFault, isCallClassifier)
  return found && complete(step, context, found, true, onFault)
}

/** The text of what went wrong: the innermost error message; empty for a success. */
export function failureMessage(step: ToolStep): string {
  return failureFacts(step.result)?.message ?? ''
}

const UNEXECUTED: ToolResult = toolResult('error', undefined, { view: () => null })

type Found = Verdict & { detector: string }

const isCallClassifier = ({ on }: Classifier): boolean => on === 'call'
const isStepClassifier = ({ on }: Classifier): boolean => on === 'step'

function judge(
  step: ToolStep,
  context: ClassifyContext,
  classifiers: readonly Classifier[],
  onFault: OnFault,
  concerns: (classifier: Classifier) => boolean,
): Found | undefined {
  let first: Found | undefined
  let others: Found[] | undefined
  for (const classifier of classifiers) {
    if (!concerns(classifier)) continue
    try {
      const found = classifier.classify(step, context)
      if (!found) continue
      const named = { ...found, detector: classifier.name }
      if (!first) first = named
      else {
        others ??= [first]
        others.push(named)
      }
    } catch (error) {
      onFault(`classifier ${classifier.name}`, error)
    }
  }
  return others ? strongest(others) : first
}

function complete(
  step: ToolStep,
  context: ClassifyContext,
  { detector, evidence, ...found }: Found,
  dead: boolean,
  onFault: OnFault,
): Failure {
  // A call that died before execution has no message of its own but what is wrong with it.
  const message = (step.result === UNEXECUTED ? '' : failureMessage(step)) || evidence
  return {
    ...found,
    effect: dead || context.facts.readOnly ? 'none' : found.effect,
    ...(found.expectedNegative || saidExpected(context, onFault) ? { expectedNegative: true } : {}),
    signature: signatureOf(
      found.category,
      step.executed.tool,
      message,
      step.executed.input,
      step.executed.rawInput,
    ),
    evidence: { detector, bytes: evidence.slice(0, EVIDENCE_LENGTH) },
    dead,
  }
}

function saidSuccess(context: ClassifyContext, onFault: OnFault): boolean {
  try {
    return context.succeeded() === true
  } catch (error) {
    onFault('succeeded', error)
    return false
  }
}

function saidExpected(context: ClassifyContext, onFault: OnFault): boolean {
  try {
    return context.expected()
  } catch (error) {
    onFault('expected', error)
    return false
  }
}
