import { type Check, type Finding, listed } from '../check.ts'
import { duration, plural } from '../figures.ts'
import { uncountedIn } from '../registry-report.ts'
import { NO_LEARNER } from './faults.ts'

/** A learner runs every minute or so; what has waited for so long has none. */
const WAITED_MS = 10 * 60_000

/** Is anybody learning from what is recorded? */
export const learning: Check = {
  name: 'learning',
  find({ state, scan, mined, now, learnerAt }) {
    if (scan.events === 0 && mined.episodes > 0) return []
    if (scan.events === 0)
      return [
        {
          level: 'note',
          what: 'no agent has recorded anything here yet: what is in shadow waits for traffic',
          where: 'the event log',
          todo: 'create the life harness with this store; name recordings to look at them meanwhile',
        },
      ]
    const findings: Finding[] = []
    const waiting = uncountedIn({ state, scan }).filter(({ at }) => now - at >= WAITED_MS)
    const failedAt = scan.failedAt ?? Number.POSITIVE_INFINITY
    const todo = 'run one: `lifeharness learn --watch`, or createLifeHarness({ learner: … }) in the agent'
    const saidSo = scan.faults.some(
      ({ where, lastAt }) => where === NO_LEARNER && now - lastAt < 7 * 86_400_000,
    )
    if (waiting.length > 0)
      findings.push({
        level: 'look',
        what: `no learner is running: what happened at the calls of ${plural(new Set(waiting.map(({ id }) => id)).size, 'intervention')} is not counted, for ${duration(now - Math.min(...waiting.map(({ at }) => at)))} at least`,
        where: listed([...new Set(waiting.map(({ id }) => id))]),
        todo,
      })
    else if (now - failedAt >= WAITED_MS && (learnerAt ?? 0) < failedAt)
      findings.push({
        level: 'look',
        what: `no learner is running: failures are recorded since ${duration(now - failedAt)} ago, and nothing was drawn from them`,
        where: saidSo ? 'an agent in progressive mode said that it has none' : 'the event log',
        todo,
      })
    return findings
  },
}
