import type { SchemaIssue } from './schema.ts'
import type { ToolContract, ToolFacts } from './tool.ts'
import type { ToolStep } from './trajectory.ts'

/** The closed set of categories, `boundary-failure/1` (docs/taxonomy.md), in order: cause before symptom. */
export const CATEGORIES = [
  'setup.no_tools',
  'setup.schema_unusable',
  'emit.text_call',
  'emit.truncated',
  'emit.missing_call',
  'parse.malformed_json',
  'parse.wrong_container',
  'resolve.unknown_tool',
  'resolve.withheld_tool',
  'contract.missing_param',
  'contract.misnamed_param',
  'contract.type',
  'contract.value',
  'contract.placeholder',
  'state.precondition',
  'state.not_found',
  'state.conflict',
  'auth.denied',
  'exec.rate_limited',
  'exec.timeout',
  'exec.unavailable',
  'exec.dependency',
  'exec.env_drift',
  'exec.tool_bug',
  'exec.protocol',
  'result.empty',
  'result.oversize',
  'result.contract',
  'result.soft_failure',
  'traj.repeat',
  'traj.cycle',
  'traj.error_thrash',
  'traj.duplicate_effect',
  'traj.budget',
  'traj.premature_end',
  'unknown',
] as const

/** A family of failures, such as `contract.type`: one of `CATEGORIES`. docs/taxonomy.md says what each means. */
export type Category = (typeof CATEGORIES)[number]

/** Who could have avoided the failure. `config`: the tools, or how the agent was set up. */
export type Attribution = 'model' | 'config' | 'environment' | 'user' | 'unknown'

/** `never` | the same call again | after changing the call | the same call after a delay. */
export type Retryable = 'never' | 'same' | 'after-change' | 'after-delay'

/** Was a side effect possible? */
export type Effect = 'none' | 'possible' | 'certain'

/** What a verdict rests on, strongest first, but for the last two, which weigh the same. */
export const EVIDENCE_RANKS = ['typed', 'protocol', 'schema', 'template', 'trajectory', 'text'] as const
export type EvidenceRank = (typeof EVIDENCE_RANKS)[number]

/** A classifier's verdict on a step, before the runtime completes it with its signature. */
export type Verdict = {
  category: Category
  rank: EvidenceRank
  attribution: Attribution
  retryable: Retryable
  effect: Effect
  /** The bytes the verdict rests on: an error message, a status, a schema issue; at most 500 characters. */
  evidence: string
  /** The argument at fault, where one is known (JSON Pointer). */
  path?: string
  /** A declared negative (404 probe, `grep` exit 1, empty search): recorded, never counted as a failure. */
  expectedNegative?: boolean
}

/** A classifier's verdict on a step: what kind of failure it is, on what evidence, and the key under which it recurs. */
export type Failure = Omit<Verdict, 'evidence'> & {
  /** Stable key for "the same failure again", see `signatureOf`. */
  signature: string
  evidence: { detector: string; bytes: string }
  /** The host would refuse this call unexecuted. */
  dead: boolean
}

/** What a classifier may look at. Everything is lazy: nothing is computed that no classifier asks for. */
export type ClassifyContext = {
  contract: ToolContract | undefined
  facts: ToolFacts
  /** All contracts of the episode, to tell an unknown tool from a withheld one; empty where the host told none. */
  contracts: readonly ToolContract[]
  /** Ways in which the executed arguments break the input schema; empty where no schema is known. */
  issues(): readonly SchemaIssue[]
  /** Earlier tool steps of the episode, oldest first, bounded. */
  history: readonly ToolStep[]
  /** How often this call with this result has been seen in the episode, this one included. */
  repeats(): number
  /** The user's own word on the result (`succeeded` in the configuration); undefined where he said nothing. */
  succeeded(): boolean | undefined
  /** The user's own word that this negative is a normal answer (`expected` in the configuration). */
  expected(): boolean
}

/** Open: one file each. A classifier sees data, never the host; one that throws is skipped and reported. */
export type Classifier = {
  name: string
  categories: readonly Category[]
  /**
   * What it judges by. `call`: the call alone, so it also works before execution. `step`: anything. `facts`: nothing but
   * what a failed result says of itself (`failureFacts`): then the same words are judged once, however often they come.
   */
  on: 'call' | 'step' | 'facts'
  classify(step: ToolStep, context: ClassifyContext): Verdict | undefined
}

/** Types a classifier of your own; pass it in as `createLifeHarness({ classifiers })`, with those of `core/builtins`. */
export function defineClassifier(classifier: Classifier): Classifier {
  return classifier
}

/** Of several verdicts, the one with the strongest evidence; among equals the earlier category. */
export function strongest<V extends Verdict>(verdicts: readonly V[]): V | undefined {
  return [...verdicts].sort(
    (a, b) => weightOf(a) - weightOf(b) || CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category),
  )[0]
}

/** That a failure repeats is its symptom: what its text says of the cause must not lose to that. */
function weightOf({ rank }: Verdict): number {
  return EVIDENCE_RANKS.indexOf(rank === 'trajectory' ? 'text' : rank)
}
