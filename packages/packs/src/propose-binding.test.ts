import type { JsonObject, ToolContract } from '@lifeharness/core'
import { describe, expect, it } from 'vitest'
import { shopPack } from './pack.test.support.ts'
import { missingArguments, proposeBinding } from './propose-binding.ts'

function contract(name: string, properties: JsonObject, origin = 'local'): ToolContract {
  return { tool: { origin, name }, inputSchema: { type: 'object', properties } }
}

const propose = (...contracts: ToolContract[]) => proposeBinding(shopPack(), contracts)

describe('a tool is proposed', () => {
  it('by its name and the names of its arguments, however they are spelt', () => {
    expect(propose(contract('getOrder', { 'order-id': { type: 'string' } }, 'shop'))).toEqual([
      {
        slot: 'orders',
        candidates: [{ tool: { origin: 'shop', name: 'getOrder' }, arguments: { order: '/order-id' } }],
      },
    ])
  })

  it('beside others, which a person chooses from', () => {
    const one = { order: { type: 'string' } }
    const [found] = propose(contract('get_order', one, 'b'), contract('get_order', one, 'a'))
    expect(found?.candidates.map(({ tool }) => tool.origin)).toEqual(['a', 'b'])
  })
})

describe('a tool is not proposed', () => {
  it.each([
    ['of another name', contract('list_orders', { order: { type: 'string' } })],
    ['without the argument', contract('get_order', { number: { type: 'string' } })],
    ['whose argument has another type', contract('get_order', { order: { type: 'integer' } })],
    ['where two arguments fit', contract('get_order', { order: {}, id: {} })],
    ['without a schema', { tool: { origin: 'local', name: 'get_order' } }],
  ])('%s', (_, one) => {
    expect(propose(one)).toEqual([])
  })
})

describe('arguments that a tool has no place for', () => {
  const { slots } = shopPack()
  const bound = (path?: string) => ({
    tool: { origin: 'local', name: 'get_order' },
    ...(path ? { arguments: { order: path } } : {}),
  })

  it('are told by the first part of their path', () => {
    const known = contract('get_order', { params: { type: 'object' } })
    expect(missingArguments(slots.orders!, bound(), known)).toEqual(['order'])
    expect(missingArguments(slots.orders!, bound('/params/order'), known)).toEqual([])
  })

  it('are not told of a tool whose arguments are not known', () => {
    expect(missingArguments(slots.orders!, bound(), { tool: bound().tool })).toEqual([])
  })
})
