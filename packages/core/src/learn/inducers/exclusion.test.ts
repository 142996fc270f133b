import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { edited, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { exclusionInducer } from './exclusion.ts'

const page = (parent: Json) => ({ parent, title: 'A' })
const repair = (before: Json, after: Json): Written[] => [
  failed(page(before), 'give one of them'),
  ok(page(after)),
]

describe('exclusion', () => {
  it('finds two ways to name one thing', async () => {
    const [edit, hint, ...others] = await proposed(exclusionInducer, [
      episode('a', repair({ page_id: '1', type: 'list', list_id: '1' }, { list_id: '1' })),
    ])
    expect(others).toEqual([])
    expect(edit).toMatchObject({
      kind: 'exclude-argument',
      options: { keep: '/parent/list_id', without: ['page_id', 'type'] },
      origin: { support: { pairs: 1, episodes: 1 } },
    })
    expect(hint).toMatchObject({
      kind: 'explain-error',
      options: {
        advice: 'only-one-argument',
        slots: { arguments: ['parent.list_id', 'parent.page_id', 'parent.type'] },
      },
    })
    const call = page({ list_id: '7', type: 'list', page_id: '8' })
    expect(edit && edited(edit, call)).toEqual(page({ list_id: '7' }))
    expect(edit && edited(edit, page({ page_id: '8' }))).toBeUndefined()
  })

  it.each<[string, Written[]]>([
    ['a member that went while several stayed', repair({ a: '1', b: '2', c: '3' }, { b: '2', c: '3' })],
    ['a member that was renamed', repair({ page_id: '1' }, { list_id: '1' })],
    [
      'members that a success gave together',
      [ok(page({ a: '1', b: '2' })), ...repair({ a: '1', b: '3' }, { b: '3' })],
    ],
    ['another value beside', repair({ a: '1', b: '2' }, { b: '3' })],
  ])('does not propose for %s', async (_, calls) => {
    expect(await proposed(exclusionInducer, [episode('a', calls)])).toEqual([])
  })
})
