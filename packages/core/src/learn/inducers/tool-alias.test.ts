import { describe, expect, it } from 'vitest'
import { builtinClassifiers } from '../../classifiers/index.ts'
import { builtinKinds } from '../../interventions/index.ts'
import type { Json } from '../../json.ts'
import type { Trajectory } from '../../trajectory.ts'
import { induce } from '../induce.ts'
import { contract, episode, failed, minedFrom, ok, proposed } from '../recording.test.support.ts'
import { validate } from '../validate.ts'
import { toolAliasInducer } from './tool-alias.ts'

const known = ['search_web', 'read_page'].map((name) => contract({ type: 'object' }, name))

function switched(id: string, from: string, to: string, input: Json = { q: id }): Trajectory {
  return episode(id, [failed(input, `no tool ${from}`, { tool: from }), ok({ q: id }, { tool: to })], {
    contracts: known,
  })
}

describe('tool-alias', () => {
  const recording = Array.from({ length: 12 }, (_, index) => switched(`e${index}`, 'google', 'search_web'))

  it('learns which tool is meant, and proves it on other episodes', async () => {
    const drafts = await proposed(toolAliasInducer, recording)
    expect(drafts).toMatchObject([
      {
        kind: 'rename-tool',
        options: { from: 'google', to: 'search_web' },
        category: 'resolve.unknown_tool',
      },
    ])
    const mined = await minedFrom(recording)
    const source = async function* () {
      yield* recording
    }
    const options = { kinds: builtinKinds, classifiers: builtinClassifiers, mined }
    const [validated] = await validate(source, induce(mined, [toolAliasInducer]), options)
    expect(validated).toMatchObject({ passes: true, replay: { fixes: 12, wrongRepairs: 0 } })
  })

  it.each<[string, Trajectory[]]>([
    ['several tools', [switched('a', 'google', 'search_web'), switched('b', 'google', 'read_page')]],
    ['other arguments', [switched('a', 'google', 'search_web', { q: 'other' })]],
    ['a tool that exists', [switched('a', 'read_page', 'search_web')]],
  ])('does not propose for %s', async (_, episodes) => {
    expect(await proposed(toolAliasInducer, episodes)).toEqual([])
  })
})
