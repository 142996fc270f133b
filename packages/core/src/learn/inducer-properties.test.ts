// What holds of every inducer, whatever was recorded: commands, queries, lists, names, and objects inside objects.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interventionId } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import type { Trajectory } from '../trajectory.ts'
import { induce } from './induce.ts'
import { builtinInducers } from './inducers/index.ts'
import { edited, episode, failed, minedFrom, ok, type Written } from './recording.test.support.ts'

const command = fc
  .tuple(
    fc.constantFrom('ls', 'python x.py', 'python3 x.py', 'cd a && ls', 'find . -name "*.c"'),
    fc.constantFrom('', ' 2>/dev/null', ' | head -3', ' >out', " 'a b"),
  )
  .map((parts) => parts.join(''))
const query = fc
  .tuple(
    fc.constantFrom('id', 'Shop_ID', 'City', 'shops.id', 's.id'),
    fc.constantFrom('shop', 'shops', 'shop s', 'city'),
    fc.constantFrom('', ' WHERE id = 1', " WHERE x = 'id'", ' ORDER BY City'),
  )
  .map(([column, table, rest]) => `SELECT ${column} FROM ${table}${rest}`)
const name = fc.constantFrom(
  ...['first_name', 'last_order', 'city', 'plan', 'home_town', 'tea', 'age_group', 'pet', 'job'],
  ...['First_Name', 'Tea kind', 'homeTown', "Anna's", '1_plan'],
)
const list = fc.oneof(
  fc.array(fc.constantFrom('A', 'B', 'C D'), { maxLength: 3 }),
  fc.constantFrom('A|B', 'A', 'A|B|C D', 'A,B'),
)
const parent = fc.constantFrom<Json>({ page_id: '1' }, { list_id: '2' }, { list_id: '1', size: 2 }, {})
const amounts = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 9 }) }), { maxLength: 3 })
const input = fc.record(
  {
    command,
    query,
    name,
    list,
    parent,
    amounts,
    town: fc.constantFrom('New Springfield', 'Rome'),
  },
  { requiredKeys: [] },
) as unknown as fc.Arbitrary<JsonObject>
const message = fc.constantFrom(
  ...['', '', '', 'refused', "Unknown column 'id' in 'field list'", "Table 'shops' doesn't exist"],
  ...['total is 9, but paid 3', 'Expected string, received array', 'Could not find it'],
)
const call = fc
  .tuple(input, message)
  .map(([given, error]): Written => (error === '' ? ok(given) : failed(given, error)))
const calls = fc.array(fc.array(call, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 })

const NAMED = "Table 'shops' doesn't exist"

/** A wrong call and its correction differ at one place, so that there is something to learn. */
const corrected = fc
  .tuple(
    input,
    fc.constantFrom<[string, Json, Json]>(
      ['command', 'ls 2>/dev/null', 'ls'],
      ['command', 'python3 x.py', 'python x.py'],
      ['query', 'SELECT City FROM shops', 'SELECT City FROM shop'],
      ['name', 'First_Name', 'first_name'],
      ['list', ['A', 'B'], 'A|B'],
      ['parent', { page_id: '1', list_id: '1' }, { list_id: '1' }],
      ['town', 'Springfield', 'New Springfield'],
    ),
    message,
  )
  .map(([given, [member, wrong, right], error]): Written[] => [
    failed({ ...given, [member]: wrong }, member === 'query' ? NAMED : error === '' ? 'refused' : error),
    ok({ ...given, [member]: right }),
  ])
const recording = fc
  .tuple(calls, fc.array(corrected, { maxLength: 10 }))
  .map(([some, pairs]): Trajectory[] =>
    [...some, ...pairs].map((written, index) => episode(`e${index}`, written)),
  )

describe('whatever is recorded', () => {
  it('a draft is valid, leaves successes alone, and its own output', async () => {
    const kinds = new Set<string>()
    await fc.assert(
      fc.asyncProperty(recording, async (trajectories) => {
        const inputs = trajectories.flatMap(({ steps }) =>
          steps.flatMap((step): { input: Json; good: boolean }[] =>
            step.type === 'tool' && step.call.input !== undefined
              ? [{ input: step.call.input, good: step.result.outcome === 'ok' }]
              : [],
          ),
        )
        for (const { draft } of induce(await minedFrom(trajectories), builtinInducers)) {
          kinds.add(draft.kind)
          const kind = builtinKinds.find((one) => one.kind === draft.kind)
          expect(schemaCheck(kind?.options ?? {})(draft.options)).toEqual([])
          if (kind?.validation !== 'edit') continue
          // What is asked after a failure leaves successes alone because it is not asked of them.
          const error = kind.phase === 'result' ? NAMED : undefined
          for (const { input: given, good } of inputs) {
            const made = edited(draft, given, undefined, undefined, good ? undefined : error)
            if (good) expect(made).toBeUndefined()
            else if (made !== undefined)
              expect(edited(draft, made, undefined, undefined, error)).toBeUndefined()
          }
        }
      }),
      // Fixed, because which kinds come up is asserted below and must not be left to luck.
      { seed: 1, numRuns: 60 },
    )
    for (const kind of [
      'rewrite-command',
      'rename-sql-names',
      'recall-correction',
      'join-elements',
      'exclude-argument',
      'map-value',
    ])
      expect(kinds).toContain(kind)
  }, 120_000)

  it('the same recording gives the same drafts, whatever the order of its episodes', async () => {
    await fc.assert(
      fc.asyncProperty(recording, fc.integer(), async (trajectories, seed) => {
        const shuffled = [...trajectories].sort(
          (a, b) => ((seed ^ Number(a.id.slice(1))) % 7) - ((seed ^ Number(b.id.slice(1))) % 7),
        )
        const ids = async (of: Trajectory[]) =>
          induce(await minedFrom(of), builtinInducers)
            .map(({ draft }) => interventionId(draft))
            .sort()
        expect(await ids(shuffled)).toEqual(await ids(trajectories))
      }),
      { numRuns: 20 },
    )
  }, 120_000)

  it('what was learnt comes to an end on hostile texts', async () => {
    const pairs: [string, Json, Json][] = [
      ['command', 'ls -la here there 2>/dev/null', 'ls -la here there'],
      ['query', 'SELECT City FROM shops', 'SELECT City FROM shop'],
      ['name', 'First_Name', 'first_name'],
      ['path', 'a.csv', '/data/a.csv'],
      ['day', '05/13/2024', '2024-05-13'],
      ['list', ['A', 'B'], 'A|B'],
    ]
    const names = ['tea', 'age_group', 'home_town', 'plan', 'city', 'job_name', 'pet', 'last_order']
    const good = names.map((text, index) =>
      episode(`good${index}`, [
        ok({
          ...{ command: 'ls -l', query: 'SELECT City FROM shop', name: text, path: `/data/${text}.csv` },
          ...{ day: `2024-05-1${index}`, list: 'C|D' },
        }),
      ]),
    )
    const repairs = pairs.flatMap(([member, wrong, right], index) =>
      [0, 1].map((again) =>
        episode(`bad${index}${again}`, [failed({ [member]: wrong }, NAMED), ok({ [member]: right })]),
      ),
    )
    const drafts = induce(await minedFrom([...good, ...repairs]), builtinInducers)
    expect([...new Set(drafts.map(({ draft }) => draft.kind))].sort()).toEqual([
      ...[
        'affix-value',
        'join-elements',
        'recall-correction',
        'reformat-value',
        'rename-sql-names',
        'respell-value',
        'rewrite-command',
      ],
    ])
    for (const unit of ['a_', "'", 'SELECT a FROM (', 'x AS x,', '2>', ' ', '9/', '((', '"\\', '`']) {
      const hostile = unit.repeat(200_000 / unit.length)
      for (const text of [hostile, `SELECT ${hostile}`, `${hostile}!`])
        for (const { draft } of drafts)
          for (const [member] of pairs) edited(draft, { [member]: text }, undefined, undefined, NAMED)
    }
  }, 60_000)
})
