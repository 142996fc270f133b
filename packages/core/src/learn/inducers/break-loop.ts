import { canonicalJson } from '../../json.ts'
import { draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Evidence, type FailedCall, type Inducer } from '../evidence.ts'

/** Identical calls with identical results after which going on is a loop. */
const AFTER = 3

/** Share of loops that ended well by themselves above which repeating is how the tool is used (polling). */
const MAX_RECOVERED = 0.05

/** Proposes `break-loop` for a tool that is called again and again with the same arguments and the same result. */
export const breakLoopInducer: Inducer = defineInducer({
  name: 'break-loop',
  *propose(evidence) {
    const looping = loopsIn(evidence)
    const ended = new Set(
      evidence.pairs.filter(({ relation }) => relation === 'same').map(({ failed }) => placeOf(failed)),
    )
    const recovered = looping.filter((failed) => ended.has(placeOf(failed))).length
    if (looping.length === 0 || recovered > MAX_RECOVERED * looping.length) return
    const covered = looping.map((failed) => ({ failed, paired: false }))
    yield draftOf(evidence, { inducer: 'break-loop', kind: 'break-loop', options: { after: AFTER }, covered })
  },
})

/** The classifier's own verdict, or the same failing call more often than anyone would try. */
function loopsIn({ failures }: Evidence): FailedCall[] {
  const judged = failures.filter(({ failure }) => failure.category === 'traj.repeat')
  const others = failures.filter(({ failure }) => failure.category !== 'traj.repeat')
  const waiting = others.filter(
    ({ failure }) => failure.retryable !== 'same' && failure.retryable !== 'after-delay',
  )
  const runs = groupBy(
    waiting,
    ({ episode, rawInput, input, failure }) =>
      `${episode} ${failure.signature} ${rawInput ?? canonicalJson(input ?? null)}`,
  )
  const unjudged = [...runs.values()]
    .filter(({ length }) => length > AFTER)
    .flatMap((run) => run.slice(AFTER))
  return [...judged, ...unjudged]
}

function placeOf({ episode, step }: FailedCall): string {
  return `${episode} ${step}`
}
