import { describe, expect, it } from 'vitest'
import { builtinKinds, retry } from '../../interventions/index.ts'
import { schemaCheck } from '../../schema.ts'
import { episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { retryInducer } from './retry.ts'

const down = failed({ id: 1 }, '503 Service Unavailable')

describe('retry', () => {
  it.each<[string, Written[], number]>([
    ['the identical call after an outage', [down, ok({ id: 1 })], 3],
    ['several attempts at one thing', [down, down, down, ok({ id: 1 })], 4],
    ['a rate limit', [failed({ id: 1 }, '429 Too Many Requests'), ok({ id: 1 })], 3],
  ])('matches %s', async (_, calls, attempts) => {
    const [draft, ...others] = await proposed(retryInducer, [episode('e', calls)])
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'retry', options: { attempts } })
    const kind = builtinKinds.find((one) => one.kind === 'retry')
    expect(kind && draft && schemaCheck(kind.options)(draft.options)).toEqual([])
  })

  const at = (call: Written, seconds: number): Written => ({ ...call, at: 1e12 + 1_000 * seconds })
  const limited = (...seconds: number[]): Written[] => [
    ...seconds.slice(0, -1).map((when) => at(down, when)),
    at(ok({ id: 1 }), seconds.at(-1) as number),
  ]

  it.each<[string, Written[], number | undefined]>([
    ['waits that did not suffice, and one that did', limited(0, 2, 9), 6_000],
    ['waits that the default outlasts', limited(0, 0.2, 0.5), undefined],
    ['one wait, which may have been longer than need be', limited(0, 9), undefined],
    ['recordings without times', [down, down, ok({ id: 1 })], undefined],
    ['an outage of hours, which is not waited for', limited(0, 600, 7_200), 15_000],
  ])('learns the delay from %s', async (_, calls, backoffMs) => {
    const [draft] = await proposed(retryInducer, [episode('e', calls)])
    expect(draft?.options).toEqual({ attempts: 3, ...(backoffMs === undefined ? {} : { backoffMs }) })
    expect(schemaCheck(retry.options)(draft?.options ?? {})).toEqual([])
  })

  it('waits long enough by its delays together, however they are drawn', async () => {
    const [draft] = await proposed(retryInducer, [episode('e', limited(0, 2, 4, 21))])
    const { backoffMs, attempts } = (draft?.options ?? {}) as { backoffMs: number; attempts: number }
    const shortest = Array.from({ length: attempts - 1 }, (_, at) => (backoffMs * 2 ** at) / 2)
    expect(attempts).toBe(4)
    expect(shortest.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(20_000)
  })

  it.each<[string, Written[]]>([
    ['an outage that never passed', [down, down]],
    ['another call after an outage', [down, ok({ id: 2 })]],
    ['the identical call after another failure', [failed({ id: 1 }, '404 Not Found'), ok({ id: 1 })]],
  ])('does not match %s', async (_, calls) => {
    expect(await proposed(retryInducer, [episode('e', calls)])).toEqual([])
  })
})
