import type { Action } from './action.ts'
import { classifyStep } from './classify.ts'
import type { Classifier, ClassifyContext, Failure, Verdict } from './failure.ts'
import type { Kind, ResultContext } from './intervention.ts'
import type { Json, JsonObject } from './json.ts'
import { schemaCheck } from './schema.ts'
import { addedIssues } from './schema-parts.ts'
import { type ToolContract, toolKey, UNKNOWN_TOOL_FACTS } from './tool.ts'
import { type ErrorFacts, type ToolCall, type ToolResult, type ToolStep, toolResult } from './trajectory.ts'

/** Calls, steps and contexts for the tests of classifiers and kinds: the real validator, and nothing mocked. */

export function callOf(input: Json | undefined, more: Partial<ToolCall> = {}): ToolCall {
  const call = {
    id: 'call-1',
    tool: { origin: 'local', name: 'tool' },
    turn: 0,
    index: 0,
    attempt: 1,
    approved: false,
  }
  return { ...call, ...(input === undefined ? {} : { input }), ...more }
}

export function contractOf(inputSchema: JsonObject): ToolContract {
  return { tool: { origin: 'local', name: 'tool' }, inputSchema }
}

export function stepOf(result: ToolResult, call: ToolCall = callOf({})): ToolStep {
  return { type: 'tool', call, executed: call, result, applied: [] }
}

/** A step that the host calls a failure. */
export function failedStep(error: ErrorFacts | string, call?: ToolCall): ToolStep {
  const facts = typeof error === 'string' ? { message: error } : error
  return stepOf(toolResult('error', facts.message, { error: facts }), call)
}

export function okStep(value: unknown, call?: ToolCall): ToolStep {
  return stepOf(toolResult('ok', value), call)
}

export function classifyContext(step: ToolStep, more: Partial<ClassifyContext> = {}): ClassifyContext {
  const schema = more.contract?.inputSchema
  const { input } = step.executed
  return {
    contract: undefined,
    facts: UNKNOWN_TOOL_FACTS,
    contracts: more.contract ? [more.contract] : [],
    issues: () => (schema && input !== undefined ? schemaCheck(schema)(input) : []),
    history: [],
    repeats: () => 1,
    succeeded: () => undefined,
    expected: () => false,
    ...more,
  }
}

export function verdictOf(
  classifier: Classifier,
  step: ToolStep,
  more: Partial<ClassifyContext> = {},
): Verdict | undefined {
  return classifier.classify(step, classifyContext(step, more))
}

export function failureOf(
  classifiers: readonly Classifier[],
  step: ToolStep,
  more: Partial<ClassifyContext> = {},
): Failure | undefined {
  return classifyStep(step, classifyContext(step, more), classifiers, (where, error) => {
    throw new Error(`${where}: ${String(error)}`)
  })
}

type KindContext = Partial<ResultContext> & { schema?: JsonObject }

export function kindContext(call: ToolCall, { schema, ...more }: KindContext = {}): ResultContext {
  const { history = [] } = more
  const contract = schema && contractOf(schema)
  const issuesOf = (input: Json) => (schema ? schemaCheck(schema)(input) : [])
  return {
    call,
    contract,
    facts: UNKNOWN_TOOL_FACTS,
    issues: () => (call.input === undefined ? [] : issuesOf(call.input)),
    issuesOf,
    newIssues: (input) => (schema ? addedIssues(schema, call.input, input) : []),
    history,
    forgot: false,
    steps: history.length,
    outage: () => undefined,
    hasSucceeded: (tool) =>
      history.some(
        ({ executed, result }) => result.outcome === 'ok' && toolKey(executed.tool) === toolKey(tool),
      ),
    repeats: () => 0,
    escalation: () => 0,
    recovering: false,
    failure: undefined,
    // Kinds of the call phase must not look at a result.
    result: undefined as unknown as ToolResult,
    ...more,
  }
}

export function propose(
  kind: Kind,
  options: JsonObject,
  call: ToolCall,
  more: KindContext = {},
): Action | undefined {
  return kind.compile(options)(kindContext(call, more))
}

/** The arguments that an edit leaves, or undefined where it does not act. */
export function editedInput(
  kind: Kind,
  options: JsonObject,
  input: Json,
  schema?: JsonObject,
): Json | undefined {
  const action = propose(kind, options, callOf(input), schema ? { schema } : {})
  return action?.type === 'replace-call' ? action.call.input : undefined
}

export const failure: Failure = {
  category: 'exec.unavailable',
  rank: 'typed',
  attribution: 'environment',
  retryable: 'after-delay',
  effect: 'possible',
  signature: 'exec.unavailable:tool:000000000000',
  evidence: { detector: 'test', bytes: 'status 503' },
  dead: false,
}
