import { type Ledger, openAccount, STAGE_LIMITS } from '@lifeharness/core/learn'
import { type Candidate, decide, observe, openCandidate, rolledBack } from './machine.ts'
import { shuffled } from './random.ts'
import { nowAndThen, type World } from './traffic.ts'

/** What became of one registry. */
export type RegistryRun = {
  helping: number
  promotedRight: number
  promotedWrong: number
  /** Helping or useless ones that were taken back as harmful, in canary or while active. */
  rolledBackWrongly: number
  reEntries: number
  /** The level of each candidate, in the order in which they entered canary. */
  levels: number[]
}

/** Levels assigned otherwise than by core: of the `index`-th candidate (from 1) after so many discoveries. */
export type Levels = (index: number, discoveries: number) => number

/** e-LOND at the same false discovery rate (Xu & Ramdas, "Online multiple testing with e-values", 2024). */
export const eLond: Levels = (index, discoveries) =>
  (0.1 * 6 * (discoveries + 1)) / (Math.PI ** 2 * index ** 2)

export const CANDIDATES = 200
const HELPING = 20
/** Part of the looks at which a contract has changed meanwhile: back to shadow, and in again with the old account. */
const CHANGES = 0.01
/** Episodes for which what is active is watched further, with its hold-out. */
const WATCHED = 1_000

type Traffic = Candidate & { world: World; entered: boolean; left?: number }

/** 200 candidates, of which nine in ten do nothing, each through its whole life in the stage machine. */
export function registryRun(random: () => number, levels?: Levels): RegistryRun {
  const ledger: Ledger = { canaries: 0, spent: 0, discoveries: 0 }
  const run: RegistryRun = {
    ...{ helping: HELPING, promotedRight: 0, promotedWrong: 0, rolledBackWrongly: 0, reEntries: 0 },
    levels: [],
  }
  const worlds = Array.from({ length: CANDIDATES }, (_, index) => worldOf(index < HELPING, random))
  const candidates: Traffic[] = shuffled(worlds, random).map((world) => ({
    ...openCandidate('shadow'),
    ...{ world, entered: false },
  }))
  for (let busy = true; busy; ) {
    busy = false
    for (const candidate of candidates) {
      const { stage } = candidate.record
      if (stage === 'shadow' && enter(candidate)) busy = true
      if (stage !== 'canary' && stage !== 'active') continue
      if (candidate.left !== undefined && candidate.left <= 0) continue
      busy = true
      pass(candidate)
    }
  }
  return run

  function enter(candidate: Traffic): boolean {
    const again = candidate.entered
    if (levels && !again) {
      const level = levels(run.levels.length + 1, ledger.discoveries)
      candidate.record = { ...candidate.record, account: { ...openAccount(), level } }
    }
    if (ledger.canaries >= STAGE_LIMITS.canaries || decide(candidate, ledger)?.to !== 'canary') return false
    candidate.entered = true
    if (again) run.reEntries++
    else run.levels.push(candidate.record.account.level)
    return true
  }

  function pass(candidate: Traffic): void {
    const { stage } = candidate.record
    const episodes = nowAndThen(random)
    observe(candidate, candidate.world, episodes, random)
    if (candidate.left !== undefined) candidate.left -= episodes
    const changed = stage === 'canary' && random() < CHANGES
    const fixtures = { passes: true, reason: 'its fixtures hold' }
    const decision = decide(candidate, ledger, changed ? { fixtures } : {})
    if (!decision || decision.to === stage) return
    if (decision.to === 'active') {
      candidate.left = WATCHED
      if (candidate.world.treated > candidate.world.control) run.promotedRight++
      else run.promotedWrong++
    }
    if (rolledBack({ to: decision.to, reason: decision.record.reason })) run.rolledBackWrongly++
  }
}

const EFFECTS: readonly (readonly [number, number])[] = [
  [0.6, 0.7],
  [0.6, 0.7],
  [0.4, 0.6],
  [0.14, 0.8],
]

function worldOf(helps: boolean, random: () => number): World {
  const one = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T
  const correlation = one([0, 0.3, 0.6])
  if (helps) {
    const [control, treated] = one(EFFECTS)
    return { treated, control, correlation }
  }
  const rate = one([0.3, 0.6, 0.9])
  return { treated: rate, control: rate, correlation }
}
