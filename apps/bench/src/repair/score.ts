import { isDeepStrictEqual } from 'node:util'
import { type Answer, asEmitted, type Call, type Case, type System } from './case.ts'
import { isRunnable } from './valid.ts'

/** `right`: exactly the call that was meant. `wrong`: the host would run something else. `left`: nothing was made of it. */
export type Verdict = 'right' | 'wrong' | 'left'

export type Tally = { cases: number; right: number; wrong: number; left: number; microseconds: number }

/** What became of a case: the host refuses what does not fit its contract, whoever made it. */
export function verdictOn(of: Case, answer: Answer): Verdict {
  const emitted = asEmitted(of)
  const asked = answer ?? (emitted ? [emitted] : [])
  const runs = asked.length > 0 && asked.every((call) => isRunnable(call, of.tools))
  if (!runs) return 'left'
  if (of.truth && sameCalls(asked, of.truth)) return 'right'
  return emitted && sameCalls(asked, [emitted]) ? 'left' : 'wrong'
}

export function sameCalls(calls: readonly Call[], others: readonly Call[]): boolean {
  return (
    calls.length === others.length &&
    calls.every(
      ({ name, input }, at) => others[at]?.name === name && isDeepStrictEqual(input, others[at]?.input),
    )
  )
}

export type Judged = { of: Case; verdict: Verdict; answer: Answer; microseconds: number }

/** Every case put to one system. The first rounds warm it up and are not timed. */
export async function judge(system: System, cases: readonly Case[], clock: () => number): Promise<Judged[]> {
  await system.prepare?.(cases)
  for (const of of cases.slice(0, 200)) system.answer(of)
  return cases.map((of) => {
    const start = clock()
    const answer = system.answer(of)
    const microseconds = (clock() - start) * 1000
    return { of, answer, microseconds, verdict: verdictOn(of, answer) }
  })
}

export function tally(judged: readonly Judged[]): Tally {
  const count = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length
  const times = judged.map(({ microseconds }) => microseconds).sort((a, b) => a - b)
  return {
    cases: judged.length,
    right: count('right'),
    wrong: count('wrong'),
    left: count('left'),
    microseconds: times[Math.floor(times.length / 2)] ?? 0,
  }
}
