import { builtinKinds } from '@lifeharness/core/builtins'
import {
  type Account,
  addOutcome,
  type Decision,
  decideStage,
  type Ledger,
  openAccount,
  priceOf,
  STAGE_LIMITS,
  type StageQuestion,
} from '@lifeharness/core/learn'
import { registryEntry } from '@lifeharness/core/testing'
import { episodeOf, type Looks, nowAndThen, type World } from './traffic.ts'

type StageRecord = Decision['record']
type Stage = StageRecord['stage']

/** One intervention for one model family, and the stage machine over it. */
export type Candidate = { record: StageRecord; episodes: number }

const FAMILY = 'some-model'
const { intervention } = registryEntry({ kind: 'map-value', tool: 'book', stage: 'shadow' })
const kind = builtinKinds.find((one) => one.kind === intervention.kind)
const facts = { readOnly: false, idempotent: false, destructive: false, trusted: false }

export function openCandidate(stage: Stage, account: Account = openAccount()): Candidate {
  const { control, holdOut } = STAGE_LIMITS
  const controlShare = stage === 'canary' ? control : stage === 'active' ? holdOut : 0
  return { record: { stage, since: 0, reason: '', controlShare, account }, episodes: 0 }
}

/** Lets traffic pass through the test: both arms are counted while they are drawn. */
export function observe(candidate: Candidate, world: World, episodes: number, random: () => number): void {
  const { record } = candidate
  const treatedShare = 1 - record.controlShare
  let { account } = record
  for (let left = episodes; left > 0; left--) {
    const { treated, calls } = episodeOf(world, candidate.episodes++, treatedShare, random)
    // The first touched call decides; the others are correlated with it.
    const success = calls[0] === true
    account = addOutcome(account, { arm: treated ? 'treated' : 'control', success, treatedShare })
  }
  candidate.record = { ...record, account }
}

/** Asks the stage machine; what it decides happens, and is noted in the ledger as the learner does. */
export function decide(
  candidate: Candidate,
  ledger: Ledger,
  more: Partial<Pick<StageQuestion, 'fixtures' | 'validation'>> = {},
): Decision | undefined {
  const { record } = candidate
  const decision = decideStage({
    entry: { intervention, stages: { default: record, [FAMILY]: record } },
    family: FAMILY,
    kind,
    facts,
    ledger,
    lastTouched: 0,
    now: 0,
    limits: STAGE_LIMITS,
    ...more,
  })
  if (!decision) return undefined
  candidate.record = decision.record
  const price = priceOf(decision.record.account.level)
  if (record.account.level === 0) ledger.spent += price
  if (decision.to === record.stage) return decision
  if (decision.to === 'canary') ledger.canaries++
  if (record.stage === 'canary') {
    ledger.canaries--
    if (decision.to === 'active') {
      ledger.discoveries++
      ledger.spent -= price
    }
  }
  return decision
}

/** How a life ended: the stage, why, and after how many episodes; `undecided` when the episodes were over first. */
export type Ending = { to: Stage | 'undecided'; reason: string; episodes: number; perArm: number }

/** One candidate from its stage to the first move, looked at whenever somebody happens to look. */
export function life(
  start: 'canary' | 'active',
  level: number,
  world: World,
  most: number,
  random: () => number,
  looks: Looks = nowAndThen,
): Ending {
  const candidate = openCandidate(start, { ...openAccount(), level })
  const ledger: Ledger = { canaries: 1, spent: 0, discoveries: 0 }
  while (candidate.episodes < most) {
    observe(candidate, world, Math.min(looks(random), most - candidate.episodes), random)
    const decision = decide(candidate, ledger)
    if (!decision || decision.to === start) continue
    return ended(candidate, decision.to, decision.record.reason)
  }
  return ended(candidate, 'undecided', '')
}

function ended({ record, episodes }: Candidate, to: Ending['to'], reason: string): Ending {
  const { treated, control } = record.account
  return { to, reason, episodes, perArm: Math.min(treated.episodes, control.episodes) }
}

/** It was taken back because it was seen to harm. */
export function rolledBack({ to, reason }: Pick<Ending, 'to' | 'reason'>): boolean {
  return to === 'suspended' && !reason.startsWith('no effect')
}
