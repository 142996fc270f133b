import { describe, expect, it } from 'vitest'
import { episode, failed, ok, proposed } from '../recording.test.support.ts'
import { tableNamesInducer } from './table-names.ts'

const query = (text: string) => ({ query: text })
const good = [
  'SELECT Shop_ID FROM shop',
  'SELECT City, shop_id FROM shop',
  'SELECT Name FROM employee WHERE Age > 3',
  'SELECT COUNT(*) FROM shop WHERE City = 1',
  'SELECT e.Name FROM employee e',
].map((text, index) => episode(`good${index}`, [ok(query(text))]))

describe('table-names', () => {
  it('tells what the successes call things', async () => {
    const drafts = await proposed(tableNamesInducer, [
      ...good,
      episode('a', [failed(query('SELECT id FROM shop'), "Unknown column 'id'")]),
      episode('b', [failed(query('SELECT City FROM shops'), "Table 'shops' doesn't exist")]),
    ])
    expect(drafts).toMatchObject([
      {
        kind: 'explain-names',
        options: { path: '/query', tables: { employee: ['Age', 'Name'], shop: ['City', 'Shop_ID'] } },
        origin: { support: { episodes: 2 } },
      },
    ])
  })

  it.each([
    ['failures about other tables', [...good, episode('a', [failed(query('SELECT id FROM other'), 'no')])]],
    ['few queries', [...good.slice(0, 2), episode('a', [failed(query('SELECT id FROM shop'), 'no')])]],
    ['texts that are no queries', [episode('a', [ok(query('hello there')), failed(query('SELECT'), 'no')])]],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(tableNamesInducer, episodes)).toEqual([])
  })
})
