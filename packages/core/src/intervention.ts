import type { Action, ActionType } from './action.ts'
import type { Category, Failure } from './failure.ts'
import type { Guard } from './guard.ts'
import { shortHash } from './hash.ts'
import { canonicalJson, type Json, type JsonObject } from './json.ts'
import type { SchemaIssue } from './schema.ts'
import type { Tool, ToolContract, ToolFacts } from './tool.ts'
import type { ToolCall, ToolResult, ToolStep } from './trajectory.ts'

/** Where an intervention acts: tool definitions, model input, the call, or the result and course of the episode. */
export type Layer = 'contract' | 'skill' | 'action' | 'trajectory'
export const LAYERS: readonly Layer[] = ['contract', 'skill', 'action', 'trajectory']

/**
 * **form**: representation only; what the model meant is unchanged. **value**: fills in or changes a value.
 * **effect**: adds, blocks or repeats something with side effects.
 */
export type Risk = 'form' | 'value' | 'effect'

/** `observed`: seen by the layer itself. `trusted`: from a trusted origin. `untrusted`: any other tool's text. */
export type Trust = 'observed' | 'trusted' | 'untrusted'

/** A recorded input of a tool with what the intervention must make of it; `expect` absent: leave it alone. */
export type Fixture = { input?: Json; rawInput?: string; error?: string; expect?: Json; episode?: string }

/** Where an intervention comes from, and the evidence it stands on. */
export type Origin = {
  /** Name of the inducer, `pack:<name>`, `person` or `model`. */
  inducer: string
  /** Of one that comes from a pack. */
  pack?: { name: string; version: string; entry: string }
  trust: Trust
  /** Episodes of the evidence, at most 20 ids. */
  episodes: string[]
  support: { pairs: number; episodes: number; subjects: number; failures: number }
  /** What it must achieve to stay: the share of its signature's failures that it removes. */
  prediction: { removes: number }
  /** Recorded failing inputs it must fix, recorded good inputs it must not touch. */
  fixtures: { fixes: Fixture[]; leaves: Fixture[] }
}

/** JSON, never code, and never free text lifted from a tool's output. */
export type Intervention = {
  /** Hash of what it does (kind, options, tool, guard, scope): the same draft induced twice is one intervention. */
  id: string
  version: number
  kind: string
  options: JsonObject
  /** The tool it acts on. */
  tool: Tool
  category: Category
  /** The signatures it answers; a result-phase intervention acts on these only. Empty: any of its category. */
  signatures: string[]
  layer: Layer
  risk: Risk
  /** Path of the argument it touches (JSON Pointer; `''` for the whole) and the hash of that part of the contract. */
  anchor?: { path: string; hash: string }
  when?: Guard
  /** The tenant it belongs to; absent: everywhere. */
  scope?: string
  origin: Origin
}

/** An intervention before it has an identity. */
export type Draft = Omit<Intervention, 'id' | 'version' | 'layer' | 'risk'>

export function interventionId(draft: Pick<Draft, 'kind' | 'options' | 'tool' | 'when' | 'scope'>): string {
  const { kind, options, tool, when, scope } = draft
  return `${kind}-${shortHash(canonicalJson({ kind, options, tool, when, scope }), 12)}`
}

/** A tool's failures in a row for want of its environment, the milliseconds since the last, and calls that run now. */
export type Outage = { failures: number; sinceMs: number; running: number }

/** What a kind may look at before execution. Everything is lazy. */
export type CallContext = {
  call: ToolCall
  contract: ToolContract | undefined
  facts: ToolFacts
  /** The tools that the model was shown; absent where that is not known. */
  contracts?: readonly ToolContract[]
  /**
   * The host has checked the call and executes it, whatever its contract says: what is no argument it leaves out, what is
   * of another type it takes.
   */
  accepted?: boolean
  /**
   * Ways in which the call breaks the input schema; empty where no schema is known, the arguments do not parse, or the
   * host has accepted them.
   */
  issues(): readonly SchemaIssue[]
  /** Ways in which other arguments would break it: an edit must never be accepted that leaves more than it found. */
  issuesOf(input: Json): readonly SchemaIssue[]
  /** Those of them that the call as it is does not have; cheaper, because only what differs is validated. */
  newIssues(input: Json): readonly SchemaIssue[]
  /** Earlier tool steps of the episode, oldest first, bounded. */
  history: readonly ToolStep[]
  /** There were steps before those of `history`. */
  forgot: boolean
  /** A call of this tool has succeeded in this episode, however long ago. */
  hasSucceeded(tool: Tool): boolean
  /** How many tool steps the episode has had. */
  steps: number
  /** How a tool has failed of late for want of its environment. */
  outage(tool: Tool): Outage | undefined
  /** How often exactly this call has given the same result in this episode, so far, without another in between. */
  repeats(): number
  /** How often this intervention has acted in this episode since a call of its tool last succeeded. */
  escalation(): number
  /** The model was told how to go on, and no call has succeeded since. */
  recovering: boolean
  /** What the model was asked with, where its host says so; at turns of the model only. */
  request?: string
}

/** What a kind may look at after execution. */
export type ResultContext = CallContext & { result: ToolResult; failure: Failure | undefined }

/**
 * When a kind is asked: when tools are first shown (with the tool's contract as it then stands), at each turn of the model,
 * when it ends with an answer, before execution, or when the result is there.
 */
export type Phase = 'tools' | 'turn' | 'answer' | 'call' | 'result'

/** How replay proves a kind, DESIGN §5. */
export type ValidationClass = 'edit' | 'retry' | 'hint' | 'block'

/**
 * Open: one file (or folder) each. `compile` is called once per snapshot; what it returns is called on the fast path:
 * synchronous, no I/O, and `undefined` when the intervention does not concern this call.
 */
export type Kind<Options extends JsonObject = JsonObject> = {
  kind: string
  layer: Layer
  risk: Risk
  phase: Phase
  validation: ValidationClass
  /** The actions it may propose; an adapter without them never gets the intervention. */
  actions: readonly ActionType[]
  /** Of the result phase: it is asked about every result, and not only about the failures that it answers. */
  everyResult?: boolean
  /** How often it acts in an episode at most; without a limit by default. */
  cap?(options: Options): number
  /** It needs the history of the episode, which not every host can give. */
  needsEpisode?: boolean
  /** Its edit may lead to another tool of the same origin (law 2); any other edit that does is refused. */
  renamesTool?: boolean
  /** JSON Schema of its options. */
  options: JsonObject
  /** The argument without which it cannot act (JSON Pointer): calls that lack it are passed by without asking. */
  touches?(options: Options): string
  /** The tool of the same origin of which it adds calls: without the user's word for it, it never acts (law 5). */
  inserts?(options: Options): string
  /** The risk of one intervention of this kind, where its options say more than the kind does; `risk` otherwise. */
  riskFor?(options: Options): Risk
  compile(options: Options): (context: ResultContext) => Action | undefined
}

/** Declares a kind. Call-phase kinds must not read `result` or `failure`. */
export function defineIntervention<Options extends JsonObject>(kind: Kind<Options>): Kind {
  return kind as unknown as Kind
}
