import { describe, expect, it } from 'vitest'
import { episode, failed, ok, proposed } from '../recording.test.support.ts'
import { totalsInducer } from './totals.ts'

const paid = (...amounts: number[]) => ({
  order: 'x',
  payments: amounts.map((amount) => ({ by: 'card', amount })),
})
const refused = (message: string, ...amounts: number[]) => failed(paid(...amounts), message)

describe('totals', () => {
  it('explains amounts that do not add up, and edits nothing', async () => {
    const drafts = await proposed(totalsInducer, [
      episode('a', [
        refused('amounts do not add up: total is 375, but paid 299', 200, 99),
        ok(paid(276, 99)),
      ]),
      episode('b', [refused('amounts do not add up: total is 50, but paid 40', 40)]),
    ])
    expect(drafts).toMatchObject([
      {
        kind: 'explain-error',
        options: { advice: 'amounts-add-up', slots: { argument: 'payments.amount' } },
        origin: { support: { episodes: 2 } },
      },
    ])
  })

  it.each([
    ['a message without numbers', refused('amounts do not add up', 200, 99)],
    ['numbers that are not the sum', refused('total is 375 for 2 seats', 200, 99)],
    ['the sum alone', refused('paid 299 in vain', 200, 99)],
    ['no amounts', failed({ order: 'x', payments: [] }, 'total is 375, but paid 0')],
  ])('does not propose for %s', async (_, call) => {
    expect(await proposed(totalsInducer, [episode('a', [call, ok(paid(1, 2))])])).toEqual([])
  })
})
