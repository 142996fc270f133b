import type { Category, EvidenceRank, Verdict } from './failure.ts'

/** Longest evidence, in characters. */
export const EVIDENCE_LENGTH = 500

type Meaning = Pick<Verdict, 'attribution' | 'retryable' | 'effect'>

const MODEL_BEFORE: Meaning = { attribution: 'model', retryable: 'after-change', effect: 'none' }
const MODEL: Meaning = { attribution: 'model', retryable: 'after-change', effect: 'possible' }
const PASSING: Meaning = { attribution: 'environment', retryable: 'after-delay', effect: 'possible' }
const LASTING: Meaning = { attribution: 'environment', retryable: 'after-change', effect: 'possible' }
const CONFIG: Meaning = { attribution: 'config', retryable: 'never', effect: 'none' }
const UNKNOWN: Meaning = { attribution: 'unknown', retryable: 'after-change', effect: 'possible' }

/** What a category means unless the evidence says more. A side effect is possible until something rules it out. */
const MEANINGS: Readonly<Record<Category, Meaning>> = {
  'setup.no_tools': CONFIG,
  'setup.schema_unusable': CONFIG,
  'emit.text_call': MODEL_BEFORE,
  'emit.truncated': MODEL_BEFORE,
  'emit.missing_call': MODEL_BEFORE,
  'parse.malformed_json': MODEL_BEFORE,
  'parse.wrong_container': MODEL_BEFORE,
  'resolve.unknown_tool': MODEL_BEFORE,
  'resolve.withheld_tool': MODEL_BEFORE,
  'contract.missing_param': MODEL,
  'contract.misnamed_param': MODEL,
  'contract.type': MODEL,
  'contract.value': MODEL,
  'contract.placeholder': MODEL,
  'state.precondition': MODEL,
  'state.not_found': MODEL,
  'state.conflict': MODEL,
  'auth.denied': { ...CONFIG, effect: 'possible' },
  'exec.rate_limited': PASSING,
  'exec.timeout': PASSING,
  'exec.unavailable': PASSING,
  'exec.dependency': LASTING,
  'exec.env_drift': LASTING,
  'exec.tool_bug': LASTING,
  'exec.protocol': { ...LASTING, retryable: 'never' },
  'result.soft_failure': UNKNOWN,
  'result.empty': UNKNOWN,
  'result.oversize': MODEL,
  'result.contract': { attribution: 'environment', retryable: 'never', effect: 'certain' },
  'traj.repeat': MODEL,
  'traj.cycle': MODEL,
  'traj.error_thrash': MODEL,
  'traj.duplicate_effect': { ...MODEL, effect: 'certain' },
  'traj.budget': { attribution: 'config', retryable: 'never', effect: 'possible' },
  'traj.premature_end': MODEL,
  unknown: { attribution: 'unknown', retryable: 'never', effect: 'possible' },
}

/** A verdict with what its category means; `details` are what the evidence says beyond that. */
export function verdict(
  category: Category,
  rank: EvidenceRank,
  evidence: string,
  details: Partial<Omit<Verdict, 'category' | 'rank' | 'evidence'>> = {},
): Verdict {
  return { category, rank, ...MEANINGS[category], ...details, evidence: evidence.slice(0, EVIDENCE_LENGTH) }
}
