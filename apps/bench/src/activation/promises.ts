import type { HarmFigures, RegistryFigures, TestFigures } from './measure.ts'

export type Bound = {
  name: string
  value: number
  bound: number
  kind: 'at most' | 'at least'
  kept: boolean
}

/**
 * What is promised of core's own test and stage machine, and whether it holds. Shares are given the room that chance
 * needs at so many runs: two standard errors.
 */
export function bounds(
  own: TestFigures,
  registry: RegistryFigures,
  harm: readonly HarmFigures[],
  runs: number,
): Bound[] {
  const most = (name: string, value: number, bound: number, trials: number) =>
    share(name, value, bound, 'at most', trials)
  const least = (name: string, value: number, bound: number) => share(name, value, bound, 'at least', runs)
  const candidates = registry.runs * 180
  return [
    ...own.falsePromotion.map(({ correlation, drift, share: value }) =>
      most(`false promotion, correlation ${correlation}${drift ? ', drifting' : ''}`, value, 0.05, runs),
    ),
    most('false promotion per candidate, in a registry', registry.falsePromotion, 0.05, candidates),
    most('false discovery rate over the registry', registry.fdr, 0.1, registry.runs * 20),
    most('false rollback per candidate, in a registry', registry.falseRollback, 0.1, candidates),
    ...harm
      .filter(({ harmless }) => harmless)
      .map(({ name, asHarmful: value }) => most(`false rollback: ${name}`, value, 0.1, runs / 4)),
    least('60 → 70 % promoted by 600 episodes per arm', own.tenPoints.by600, 0.85),
    least('60 → 70 % promoted by 1,000 episodes per arm', own.tenPoints.by1000, 0.95),
    least('14 → 80 % promoted by 30 episodes per arm', own.great.by30, 0.85),
    ...harm
      .filter(({ name }) => name.includes('→') && name.includes('0 % in canary'))
      .map(({ name, median }): Bound => {
        const value = median.perArm
        return {
          name: `median rollback per arm: ${name}`,
          value,
          bound: 300,
          kind: 'at most',
          kept: value <= 300,
        }
      }),
  ]
}

function share(name: string, value: number, bound: number, kind: Bound['kind'], trials: number): Bound {
  const room = 2 * Math.sqrt((bound * (1 - bound)) / trials)
  return {
    name,
    value,
    bound,
    kind,
    kept: kind === 'at most' ? value <= bound + room : value >= bound - room,
  }
}
