import { type ReplayCount, zeroOfUpperBound } from '../activation.ts'
import type { Intervention, ValidationClass } from '../intervention.ts'
import { isRedacted } from '../redact.ts'
import { LITERAL_SUBJECTS } from './literals.ts'
import type { Trial } from './trial.ts'

/** What replay counted for one candidate. */
export type Replay = {
  class: ValidationClass
  /** Failed calls of its signatures, in episodes it was not induced from. */
  failures: number
  /** Of the failed calls it met there: proven right … */
  fixes: number
  /** … or only plausible (contract and profile, or agreement with a correction that changed more). */
  weakFixes: number
  /** … or shown wrong by what the model did itself. */
  contradicted: number
  /** k: recorded successes on which it would have acted. */
  wrongRepairs: number
  /** n: recorded successes on which it was asked, in episodes it was not induced from. */
  examined: number
  /** 95 % upper bound of the share of successes it would change; for k > 0 that share itself or more. */
  upperBound: number
  /** Episodes with a fix. */
  episodes: number
  /** Proven fixes and examined successes by model family. */
  families: Record<string, ReplayCount>
}

export function replayOf(trial: Trial): Replay {
  const { failures, fixes, weakFixes, contradicted, wrongRepairs, examined, families } = trial
  return {
    class: trial.kind?.validation ?? 'edit',
    ...{ failures, fixes, weakFixes, contradicted, wrongRepairs, examined },
    upperBound: wrongRepairs === 0 ? zeroOfUpperBound(examined) : upperBoundOf(wrongRepairs, examined),
    episodes: trial.episodes.size,
    families,
  }
}

/** Clopper–Pearson by bisection over the binomial tail, for the few candidates that change a success. */
function upperBoundOf(wrong: number, examined: number): number {
  if (wrong >= examined) return 1
  let low = wrong / examined
  let high = 1
  for (let step = 0; step < 40; step++) {
    const rate = (low + high) / 2
    if (tail(wrong, examined, rate) > 0.05) low = rate
    else high = rate
  }
  return high
}

/** P(at most `count` of `total`) at a rate in (0, 1). */
function tail(count: number, total: number, rate: number): number {
  let log = total * Math.log1p(-rate)
  let sum = Math.exp(log)
  for (let hits = 1; hits <= count; hits++) {
    log += Math.log((total - hits + 1) / hits) + Math.log(rate / (1 - rate))
    sum += Math.exp(log)
  }
  return sum
}

const ON_SUCCESSES: Readonly<Record<ValidationClass, string>> = {
  edit: 'changed',
  retry: 'would have repeated',
  hint: 'would have commented on',
  block: 'would have blocked',
}

/** Whether a candidate may enter shadow, and why or why not, in one sentence. The first obstacle is the one that is told. */
export function verdictOn(trial: Trial, intervention: Intervention): { passes: boolean; reason: string } {
  const obstacle = obstacleTo(trial, intervention)
  if (obstacle) return { passes: false, reason: obstacle }
  const { fixes, weakFixes, failures, examined } = trial
  const percent = (100 * zeroOfUpperBound(examined)).toFixed(examined >= 300 ? 1 : 0)
  const plausible = weakFixes > 0 ? ` (and ${weakFixes} plausibly)` : ''
  return {
    passes: true,
    reason:
      `fixed ${fixes}${plausible} of ${Math.max(failures, fixes + weakFixes)} recorded failures, ` +
      (examined > 0
        ? `changed 0 of ${examined} recorded successes (at most ${percent} %, with 95 % confidence)`
        : 'and there was no recorded success that it could have changed'),
  }
}

function obstacleTo(trial: Trial, intervention: Intervention): string | undefined {
  const { candidate, kind, wrongRepairs, examined, contradicted, fixes, weakFixes } = trial
  if (trial.problem) return trial.problem
  const validation = kind?.validation ?? 'edit'
  if (wrongRepairs > 0)
    return `${ON_SUCCESSES[validation]} ${wrongRepairs} of ${Math.max(wrongRepairs, examined)} recorded successes`
  const literal = literalObstacle(trial, intervention)
  if (literal) return literal
  if (contradicted > tolerated(validation, trial))
    return `contradicted ${contradicted} of ${contradicted + fixes} corrections that the model made itself`
  if (Math.max(candidate.draft.origin.support.episodes, trial.episodes.size) < 2) return 'seen in one episode'
  if (validation === 'retry' && !trial.facts?.readOnly && !trial.facts?.idempotent)
    return 'the tool is not declared read-only or idempotent'
  if (validation === 'edit' && kind?.actions.includes('retry') && !trial.facts?.readOnly)
    return 'the tool is not declared read-only, so what failed is not corrected and sent again'
  if (kind?.inserts && !trial.mayInsert)
    return `${kind.inserts(candidate.draft.options)}, which it would call, is not declared read-only or insertable`
  // A plausible edit is enough for what changes the form only.
  const proven = fixes + (intervention.risk === 'form' ? weakFixes : 0)
  if (proven > 0) return undefined
  return candidate.heldOut.every((draft) => draft === undefined)
    ? 'what it is induced from leaves no episode to check it on'
    : 'never seen to succeed'
}

/** Share of the model's own corrections that may have gone another way than a hint; an edit must never be shown wrong. */
const TOLERATED_HINTS = 0.1

function tolerated(validation: ValidationClass, { fixes, contradicted }: Trial): number {
  return validation === 'hint' ? TOLERATED_HINTS * (fixes + contradicted) : 0
}

/** Laws 6 and 13, and that a secret's token never appears in options. */
function literalObstacle({ literals, facts }: Trial, intervention: Intervention): string | undefined {
  const untrusted = 'its only source is an untrusted tool’s text'
  if (intervention.origin.trust === 'untrusted') return untrusted
  for (const [literal, { contract, calls, told, subjects, scopes }] of literals) {
    if (isRedacted(literal)) return 'a secret would stand in it'
    if (contract) continue
    if (!calls && (told || !facts?.trusted)) return untrusted
    const bound = intervention.scope !== undefined || scopes.size < 2
    if (subjects.size < LITERAL_SUBJECTS && !bound)
      return `a value in it was seen for fewer than ${LITERAL_SUBJECTS} subjects`
  }
  return undefined
}
