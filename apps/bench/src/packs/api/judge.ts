import { isDeepStrictEqual } from 'node:util'
import type { Failure } from './failure.ts'
import { type Course, type courseRunner, sameEnd } from './run-calls.ts'

type Runner = Awaited<ReturnType<typeof courseRunner>>

/** `left`: it fails as before, and nothing was said. `wrong`: something was done or said that was not expected. */
export type Verdict = {
  outcome: 'repaired' | 'explained' | 'left' | 'wrong' | 'not provoked'
  why: string
}

/** What the pack makes of a failure, measured against the same course without it, and against what was meant. */
export async function judgeFailure({ run }: Runner, failure: Failure): Promise<Verdict> {
  const { meant, says, silent = false } = failure
  const off = await run(failure, false)
  if (!off.failed && !silent) return { outcome: 'not provoked', why: JSON.stringify(off.answer) }
  const on = await run(failure, true)
  const why = `${JSON.stringify(on.executed)} ${on.told || JSON.stringify(on.answer)}`
  if (meant) {
    // What would have come of the right call, in a venue that is in no trouble.
    const right = await run({ before: [['open_session', {}], ...(failure.before ?? [])], call: meant }, false)
    if (right.failed)
      return { outcome: 'not provoked', why: `what is meant fails: ${JSON.stringify(right.answer)}` }
    if (!on.failed) return { outcome: sameEnd(on, right) ? 'repaired' : 'wrong', why }
  }
  // Without access nothing opens the session either, and the layer tries that first, as its user has allowed.
  const executed = on.executed.filter(([tool]) => !failure.locked || tool !== 'open_session')
  if (!isDeepStrictEqual(executed, [failure.call]) && !meant) return { outcome: 'wrong', why }
  if (on.state !== off.state) return { outcome: 'wrong', why }
  if (on.told === '') return { outcome: 'left', why }
  return { outcome: says?.test(on.told.replaceAll('\\"', '"')) ? 'explained' : 'wrong', why }
}

/** Why a call that must stay as it is did not; undefined where it did. */
export async function judgeUnmatched({ run }: Runner, course: Course): Promise<string | undefined> {
  const [off, on] = [await run(course, false), await run(course, true)]
  if (!isDeepStrictEqual(on.executed, [course.call])) return `executed ${JSON.stringify(on.executed)}`
  if (!sameEnd(on, off)) return 'it ended otherwise'
  // A page that is not the last is no complete answer, and says so.
  const next = (on.answer as { next_cursor?: unknown } | null)?.next_cursor
  if (on.told !== '' && !(typeof next === 'string' && /There is more/.test(on.told))) return `told ${on.told}`
  return undefined
}
