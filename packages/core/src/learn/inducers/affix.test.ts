import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { edited, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { affixInducer } from './affix.ts'

const file = (path: string) => ({ path, sheet: 'One' })

/** A success of its own episode, and before it, where one is named, a failure. */
function use(index: number, good: string, bad?: string, more: Partial<Trajectory> = {}): Trajectory {
  const failure = bad === undefined ? [] : [failed(file(bad), 'must be an absolute path')]
  return episode(`e${index}`, [...failure, ok(file(good))], more)
}

const names = ['red', 'green', 'blue', 'Long_Name', 'x1', 'final report']
const files = names.map((name, index) => use(index, `/data/in/${name}.xlsx`))
const repaired = [...files, use(10, '/data/in/a.xlsx', 'a.xlsx'), use(11, '/data/in/b2.xlsx', 'b2.xlsx')]
const orders = Array.from({ length: 6 }, (_, index) => use(index, `#W${7_000_000 + index}`))

describe('affix', () => {
  it('finds the directory that bare file names lack', async () => {
    const [draft, ...others] = await proposed(affixInducer, repaired)
    expect(others).toEqual([])
    expect(draft).toMatchObject({
      kind: 'affix-value',
      options: { path: '/path', op: 'add', prefix: '/data/in/' },
    })
    expect(draft?.origin.support).toMatchObject({ pairs: 2, episodes: 2 })
    expect(draft && edited(draft, file('new.xlsx'))).toEqual(file('/data/in/new.xlsx'))
    expect(draft && edited(draft, file('my new.xlsx'))).toEqual(file('/data/in/my new.xlsx'))
  })

  it.each<[string, Json]>([
    ['a path that is absolute', file('/tmp/new.xlsx')],
    ['one that has it', file('/data/in/new.xlsx')],
    ['a relative path', file('sub/new.xlsx')],
    ['the way out', file('../new.xlsx')],
    ['a home', file('~new.xlsx')],
    ['an address', file('https:new.xlsx')],
    ['another drive', file('C:new.xlsx')],
    ['another kind of file', file('new.csv')],
    ['a pattern', file('*.xlsx')],
    ['no text', { path: 5 }],
  ])('leaves %s alone', async (_, input) => {
    const [draft] = await proposed(affixInducer, repaired)
    expect(draft && edited(draft, input)).toBeUndefined()
  })

  it('finds the mark that an identifier lacks, and the shape it belongs to', async () => {
    const [draft] = await proposed(affixInducer, [...orders, use(9, '#W7239184', 'W7239184')])
    expect(draft).toMatchObject({ options: { op: 'add', prefix: '#' } })
    expect(draft && edited(draft, file('W1234567'))).toEqual(file('#W1234567'))
    for (const other of ['W12', '1234567', 'all', '#W1234567'])
      expect(draft && edited(draft, file(other))).toBeUndefined()
  })

  it('finds a mark that is too much, and a missing end', async () => {
    const plain = Array.from({ length: 6 }, (_, index) => use(index, `W${7_000_000 + index}`))
    const [strip] = await proposed(affixInducer, [...plain, use(9, 'W7239184', '#W7239184')])
    expect(strip).toMatchObject({ options: { op: 'strip', prefix: '#' } })
    expect(strip && edited(strip, file('#W1234567'))).toEqual(file('W1234567'))
    const tickers = ['3690', '1810', '2333', '0700'].map((name, index) => use(index, `${name}.HK`))
    const [end] = await proposed(affixInducer, [...tickers, use(9, '9988.HK', '9988')])
    expect(end).toMatchObject({ options: { op: 'add', suffix: '.HK' } })
    expect(end && edited(end, file('0005'))).toEqual(file('0005.HK'))
  })

  it('binds a literal to the tenant it was seen in', async () => {
    const scoped = repaired.map((trajectory) => ({ ...trajectory, scope: 'tenant' }))
    expect((await proposed(affixInducer, scoped))[0]?.scope).toBe('tenant')
    const people = repaired.map((trajectory, index) => ({
      ...trajectory,
      subject: `s${index}`,
      scope: `s${index}`,
    }))
    const [shared] = await proposed(affixInducer, people)
    expect(shared).toBeDefined()
    expect(shared?.scope).toBeUndefined()
    const apart = repaired.map((trajectory, index) => ({ ...trajectory, scope: `t${index}` }))
    expect(await proposed(affixInducer, apart)).toEqual([])
  })

  it.each<[string, Trajectory[]]>([
    [
      'successes without it',
      [...files.slice(0, 3), use(4, 'c.xlsx'), use(5, 'd.xlsx'), use(10, '/data/in/a.xlsx', 'a.xlsx')],
    ],
    [
      'a directory for each task',
      names.map((name, index) => use(index, `/task${index}/${name}.xlsx`, `${name}.xlsx`)),
    ],
    ['too few successes', [use(10, '/data/in/a.xlsx', 'a.xlsx')]],
    ['a word more in a command', [...files, episode('c', [failed(file('ls *.md'), 'no'), ok(file('ls '))])]],
    ['another file', [...files, use(10, '/data/in/b.xlsx', 'a.xlsx')]],
    ['a piece of a word', [...orders, use(9, 'X7000001', '7000001')]],
  ])('does not match %s', async (_, trajectories) => {
    expect(await proposed(affixInducer, trajectories)).toEqual([])
  })

  it('learns from the tools of the same server, which take the same files', async () => {
    const other = (index: number, bad: string) =>
      episode(`f${index}`, [
        failed(file(bad), 'must be an absolute path', { tool: 'book-info' }),
        ok(file(`/data/in/${bad}`), { tool: 'book-info' }),
      ])
    const lonely = episode('g', [failed(file('b2.xlsx'), 'must be an absolute path')])
    const drafts = await proposed(affixInducer, [...files, lonely, other(1, 'a.xlsx')])
    expect(drafts.map(({ tool }) => tool.name)).toContain('book')
    expect(await proposed(affixInducer, [...files.slice(0, 5), lonely])).toEqual([])
  })
})
