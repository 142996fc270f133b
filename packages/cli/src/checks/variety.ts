import type { Check, Finding } from '../check.ts'
import { percent } from '../figures.ts'

/** Too varied for a registry, or few and steady; and whether the causes are known at all. */
export const variety: Check = {
  name: 'variety',
  find({ health, mined }) {
    const { verdict, warnings, unknown } = health
    const findings: Finding[] = []
    if (verdict.state === 'explosion')
      findings.push({
        level: 'look',
        what: `explosion warning: ${verdict.reason}`,
        where: 'all failures',
        todo: 'do not expect the registry to answer them; a better tool contract or one tool less does more',
      })
    if (verdict.state === 'steady')
      findings.push({
        level: 'note',
        what: `steady state: ${verdict.reason}`,
        where: 'all failures',
        todo: 'nothing: this is where a registry does most',
      })
    if (warnings.some(({ about }) => about === 'unknown'))
      findings.push({
        level: 'look',
        what: `the cause of ${percent(unknown.share)} of the failures is not known: the classifiers do not know this source`,
        where: sourcesOf(mined.sources),
        todo: 'see `lifeharness report`; a classifier of your own is one file (defineClassifier)',
      })
    return findings
  },
}

function sourcesOf(sources: Parameters<Check['find']>[0]['mined']['sources']): string {
  const said = [...sources]
    .filter(([, { unknown }]) => unknown > 0)
    .sort(([, a], [, b]) => b.unknown - a.unknown)
    .map(
      ([source, { unknown, failures }]) => `${source || 'what agents recorded'}: ${unknown} of ${failures}`,
    )
  return said.slice(0, 5).join('; ')
}
