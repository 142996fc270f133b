import type { Check, Finding } from '../check.ts'
import { day, plural } from '../figures.ts'

/** What happened longer ago is history. */
const RECENT_MS = 7 * 86_400_000
const TOLD = 10

/** Exceptions inside the layer, and events that were lost because the store did not take them in time. */
export const faults: Check = {
  name: 'faults',
  find({ scan, now }) {
    const findings: Finding[] = []
    const { refused } = scan
    if (refused.count > 0)
      findings.push({
        level: now - refused.lastAt < RECENT_MS ? 'broken' : 'note',
        what: `${plural(refused.count, 'event')} refused and lost, because a queue was full; last ${day(refused.lastAt)}`,
        where: 'agents that record into this store',
        todo: 'see that the store answers (disk full? locked for long?), or raise queueCapacity',
      })
    const shown = scan.faults.filter(({ where }) => where !== NO_LEARNER).slice(0, TOLD)
    for (const { where, message, times, lastAt } of shown)
      findings.push({
        level: now - lastAt < RECENT_MS ? 'broken' : 'note',
        what: `fault in ${where}: ${message}`,
        where: `${plural(times, 'process', 'processes')}, last ${day(lastAt)}`,
        todo: remedyFor(where),
      })
    return findings
  },
}

/** Reported by a runtime that learns nothing; the check on learning says more. */
export const NO_LEARNER = 'learner'

function remedyFor(where: string): string {
  const [, id] = /^intervention (\S+)$/.exec(where) ?? []
  if (id)
    return `its calls went through unchanged; look with \`lifeharness show ${id}\`, take it back with \`suspend\``
  if (where.startsWith('classifier ')) return 'the classifier was skipped; mend it where it is yours'
  if (where.startsWith('store '))
    return 'nothing is lost while the queue holds; see that the store can be reached and written'
  return 'the agent went on as if the layer were not there; onFault has the stack'
}
