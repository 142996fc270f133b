import { type Ending, life, rolledBack } from './machine.ts'
import { seeded } from './random.ts'
import { type Levels, type RegistryRun, registryRun } from './registry.ts'
import { firstVerdict, PLANNED, type Rival } from './rivals.ts'
import { always, type Looks, nowAndThen, type World } from './traffic.ts'

/** Runs of the parts of the bench. */
export type Effort = { runs: number; registries: number }

/** Shares of the runs, in [0, 1]; medians in episodes of one arm. */
export type TestFigures = {
  name: string
  level: number
  unit: string
  /** Promotions of what does nothing, by intra-episode correlation 0, 0.3, 0.6, and where the success rate drifts. */
  falsePromotion: { correlation: number; drift?: number; share: number }[]
  /** Of 200 candidates of which 20 help by 10 points: expected share of the promoted that do nothing. */
  fdr: number
  tenPoints: { by600: number; by1000: number; median: number }
  great: { by30: number; median: number }
}

const CORRELATIONS = [0, 0.3, 0.6]
const TEN_POINTS: World = { treated: 0.7, control: 0.6, correlation: 0.3 }
const GREAT: World = { treated: 0.8, control: 0.14, correlation: 0.3 }
const NOTHING: World = { treated: 0.6, control: 0.6, correlation: 0 }
const DRIFTING: World = { ...NOTHING, drift: 0.2 }

/** When a test promotes, in episodes of both arms; Infinity where it does not. */
type Promotion = (world: World, most: number, random: () => number, looks: Looks) => number

export function rivalFigures(rival: Rival, level: number, effort: Effort): TestFigures {
  const promotion: Promotion = (world, most, random, looks) => firstVerdict(rival, world, most, random, looks)
  return figures(rival.name, level, rival.unit, promotion, effort)
}

/** Core's own: the test and the stage machine together, at one level. */
export function ownFigures(name: string, level: number, effort: Effort): TestFigures {
  const promotion: Promotion = (world, most, random, looks) => {
    const { to, episodes } = life('canary', level, world, most, random, looks)
    return to === 'active' ? episodes : Number.POSITIVE_INFINITY
  }
  return figures(name, level, 'episode', promotion, effort)
}

function figures(
  name: string,
  level: number,
  unit: string,
  promotion: Promotion,
  { runs }: Effort,
): TestFigures {
  const times = (world: World, most: number, seed: number, looks = nowAndThen) => {
    const random = seeded(seed)
    return Array.from({ length: runs }, () => promotion(world, most, random, looks)).sort((a, b) => a - b)
  }
  const share = (all: readonly number[], most: number) =>
    all.filter((time) => time <= most).length / all.length
  const nothing = [...CORRELATIONS.map((correlation) => ({ ...NOTHING, correlation })), DRIFTING]
  const falsePromotion = nothing.map((world, index) => ({
    correlation: world.correlation,
    ...(world.drift === undefined ? {} : { drift: world.drift }),
    share: share(times(world, PLANNED, 100 + index), PLANNED),
  }))
  const ten = times(TEN_POINTS, PLANNED, 7)
  const great = times(GREAT, 400, 8, always)
  const wrong = falsePromotion.slice(0, 3).reduce((sum, one) => sum + one.share, 0) / 3
  return {
    ...{ name, level, unit, falsePromotion },
    fdr: expectedFdr(wrong, share(ten, PLANNED)),
    tenPoints: {
      by600: share(ten, 1_200),
      by1000: share(ten, PLANNED),
      median: (ten[runs >> 1] as number) / 2,
    },
    great: { by30: share(great, 60), median: (great[runs >> 1] as number) / 2 },
  }
}

/** Of 180 that do nothing and 20 that help, each decided by itself. */
function expectedFdr(wrong: number, right: number): number {
  const random = seeded(9)
  const some = (of: number, chance: number) =>
    Array.from({ length: of }).filter(() => random() < chance).length
  let sum = 0
  const runs = 2_000
  for (let run = 0; run < runs; run++) {
    const falsely = some(180, wrong)
    sum += falsely / Math.max(1, falsely + some(20, right))
  }
  return sum / runs
}

export type RegistryFigures = {
  name: string
  runs: number
  fdr: number
  falsePromotion: number
  falseRollback: number
  /** Of those that help. */
  promoted: number
  reEntries: number
  /** Levels of the candidates: quartiles, the first and the hundredth. */
  level: { quarter: number; median: number; threeQuarters: number; first: number; hundredth: number }
}

export function registryFigures(name: string, { registries }: Effort, levels?: Levels): RegistryFigures {
  const random = seeded(21)
  const runs = Array.from({ length: registries }, () => registryRun(random, levels))
  const sum = (of: (run: RegistryRun) => number) => runs.reduce((all, run) => all + of(run), 0)
  const sorted = runs.flatMap((run) => run.levels).sort((a, b) => a - b)
  const at = (q: number) => sorted[Math.floor(q * sorted.length)] as number
  const useless = sum(({ levels: all, helping }) => all.length - helping)
  const mean = (index: number) => sum(({ levels: all }) => all[index] ?? 0) / registries
  return {
    name,
    runs: registries,
    fdr:
      sum(({ promotedRight, promotedWrong }) => promotedWrong / Math.max(1, promotedWrong + promotedRight)) /
      registries,
    falsePromotion: sum(({ promotedWrong }) => promotedWrong) / useless,
    falseRollback: sum(({ rolledBackWrongly }) => rolledBackWrongly) / sum(({ levels: all }) => all.length),
    promoted: sum(({ promotedRight }) => promotedRight) / sum(({ helping }) => helping),
    reEntries: sum(({ reEntries }) => reEntries),
    level: {
      quarter: at(0.25),
      median: at(0.5),
      threeQuarters: at(0.75),
      first: mean(0),
      hundredth: mean(99),
    },
  }
}

export type HarmFigures = {
  name: string
  /** Share of the runs in which it was taken back, and in which it was for harm, not for want of effect. */
  takenBack: number
  asHarmful: number
  /** Median over all runs, in episodes of both arms and of the smaller arm. */
  median: { episodes: number; perArm: number }
  harmless: boolean
}

const LONG = 5_000

/** How often, and how soon, an intervention is taken back as harmful. */
export function harmFigures(level: number, { runs }: Effort): HarmFigures[] {
  const cases: [string, 'canary' | 'active', World][] = [
    ['80 → 70 % in canary', 'canary', { treated: 0.7, control: 0.8, correlation: 0.3 }],
    ['70 → 60 % in canary', 'canary', { treated: 0.6, control: 0.7, correlation: 0.3 }],
    ['70 → 60 % while active, a tenth held out', 'active', { treated: 0.6, control: 0.7, correlation: 0.3 }],
    ['80 → 14 % in canary', 'canary', { treated: 0.14, control: 0.8, correlation: 0.3 }],
    ['nothing, in canary', 'canary', NOTHING],
    ['nothing, in canary, drifting', 'canary', DRIFTING],
    ['nothing, 5,000 episodes active', 'active', NOTHING],
    ['60 → 70 %, 5,000 episodes active', 'active', TEN_POINTS],
  ]
  return cases.map(([name, start, world], index) => {
    const random = seeded(200 + index)
    const count = start === 'active' ? Math.ceil(runs / 4) : runs
    const endings = Array.from({ length: count }, () => life(start, level, world, LONG, random))
    return {
      name,
      takenBack: endings.filter(({ to }) => to === 'suspended').length / count,
      asHarmful: endings.filter(rolledBack).length / count,
      median: medianOf(endings),
      harmless: world.treated >= world.control,
    }
  })
}

function medianOf(endings: readonly Ending[]): { episodes: number; perArm: number } {
  const middle = (of: (ending: Ending) => number) =>
    endings
      .map((ending) => (ending.to === 'suspended' ? of(ending) : Number.POSITIVE_INFINITY))
      .sort((a, b) => a - b)[endings.length >> 1] as number
  return { episodes: middle(({ episodes }) => episodes), perArm: middle(({ perArm }) => perArm) }
}
