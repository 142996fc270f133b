import { describe, expect, it } from 'vitest'
import { callOf, failure, propose } from '../contexts.test.support.ts'
import type { JsonObject } from '../json.ts'
import { memoryStore } from '../memory-store.ts'
import { createLifeHarness } from '../runtime.ts'
import { registryWith } from '../testing/registry-entry.ts'
import { errorFacts, toolResult } from '../trajectory.ts'
import { liftProtocolError } from './lift-protocol-error.ts'

const thrown = (code: unknown, message = 'no such tool') => Object.assign(new Error(message), { code })

function lifted(value: unknown, options: JsonObject = {}, more: object = {}) {
  const result = toolResult('error', value, { error: errorFacts(value) })
  const action = propose(liftProtocolError, options, callOf({}), { result, failure, ...more })
  return action?.type === 'respond' ? action.result.view() : undefined
}

describe('lift-protocol-error matches', () => {
  it.each<[string, unknown, JsonObject]>([
    ['invalid arguments', thrown(-32_602), {}],
    ['an unknown method', thrown(-32_601), {}],
    ['a fault of the server', thrown(-32_603), {}],
    ['a code of its own', thrown(-32_050), { codes: [-32_050] }],
  ])('%s', (_, value, options) => {
    expect(lifted(value, options)).toBe('no such tool')
  })
})

describe('lift-protocol-error does not match', () => {
  it.each<[string, unknown, JsonObject?]>([
    ['a connection that closed', thrown(-32_000)],
    ['a request that asks the user for something', thrown(-32_042)],
    ['a message that could not be read', thrown(-32_700)],
    ['an exit code', thrown(1)],
    ['a code as text', thrown('-32602')],
    ['an error without a code', new Error('no')],
    ['an error in a result', { isError: true, code: -32_602 }],
    ['another code than its own', thrown(-32_602), { codes: [-32_601] }],
  ])('%s', (_, value, options) => {
    expect(lifted(value, options)).toBeUndefined()
  })

  it('what is no failure, or expected', () => {
    expect(lifted(thrown(-32_602), {}, { failure: undefined })).toBeUndefined()
    expect(lifted(thrown(-32_602), {}, { failure: { ...failure, expectedNegative: true } })).toBeUndefined()
  })
})

it.each([true, false])(
  'where its host would throw past the model (%s), a hint can follow it',
  async (throwsPast) => {
    const category = 'resolve.unknown_tool'
    const hint = { kind: 'explain-error', tool: 't', stage: 'active', layer: 'trajectory', category } as const
    const lift = { ...hint, kind: 'lift-protocol-error' }
    const state = registryWith(lift, { ...hint, options: { advice: 'try-later' } })
    const lifeHarness = await createLifeHarness({ mode: 'frozen', store: memoryStore(state) })
    const tool = { origin: 'local', name: 't' }
    const call = { id: 'c', tool, turn: 0, index: 0, attempt: 1, approved: false, input: {} }
    const error = thrown(-32_601, 'Unknown tool: t')
    const ran = await lifeHarness
      .episode()
      .run(call, () => Promise.reject(error), { host: { tells: () => !throwsPast } })
    expect(ran).toMatchObject({
      thrown: true,
      answered: true,
      edited: expect.stringMatching(/^Unknown tool: t\nThe tool/),
    })
    expect(ran.result.value).toBe(error)
    expect(ran.applied.map(({ action }) => action)).toEqual(['respond', 'replace-result'])
  },
)
