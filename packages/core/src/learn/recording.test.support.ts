import type { Applied } from '../action.ts'
import { builtinClassifiers } from '../classifiers/index.ts'
import type { LifeHarnessConfig } from '../config.ts'
import type { Failure } from '../failure.ts'
import { guardPasses } from '../guard.ts'
import type { Draft, Intervention, Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { addedIssues } from '../schema-parts.ts'
import { LOCAL_ORIGIN, type ToolContract, UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { type Step, type ToolResult, type Trajectory, toolResult } from '../trajectory.ts'
import type { Inducer } from './evidence.ts'
import { gatherEvidence } from './induce.ts'
import { type Mined, mine } from './mine.ts'

/** A call as tests write it: arguments (a text: as emitted, unparsable), and the error message where it failed. */
export type Written = {
  tool?: string
  input: Json
  raw?: string
  error?: string
  result?: Json
  ms?: number
  /** When it was over. */
  at?: number
  applied?: readonly Applied[]
}

export const TOOL = 'book'

export function ok(input: Json, more: Partial<Written> = {}): Written {
  return { input, ...more }
}

export function failed(input: Json, error: string, more: Partial<Written> = {}): Written {
  return { input, error, ...more }
}

/** An episode in which each call is a model turn of its own. */
export function episode(id: string, calls: readonly Written[], more: Partial<Trajectory> = {}): Trajectory {
  const steps = calls.map(
    ({ tool = TOOL, input, raw, error, result = 'done', ms = 1, applied = [], at }, turn): Step => {
      const emitted = raw === undefined ? { input } : { rawInput: raw }
      const call = {
        id: `${id}-${turn}`,
        tool: { origin: LOCAL_ORIGIN, name: tool },
        ...{ turn, index: 0, attempt: 1, approved: false },
        ...emitted,
      }
      const outcome = error === undefined ? 'ok' : 'error'
      const facts = error === undefined ? { ms } : { ms, error: { message: error } }
      return {
        type: 'tool',
        call,
        executed: call,
        result: toolResult(outcome, error ?? result, facts),
        applied,
        ...(at === undefined ? {} : { at }),
      }
    },
  )
  return { id, family: 'some-model', contracts: [], steps, ...more }
}

export function contract(inputSchema: JsonObject, name: string = TOOL): ToolContract {
  return { tool: { origin: LOCAL_ORIGIN, name }, inputSchema }
}

export async function minedFrom(
  trajectories: readonly Trajectory[],
  config: LifeHarnessConfig = {},
): Promise<Mined> {
  const source = async function* () {
    yield* trajectories
  }
  return mine(source, { classifiers: builtinClassifiers, config })
}

/** What an inducer proposes for some episodes. */
export async function proposed(inducer: Inducer, trajectories: readonly Trajectory[]): Promise<Draft[]> {
  const mined = await minedFrom(trajectories)
  return gatherEvidence(mined).flatMap((evidence) => [...inducer.propose(evidence)])
}

const succeeded = { result: toolResult('ok', null), failure: undefined }

function failureWith(
  { category, signatures }: Draft,
  error: string,
): { result: ToolResult; failure: Failure } {
  const [signature = ''] = signatures
  return {
    result: toolResult('error', error, { error: { message: error } }),
    failure: {
      ...{ category, signature, rank: 'text', attribution: 'model', retryable: 'after-change' },
      ...{ effect: 'none', evidence: { detector: 'test', bytes: error }, dead: false },
    },
  }
}

/**
 * What the real kind makes of a call under a draft: the edited input, or undefined where it leaves the call alone. With
 * `error`, of a call that failed with it.
 */
export function edited(
  draft: Draft,
  input: Json | undefined,
  of?: ToolContract,
  rawInput?: string,
  error?: string,
): Json | undefined {
  const kind = builtinKinds.find((one) => one.kind === draft.kind) as Kind
  const [issue] = schemaCheck(kind.options)(draft.options)
  if (issue) throw new Error(`${draft.kind}: ${issue.path} ${issue.message}`)
  if (!guardPasses(draft.when, input)) return undefined
  const issuesOf = (value: Json) => (of?.inputSchema ? schemaCheck(of.inputSchema)(value) : [])
  const call = {
    id: 'call',
    tool: draft.tool,
    ...{ turn: 0, index: 0, attempt: 1, approved: false },
    ...(rawInput === undefined ? {} : { rawInput }),
    ...(input === undefined ? {} : { input }),
  }
  const action = kind.compile((draft as Intervention).options)({
    call,
    contract: of,
    facts: { ...UNKNOWN_TOOL_FACTS, readOnly: true },
    issues: () => (input === undefined ? [] : issuesOf(input)),
    issuesOf,
    newIssues: (value) => (of?.inputSchema ? addedIssues(of.inputSchema, input, value) : []),
    history: [],
    forgot: false,
    steps: 0,
    outage: () => undefined,
    hasSucceeded: () => false,
    repeats: () => 0,
    escalation: () => 0,
    recovering: false,
    ...(kind.phase === 'result' && error !== undefined ? failureWith(draft, error) : succeeded),
  })
  return action && 'call' in action ? action.call?.input : undefined
}
