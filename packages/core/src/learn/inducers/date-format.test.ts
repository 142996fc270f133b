import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { contract, edited, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { dateFormatInducer } from './date-format.ts'

const on = (date: string) => ({ date })
const refused = (date: string) => failed(on(date), 'invalid date')

function under(format: JsonObject | undefined, ...calls: Written[]): Trajectory[] {
  const contracts = format ? [contract({ type: 'object', properties: { date: format } })] : []
  return [episode('e', calls, { contracts })]
}

describe('date-format', () => {
  it.each<[string, Trajectory[], JsonObject, string, string]>([
    [
      'a pair that tells month from day',
      under(undefined, refused('05/13/2024'), ok(on('2024-05-13'))),
      { from: 'MM/DD/YYYY', to: 'YYYY-MM-DD' },
      ...(['12/31/2025', '2025-12-31'] as const),
    ],
    [
      'pairs of which one tells',
      under(undefined, refused('5/6/2024'), ok(on('2024-06-05')), refused('15/6/2024'), ok(on('2024-06-15'))),
      { from: 'D/M/YYYY', to: 'YYYY-MM-DD' },
      ...(['31/12/2025', '2025-12-31'] as const),
    ],
    [
      'a month with a name',
      under(undefined, refused('May 6, 2024'), ok(on('2024-05-06'))),
      { to: 'YYYY-MM-DD' },
      ...(['May 7, 2024', '2024-05-07'] as const),
    ],
    [
      'the word of the contract, without a pair',
      under({ type: 'string', format: 'date' }, refused('13.05.2024')),
      { from: 'DD.MM.YYYY', to: 'YYYY-MM-DD' },
      ...(['31.12.2025', '2025-12-31'] as const),
    ],
  ])('matches %s', async (_, trajectories, options, before, after) => {
    const [draft, ...others] = await proposed(dateFormatInducer, trajectories)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'reformat-value', options: { path: '/date', ...options } })
    expect(draft && edited(draft, on(before), trajectories[0]?.contracts[0])).toEqual(on(after))
  })

  it('never guesses a day that could be a month', async () => {
    const [draft] = await proposed(
      dateFormatInducer,
      under(undefined, refused('05/13/2024'), ok(on('2024-05-13'))),
    )
    expect(draft && edited(draft, on('05/06/2024'))).toBeUndefined()
  })

  it('knows both customs where both are seen, and leaves alone what could be either', async () => {
    const drafts = await proposed(
      dateFormatInducer,
      under(
        undefined,
        refused('05/13/2024'),
        ok(on('2024-05-13')),
        refused('14/06/2024'),
        ok(on('2024-06-14')),
        refused('05/06/2024'),
        ok(on('2024-05-06')),
      ),
    )
    expect(drafts.map(({ options }) => options.from)).toEqual(['MM/DD/YYYY', 'DD/MM/YYYY'])
    const outcomes = ['12/31/2025', '31/12/2025', '05/06/2025'].map((date) => {
      return drafts.map((draft) => edited(draft, on(date)))
    })
    expect(outcomes).toEqual([
      [on('2025-12-31'), undefined],
      [undefined, on('2025-12-31')],
      [undefined, undefined],
    ])
  })

  it('reads days and months with a zero before them and without', async () => {
    const drafts = await proposed(
      dateFormatInducer,
      under(
        undefined,
        refused('05/13/2024'),
        ok(on('2024-05-13')),
        refused('6/14/2024'),
        ok(on('2024-06-14')),
      ),
    )
    expect(drafts.map(({ options }) => options.from)).toEqual(['MM/DD/YYYY', 'M/D/YYYY'])
  })

  it('reads a day that both customs write alike, in a field that takes other texts too', async () => {
    const [draft, ...others] = await proposed(
      dateFormatInducer,
      under(
        undefined,
        ...['yes', 'no', 'Anna'].map((word) => ok(on(word))),
        refused('01/01/2000'),
        ok(on('2000-01-01')),
      ),
    )
    expect(others).toEqual([])
    expect(draft && edited(draft, on('02/02/2001'))).toEqual(on('2001-02-02'))
    expect(draft && edited(draft, on('02/03/2001'))).toBeUndefined()
  })

  it.each<[string, Trajectory[]]>([
    ['another day', under(undefined, refused('05/13/2024'), ok(on('2024-05-14')))],
    [
      'the word of the contract and an ambiguous day',
      under({ type: 'string', format: 'date' }, refused('05/06/2024')),
    ],
    [
      'a text field that also took dates in other formats',
      under(
        undefined,
        ...['yes', 'no', 'Anna', '12/31/2023'].map((word) => ok(on(word))),
        refused('05/13/2024'),
        ok(on('2024-05-13')),
      ),
    ],
    [
      'successes in the other format',
      under(
        undefined,
        ...Array(12).fill(ok(on('2024-01-01'))),
        ok(on('12/31/2023')),
        refused('05/13/2024'),
        ok(on('2024-05-13')),
      ),
    ],
  ])('does not match %s', async (_, trajectories) => {
    expect(await proposed(dateFormatInducer, trajectories)).toEqual([])
  })
})
