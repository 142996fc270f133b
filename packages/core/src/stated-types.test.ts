import { expect, it } from 'vitest'
import { statedTypes } from './stated-types.ts'
import type { ToolContract } from './tool.ts'

const contract: ToolContract = {
  tool: { origin: 'local', name: 'find' },
  inputSchema: {
    type: 'object',
    properties: {
      limit: { $ref: '#/$defs/count' },
      ids: { type: 'array', items: { type: 'string' } },
      any: {},
    },
    $defs: { count: { type: 'integer' } },
  },
}

it.each([
  ['/limit', ['integer']],
  ['/ids', ['array']],
  ['/ids/*', ['string']],
  ['/any', []],
  ['/unknown', []],
])('%s: %j, however often it is asked', (path, types) => {
  expect(statedTypes(contract, path)).toEqual(types)
  expect(statedTypes(contract, path)).toEqual(types)
})

it('looks at each contract by itself', () => {
  const other = { ...contract, inputSchema: { type: 'object', properties: { limit: { type: 'string' } } } }
  expect(statedTypes(other, '/limit')).toEqual(['string'])
  expect(statedTypes(contract, '/limit')).toEqual(['integer'])
})

it('states nothing where there is no contract, or none of the arguments', () => {
  expect(statedTypes(undefined, '/limit')).toEqual([])
  expect(statedTypes({ tool: contract.tool }, '/limit')).toEqual([])
})
