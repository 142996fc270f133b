import { describe, expect, it } from 'vitest'
import { callOf, contractOf, failedStep, verdictOf } from '../contexts.test.support.ts'
import { malformedJson } from './malformed-json.ts'

describe('malformed-json matches', () => {
  it.each([
    ['{"path": "/srv/da', 'emit.truncated'],
    ['{"a": [1, 2', 'emit.truncated'],
    ['{a: 1}', 'parse.malformed_json'],
    ['{"a": [\\"x\\"]}', 'parse.malformed_json'],
    ['{"a": "say "hi"}', 'parse.malformed_json'],
    ['', 'parse.malformed_json'],
  ])('%s', (rawInput, category) => {
    const found = verdictOf(malformedJson, failedStep('x', callOf(undefined, { rawInput })))
    expect(found).toMatchObject({
      category,
      rank: 'typed',
      effect: 'none',
      attribution: 'model',
      evidence: rawInput,
    })
  })

  it.each([['"{}"'], ['[]'], ['3']])('arguments that are no object: %s', (text) => {
    const found = verdictOf(malformedJson, failedStep('x', callOf(JSON.parse(text))))
    expect(found?.category).toBe('parse.wrong_container')
  })
})

describe('malformed-json does not match', () => {
  it('an object, or what a contract judges', () => {
    expect(verdictOf(malformedJson, failedStep('x', callOf({})))).toBeUndefined()
    const contract = contractOf({ type: 'string' })
    expect(verdictOf(malformedJson, failedStep('x', callOf('x')), { contract })).toBeUndefined()
  })
})
