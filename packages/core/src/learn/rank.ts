import type { Validated } from './validate.ts'

/**
 * By what they would take away, most first: the cost of their failures (time and tokens wasted, then number), times the
 * share of these failures that replay saw answered. One that answers a tenth of what is costly waits behind one that
 * answers all of what is cheap by half: places in canary are few.
 */
export function byRemovedImpact(validated: readonly Validated[]): Validated[] {
  const keyed = validated.map((one) => {
    const { impact, failures } = one.candidate.evidence
    const share = answered(one)
    return { one, cost: share * (impact.ms + 10 * impact.tokens), failures: share * failures }
  })
  return keyed.sort((a, b) => b.cost - a.cost || b.failures - a.failures).map(({ one }) => one)
}

function answered({ replay: { fixes, weakFixes, failures } }: Validated): number {
  const answers = fixes + weakFixes
  return answers === 0 ? 0 : answers / Math.max(answers, failures)
}
