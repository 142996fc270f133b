import { describe, expect, it } from 'vitest'
import { shopPack } from './pack.test.support.ts'
import type { Pack, PackEntry } from './pack.ts'
import { verifyPack } from './verify-pack.ts'

function packOf(...changes: Partial<PackEntry>[]): Pack {
  const pack = shopPack()
  const [entry] = pack.entries as [PackEntry]
  return { ...pack, entries: changes.map((change) => ({ ...entry, ...change })) }
}

const problemsOf = async (pack: Pack) =>
  (await verifyPack(pack)).problems.map(({ where, problem }) => `${where}: ${problem}`)

describe('verifyPack', () => {
  it('finds that a pack does what it says', async () => {
    expect(await verifyPack(shopPack())).toEqual({
      problems: [],
      fixes: { held: 1, all: 1 },
      leaves: { held: 1, all: 1 },
    })
  })

  it('finds a fix that does not come out', async () => {
    const { fixtures } = shopPack().entries[0] as PackEntry
    const fixes = [{ input: { order: 'W1' }, expect: { executed: [{ input: { order: '##W1' } }] } }]
    expect(await problemsOf(packOf({ fixtures: { ...fixtures, fixes } }))).toEqual([
      expect.stringMatching(/^fixtures\.fixes\[0\]: expected .*##W1.* to be executed, and it was .*#W1/),
    ])
  })

  it('finds a call that is changed and must not be', async () => {
    const { fixtures } = shopPack().entries[0] as PackEntry
    const leaves = [{ input: { order: 'W2' } }]
    expect(await problemsOf(packOf({ fixtures: { ...fixtures, leaves } }))).toEqual([
      expect.stringMatching(/^fixtures\.leaves\[0\]: it must stay as it is, and .*#W2/),
    ])
  })

  it('wants as many calls that stay as calls that are mended', async () => {
    const { fixtures } = shopPack().entries[0] as PackEntry
    const fixes = [...fixtures.fixes, ...fixtures.fixes]
    expect(await problemsOf(packOf({ fixtures: { ...fixtures, fixes } }))).toEqual([
      expect.stringMatching(/^fixtures\.leaves: 1 calls that must stay as they are for 2/),
    ])
  })

  it('wants the risk of an effect stated', async () => {
    const before = Array.from({ length: 3 }, () => ({ input: { order: 'W1' } }))
    const entry = {
      ...{ kind: 'break-loop', options: {}, category: 'traj.repeat' as const },
      fixtures: {
        fixes: [{ before, input: { order: 'W1' }, expect: { told: 'same result' } }],
        leaves: [{ input: { order: 'W1' } }],
      },
    }
    const { when: _, ...plain } = shopPack().entries[0] as PackEntry
    const pack = { ...shopPack(), entries: [{ ...plain, ...entry }] }
    expect(await problemsOf(pack)).toEqual([expect.stringMatching(/^approval: .*"approval": "needed"/)])
  })

  it('finds options and kinds that are none', async () => {
    expect(await problemsOf(packOf({ kind: 'make-coffee' }))).toEqual([
      expect.stringMatching(/^kind: .*no kind make-coffee/),
    ])
    const problems = await problemsOf(packOf({ options: { path: '$order' } }))
    expect(problems.length).toBeGreaterThan(0)
  })

  it('finds two entries that want the same argument', async () => {
    const { fixtures } = shopPack().entries[0] as PackEntry
    const fixes = [{ input: { order: 'W1' }, expect: { executed: [{ input: { order: 'No-W1' } }] } }]
    const rival = {
      name: 'rival',
      options: { path: '$order', op: 'add', prefix: 'No-' },
      fixtures: { ...fixtures, fixes },
    }
    expect(await problemsOf(packOf({}, rival))).toEqual([
      expect.stringMatching(/^options: number-with-its-mark makes something else of/),
    ])
  })

  it('finds an argument that is named as only the slot calls it', async () => {
    const options = { path: '/order', op: 'add', prefix: '#' }
    const when = { path: '/order', test: 'prefix' as const, text: 'W' }
    for (const change of [{ options }, { when }])
      expect(await problemsOf(packOf(change))).toEqual([
        expect.stringMatching(/^fixtures\.fixes\[0\]: it holds only for .* write "\$order"/),
      ])
  })

  it('finds an entry that does not hold beside another one', async () => {
    const gate = {
      ...{ name: 'no-orders', kind: 'gate', category: 'state.precondition' as const },
      ...{ approval: 'needed' as const, options: { advice: 'already-done', max: 1 } },
      fixtures: {
        fixes: [{ input: { order: 'W2' }, expect: { executed: [] } }],
        leaves: [{ before: [{ input: { order: 'W1' } }], input: { order: 'W1' } }],
      },
    }
    const [entry] = shopPack().entries as [PackEntry]
    const { when: _, ...plain } = entry
    const pack = { ...shopPack(), entries: [entry, { ...plain, ...gate }] }
    expect(await problemsOf(pack)).toEqual([
      expect.stringMatching(/^fixtures\.fixes\[0\]: beside no-orders: expected .* to be executed/),
    ])
  })
})
