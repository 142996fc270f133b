import { describe, expect, it } from 'vitest'
import { episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { breakLoopInducer } from './break-loop.ts'

const same = (count: number) =>
  Array.from({ length: count }, () => ok({ page: 1 }, { result: 'the same page' }))
const refused = (count: number) =>
  Array.from({ length: count }, (_, i) => failed({ id: 1 }, `404 not found (request ${i})`))

describe('break-loop', () => {
  it.each<[string, Written[]]>([
    ['a call that gives the same again and again', same(8)],
    ['a call that fails again and again', refused(8)],
  ])('matches %s', async (_, calls) => {
    const [draft, ...others] = await proposed(breakLoopInducer, [episode('e', calls)])
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'break-loop', options: { after: 3 } })
    expect(draft?.signatures.length).toBeGreaterThan(0)
  })

  it.each<[string, Written[]]>([
    ['a few repetitions', same(2)],
    ['three attempts', refused(3)],
    ['other calls in between', [1, 2, 3, 4, 5, 6].map((page) => ok({ page }, { result: page }))],
    ['waiting until it is done', [...refused(8), ok({ id: 1 })]],
    ['an outage', Array.from({ length: 6 }, (_, i) => failed({ id: 1 }, `503 Service Unavailable ${i}`))],
  ])('does not match %s', async (_, calls) => {
    expect(await proposed(breakLoopInducer, [episode('e', calls)])).toEqual([])
  })
})
