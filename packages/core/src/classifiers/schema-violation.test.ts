import { describe, expect, it } from 'vitest'
import { callOf, contractOf, failedStep, verdictOf } from '../contexts.test.support.ts'
import type { Json } from '../json.ts'
import { schemaViolation } from './schema-violation.ts'

const contract = contractOf({
  type: 'object',
  properties: {
    id: { type: 'string' },
    n: { type: 'integer', maximum: 9 },
    list: { type: 'array', items: { type: 'string' } },
    mail: { type: 'string', format: 'email' },
  },
  required: ['id'],
  additionalProperties: false,
})

describe('schema-violation matches', () => {
  it.each<[Json, string, string]>([
    [{}, 'contract.missing_param', '/id'],
    [{ ident: 'x' }, 'contract.misnamed_param', '/ident'],
    [{ id: 'x', extra: 1 }, 'contract.misnamed_param', '/extra'],
    [{ id: 1 }, 'contract.type', '/id'],
    [{ id: 'x', n: '3' }, 'contract.type', '/n'],
    [{ id: 'x', n: 10 }, 'contract.value', '/n'],
    [{ id: 'x', list: '["a"]' }, 'parse.wrong_container', '/list'],
    [{ id: 'x', list: 'a' }, 'contract.type', '/list'],
    ['{"id":"x"}', 'parse.wrong_container', ''],
    [{ n: '3' }, 'contract.missing_param', '/id'],
  ])('%j: %s at %s', (input, category, path) => {
    const found = verdictOf(schemaViolation, failedStep('x', callOf(input)), { contract })
    expect(found).toMatchObject({ category, path, rank: 'schema', effect: 'none', attribution: 'model' })
  })
})

describe('schema-violation does not match', () => {
  it.each<[string, Json]>([
    ['what fits', { id: 'x', n: 3, list: ['a'] }],
    ['a format that not every host checks', { id: 'x', mail: 'nobody' }],
  ])('%s', (_, input) => {
    expect(verdictOf(schemaViolation, failedStep('x', callOf(input)), { contract })).toBeUndefined()
  })

  it('without a contract, or without arguments', () => {
    expect(verdictOf(schemaViolation, failedStep('x', callOf({})))).toBeUndefined()
    const raw = failedStep('x', callOf(undefined, { rawInput: '{' }))
    expect(verdictOf(schemaViolation, raw, { contract })).toBeUndefined()
  })
})
