import { type Classifier, type ClassifyContext, type Failure, strongest, type Verdict } from './failure.ts'
import { type FailureFacts, failureFacts, whileClassified } from './failure-facts.ts'
import { isRefusal } from './refusal.ts'
import { signatureOf } from './signature.ts'
import { type ToolCall, type ToolResult, type ToolStep, toolResult } from './trajectory.ts'
import { EVIDENCE_LENGTH, verdict } from './verdict.ts'

/** Told of a classifier that threw; it is skipped. */
export type OnFault = (where: string, error: unknown) => void

/**
 * The failure that a step is, or undefined where it is none. Only what failed has one: an error of the host, a result
 * that says so in a field, the user's own word, or the same call with the same result again and again. Prose in a
 * success is never a failure, nor is control flow, nor what the user calls a success. What the layer
 * refused in place of executing it is judged as the call that it was: its words are no tool's.
 */
export function classifyStep(
  step: ToolStep,
  context: ClassifyContext,
  classifiers: readonly Classifier[],
  onFault: OnFault,
): Failure | undefined {
  if (step.result.outcome === 'interrupted') return undefined
  if (isRefusal(step)) return classifyCall(step.executed, context, classifiers, onFault)
  return whileClassified(step.result, () => judge(step, context, classifiers, onFault))
}

function judge(
  step: ToolStep,
  context: ClassifyContext,
  classifiers: readonly Classifier[],
  onFault: OnFault,
): Failure | undefined {
  const { outcome } = step.result
  if (outcome === 'ok') {
    const found = judgeStep(step, context, classifiers, onFault)
    if (!found || saidSuccess(context, onFault)) return undefined
    return complete(step, context, found, false, onFault)
  }
  if (saidSuccess(context, onFault)) return undefined
  const dead = judgeCall(step, context, classifiers, onFault)
  const late = judgeStep(step, context, classifiers, onFault)
  const found = dead && late ? strongest([dead, late]) : (dead ?? late)
  if (found) return complete(step, context, found, dead !== undefined, onFault)
  const unknown = { detector: 'none', ...verdict('unknown', 'text', failureMessage(step)) }
  return complete(step, context, unknown, false, onFault)
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
  const found = judgeCall(step, context, classifiers, onFault)
  return found && complete(step, context, found, true, onFault)
}

/** The text of what went wrong: the innermost error message; empty for a success. */
export function failureMessage(step: ToolStep): string {
  return failureFacts(step.result)?.message ?? ''
}

const UNEXECUTED: ToolResult = toolResult('error', undefined, { view: () => null })

/** With the failure that was last made of it: what was judged by its facts recurs. */
type Found = Verdict & { detector: string; failure?: Failure }
/** With the place of its classifier: among equals the first one decides. */
type Placed = { place: number; found: Found }

/** Classifiers by what they judge by, and what those of `facts` said of the facts they met. */
type Groups = Readonly<Record<Classifier['on'], readonly Member[]>> & {
  judged: WeakMap<FailureFacts, Placed | 'none'>
}
type Member = { place: number; classifier: Classifier }

const groups = new WeakMap<readonly Classifier[], Groups>()

function groupsOf(classifiers: readonly Classifier[]): Groups {
  const known = groups.get(classifiers)
  if (known) return known
  const members = classifiers.map((classifier, place) => ({ place, classifier }))
  const of = (on: Classifier['on']) => members.filter(({ classifier }) => classifier.on === on)
  const made = {
    call: of('call'),
    step: of('step'),
    facts: of('facts'),
    judged: new WeakMap<FailureFacts, Placed | 'none'>(),
  }
  groups.set(classifiers, made)
  return made
}

function judgeCall(
  step: ToolStep,
  context: ClassifyContext,
  classifiers: readonly Classifier[],
  onFault: OnFault,
): Found | undefined {
  return best(verdictsOf(groupsOf(classifiers).call, step, context, onFault))?.found
}

function judgeStep(
  step: ToolStep,
  context: ClassifyContext,
  classifiers: readonly Classifier[],
  onFault: OnFault,
): Found | undefined {
  const { step: members, facts: factual, judged } = groupsOf(classifiers)
  const found = verdictsOf(members, step, context, onFault)
  const facts = factual.length === 0 ? undefined : failureFacts(step.result)
  if (!facts) return best(found)?.found
  let byFacts = judged.get(facts)
  if (byFacts === undefined) {
    let faults = 0
    const counted: OnFault = (where, error) => {
      faults++
      onFault(where, error)
    }
    byFacts = best(verdictsOf(factual, step, context, counted)) ?? 'none'
    if (faults === 0) judged.set(facts, byFacts)
  }
  return best(byFacts === 'none' ? found : [...found, byFacts])?.found
}

const NO_VERDICT: readonly Placed[] = []

function verdictsOf(
  members: readonly Member[],
  step: ToolStep,
  context: ClassifyContext,
  onFault: OnFault,
): readonly Placed[] {
  let all: Placed[] | undefined
  for (const { place, classifier } of members) {
    try {
      const found = classifier.classify(step, context)
      if (!found) continue
      const placed = { place, found: { ...found, detector: classifier.name } }
      if (all) all.push(placed)
      else all = [placed]
    } catch (error) {
      onFault(`classifier ${classifier.name}`, error)
    }
  }
  return all ?? NO_VERDICT
}

function best(all: readonly Placed[]): Placed | undefined {
  if (all.length < 2) return all[0]
  const inOrder = [...all].sort((a, b) => a.place - b.place)
  const found = strongest(inOrder.map((placed) => placed.found))
  return inOrder.find((placed) => placed.found === found)
}

function complete(
  step: ToolStep,
  context: ClassifyContext,
  found: Found,
  dead: boolean,
  onFault: OnFault,
): Failure {
  // A call that died before execution has no message of its own but what is wrong with it.
  const message = (step.result === UNEXECUTED ? '' : failureMessage(step)) || found.evidence
  const { tool, input, rawInput } = step.executed
  const signature = signatureOf(found.category, tool, message, input, rawInput)
  const effect = dead || context.facts.readOnly ? 'none' : found.effect
  const expected = found.expectedNegative || saidExpected(context, onFault) || undefined
  const last = found.failure
  if (
    last?.signature === signature &&
    last.dead === dead &&
    last.effect === effect &&
    last.expectedNegative === expected
  )
    return last
  const { detector, evidence, failure: _, ...said } = found
  found.failure = {
    ...said,
    effect,
    ...(expected && { expectedNegative: expected }),
    signature,
    evidence: { detector, bytes: evidence.slice(0, EVIDENCE_LENGTH) },
    dead,
  }
  return found.failure
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
