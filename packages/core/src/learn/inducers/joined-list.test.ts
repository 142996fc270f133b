import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { contract, edited, episode, failed, ok, proposed, type Written } from '../recording.test.support.ts'
import { joinedListInducer } from './joined-list.ts'

const named = (names: Json) => ({ names })
const refused = failed(named(['Aa', 'Bb']), 'Expected string, received array')

function under(description: string, ...calls: Written[]): Trajectory[] {
  const schema = { type: 'object', properties: { names: { type: 'string', description } } }
  return [episode('e', calls, { contracts: [contract(schema)] })]
}

describe('joined-list', () => {
  it.each<[string, Trajectory[]]>([
    ['a pair', [episode('e', [refused, ok(named('Aa|Bb'))])]],
    ['an example in the contract', under('One name, or several: "Cc|Dd"', refused)],
    ['a sibling', under('Names', refused, ok({ towns: 'Aa|Bb' }, { tool: 'book_towns' }))],
  ])('learns the mark from %s', async (_, trajectories) => {
    const [draft, ...others] = await proposed(joinedListInducer, trajectories)
    expect(others).toEqual([])
    expect(draft).toMatchObject({ kind: 'join-elements', options: { path: '/names', mark: '|' } })
    expect(draft && edited(draft, named(['X', 'Y', 'Z']))).toEqual(named('X|Y|Z'))
  })

  it.each<[string, Trajectory[]]>([
    ['a contract that names no mark', under('Names, as many as you like', refused)],
    ['a contract that names several', under('"A|B" or "A;B"', refused)],
    ['one element', under('Several: "Cc|Dd"', failed(named(['Aa']), 'no'))],
    ['a list that succeeds as well', [episode('e', [refused, ok(named('Aa|Bb')), ok(named(['X', 'Y']))])]],
  ])('does not propose for %s', async (_, trajectories) => {
    expect(await proposed(joinedListInducer, trajectories)).toEqual([])
  })
})
