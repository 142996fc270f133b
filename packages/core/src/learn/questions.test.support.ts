import { type Account, addOutcome, openAccount, watchedForFading } from '../activation.ts'
import type { Intervention, Kind, Risk, Trust } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { RegistryEntry } from '../registry.ts'
import type { Stage } from '../stage.ts'
import { registryEntry } from '../testing/registry-entry.ts'
import { UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { type Decision, decideStage, STAGE_LIMITS, type StageLimits, type StageQuestion } from './decide.ts'

export const DAY = 86_400_000
export const NOW: number = 1_000 * DAY
export const FAMILY = 'some-model'

export type Case = Partial<Omit<StageQuestion, 'entry'>> & {
  stage: Stage
  account?: Account
  risk?: Risk
  kind?: Kind
  trust?: Trust
  pinned?: boolean
  since?: number
}

export function kindNamed(name: string): Kind {
  return builtinKinds.find(({ kind }) => kind === name) as Kind
}

export function entryAt({
  stage,
  account = { ...openAccount(), level: stage === 'canary' ? 0.03 : 0 },
  risk = 'form',
  trust = 'observed',
  pinned = false,
  since = NOW,
}: Case): RegistryEntry {
  const { intervention } = registryEntry({ kind: 'rename-argument', tool: 'book', stage: 'shadow' })
  const record = { stage, since, reason: 'as before', controlShare: 0.5, account }
  const rest: Intervention = { ...intervention, risk, origin: { ...intervention.origin, trust } }
  return { intervention: rest, stages: { default: record, [FAMILY]: record }, pinned }
}

export function decide(given: Case): Decision | undefined {
  const { stage: _s, account: _a, risk: _r, trust: _u, pinned: _p, since: _t, ...question } = given
  return decideStage({
    entry: entryAt(given),
    family: FAMILY,
    kind: kindNamed('rename-argument'),
    facts: UNKNOWN_TOOL_FACTS,
    ledger: { canaries: 0, spent: 0, discoveries: 0 },
    lastTouched: NOW,
    now: NOW,
    limits: STAGE_LIMITS,
    ...question,
  })
}

export const PASSES: StageQuestion['validation'] & object = {
  passes: true,
  reason: 'fixed 9 of 9',
  wrongRepairs: 0,
  contradicted: 0,
}
export const FAILS: StageQuestion['validation'] & object = {
  passes: false,
  reason: 'seen in one episode',
  wrongRepairs: 0,
  contradicted: 0,
}
export const WRONG: StageQuestion['validation'] & object = {
  passes: false,
  reason: 'changed 1 of 9 recorded successes',
  wrongRepairs: 1,
  contradicted: 0,
}

export function computed(shadow: Partial<Account['shadow']>, replay?: Account['replay']): Account {
  const open = openAccount()
  return { ...open, shadow: { ...open.shadow, ...shadow }, ...(replay ? { replay } : {}) }
}

export const DIRECT: Account = computed({}, { fixes: 20, dead: 20, episodes: ['a', 'b', 'c'], examined: 300 })

/** Alternating episodes with these successes in each arm; the guardrail where it is given. */
export function tested(
  treated: boolean,
  control: boolean,
  episodes: number,
  guardrail?: [boolean, boolean],
): Account {
  let account: Account = { ...openAccount(), level: 0.03 }
  for (let episode = 0; episode < episodes; episode++) {
    const arm = episode % 2 ? ('treated' as const) : ('control' as const)
    const held = guardrail?.[episode % 2 ? 0 : 1]
    account = addOutcome(account, {
      arm,
      success: episode % 2 ? treated : control,
      treatedShare: 0.5,
      ...(held === undefined ? {} : { guardrail: held }),
    })
  }
  return account
}

export const HELPS: Account = tested(true, false, 40)
export const HARMS: Account = tested(false, true, 40)
export const NOTHING: Account = tested(true, true, 40)
export const HOPELESS: StageLimits = { ...STAGE_LIMITS, hopeless: { episodes: 40, evidence: 0.01 } }
/** Half of the episodes are drawn for treatment, and none of these comes in. */
export const LOPSIDED: Account = Array.from({ length: 40 }).reduce<Account>(
  (account) => addOutcome(account, { arm: 'control', success: true, treatedShare: 0.5 }),
  openAccount(),
)
/** It helped until it was promoted; since then there is no difference. */
export const FADED: Account = Array.from({ length: 800 }).reduce<Account>(
  (account, _, episode) =>
    addOutcome(account, { arm: episode % 2 ? 'treated' : 'control', success: true, treatedShare: 0.5 }),
  watchedForFading(HELPS),
)
