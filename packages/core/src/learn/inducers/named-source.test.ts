import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../../trajectory.ts'
import { contract, episode, failed, ok, proposed } from '../recording.test.support.ts'
import { namedSourceInducer } from './named-source.ts'

function refused(description: string, input = {}): Trajectory[] {
  const schema = { type: 'object', properties: { hash: { type: 'string', description } }, required: ['hash'] }
  return [
    episode(
      'e',
      [failed(input, 'hash is required', { tool: 'files_edit' }), ok({ path: 'a' }, { tool: 'files_read' })],
      { contracts: [contract(schema, 'files_edit')] },
    ),
  ]
}

describe('named-source', () => {
  it('explains where a missing value comes from', async () => {
    const drafts = await proposed(namedSourceInducer, refused('Hash that files_read gave'))
    expect(drafts).toMatchObject([
      {
        kind: 'explain-error',
        options: { advice: 'look-up', slots: { argument: 'hash', tool: 'files_read' } },
      },
    ])
  })

  it('explains it of a value that is none', async () => {
    const drafts = await proposed(namedSourceInducer, refused('Hash that files_read gave', { hash: null }))
    expect(drafts).toHaveLength(1)
  })

  it.each(['Hash of the file', 'Hash that files_reader gave', 'Hash, see files_edit', ''])(
    'does not propose where the contract says %j',
    async (description) => expect(await proposed(namedSourceInducer, refused(description))).toEqual([]),
  )
})
