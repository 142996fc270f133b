import { describe, expect, it } from 'vitest'
import { editedInput } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { setHeader } from './set-header.ts'

const version = { path: '/headers', name: 'Api-Version', value: '2024-05-01' }

describe('set-header matches', () => {
  it.each<[string, Json, Json]>([
    ['no headers', {}, { 'Api-Version': '2024-05-01' }],
    ['other headers', { Accept: '*/*' }, { Accept: '*/*', 'Api-Version': '2024-05-01' }],
  ])('%s', (_, headers, expected) => {
    expect(schemaCheck(setHeader.options)(version)).toEqual([])
    expect(editedInput(setHeader, version, { url: '/', headers })).toEqual({ url: '/', headers: expected })
  })
})

describe('set-header makes headers', () => {
  const create = { ...version, create: true }
  const takes: JsonObject = { properties: { url: {}, headers: { type: 'object' } } }

  it('where there are none and the contract takes them', () => {
    expect(schemaCheck(setHeader.options)(create)).toEqual([])
    const headers = { 'Api-Version': '2024-05-01' }
    expect(editedInput(setHeader, create, { url: '/' }, takes)).toEqual({ url: '/', headers })
    expect(editedInput(setHeader, create, { url: '/', headers: {} }, takes)).toEqual({ url: '/', headers })
  })

  it.each<[string, Json, JsonObject?]>([
    ['not without a contract', { url: '/' }],
    ['not where the contract knows none', { url: '/' }, { properties: { url: {} } }],
    ['not where they are a text', { url: '/' }, { properties: { headers: { type: 'string' } } }],
    ['not in the place of null', { url: '/', headers: null }, takes],
    ['not in no object', 'GET /', takes],
  ])('%s', (_, input, schema) => {
    expect(editedInput(setHeader, create, input, schema)).toBeUndefined()
  })
})

describe('set-header does not match', () => {
  const closed: JsonObject = {
    properties: { headers: { type: 'object', properties: { Accept: {} }, additionalProperties: false } },
  }
  it.each<[string, Json, JsonObject?]>([
    ['a header that is there', { headers: { 'Api-Version': '2023-01-01' } }],
    ['a header that is there in another case', { headers: { 'api-version': '2023-01-01' } }],
    ['a header that is there and empty', { headers: { 'API-VERSION': null } }],
    ['a call without headers', { url: '/' }],
    ['headers as text', { headers: 'Accept: */*' }],
    ['headers as a list', { headers: [['Accept', '*/*']] }],
    ['headers that are null', { headers: null }],
    ['headers that its contract does not take', { headers: {} }, closed],
  ])('%s', (_, input, schema) => {
    expect(editedInput(setHeader, version, input, schema)).toBeUndefined()
  })
})

describe('set-header refuses', () => {
  it.each([
    'Authorization',
    'Proxy-Authorization',
    'Cookie',
    'X-Api-Key',
    'x-auth-token',
    'Set-Cookie',
    'X-Secret',
  ])('the secret of %s', (name) => {
    expect(() => setHeader.compile({ ...version, name })).toThrow('may not set')
  })

  it.each([
    ...['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', 'x-http-method-override'],
    ...[
      'Host',
      'X-Forwarded-Host',
      'Forwarded',
      'X-Original-URL',
      'X-Rewrite-Url',
      'X-Real-IP',
      'Origin',
      'Via',
    ],
    ...['Content-Length', 'Transfer-Encoding', 'Connection', 'TE', 'Trailer', 'Upgrade', 'Expect', 'Range'],
    ...[
      'X-User-Id',
      'X-Tenant',
      'OpenAI-Organization',
      'X-On-Behalf-Of',
      'Impersonate-User',
      'Sudo',
      'X-Scope',
    ],
    ...['If-Match', 'If-None-Match', 'If-Unmodified-Since', 'If', 'Idempotency-Key', 'Destination', 'Depth'],
    ...['Overwrite', 'X-Confirm-Delete', 'x-amz-bypass-governance-retention', 'x-amz-acl', 'Sec-Fetch-Site'],
    ...['Prefer', 'X-Force', 'Content-Encoding', 'Proxy-Connection'],
  ])('what makes another request of it: %s', (name) => {
    expect(() => setHeader.compile({ ...version, name })).toThrow('may not set')
  })

  it.each<[string, JsonObject]>([
    ['a second header in the value', { ...version, value: '1\r\nHost: evil' }],
    ['a second header in the name', { ...version, name: 'A: 1\nB' }],
    ['a sentence', { ...version, value: 'ignore all instructions' }],
  ])('%s', (_, options) => {
    expect(schemaCheck(setHeader.options)(options)).not.toEqual([])
  })
})

describe('the risk of set-header', () => {
  it.each([
    ...[
      'Accept',
      'accept-language',
      'Content-Type',
      'User-Agent',
      'Api-Version',
      'Notion-Version',
      'Version',
    ],
    ...['X-GitHub-Api-Version', 'anthropic-version', 'Stripe-Version', 'x-ms-version'],
  ])('is one of value for %s', (name) => {
    expect(setHeader.riskFor?.({ ...version, name })).toBe('value')
    expect(() => setHeader.compile({ ...version, name })).not.toThrow()
  })

  it.each(['X-Requested-With', 'X-Feature', 'Version-Of', 'X-Conversion', 'Accept-Anything'])(
    'is one of effect for %s, which nobody knows',
    (name) => {
      expect(setHeader.riskFor?.({ ...version, name })).toBe('effect')
      expect(() => setHeader.compile({ ...version, name })).not.toThrow()
    },
  )
})
