import { describe, expect, it } from 'vitest'
import {
  declaresCompensation,
  defineConfig,
  factsOf,
  type LifeHarnessConfig,
  takesBack,
  toolSettings,
} from './config.ts'
import { callOf } from './contexts.test.support.ts'

const read = { origin: 'files', name: 'read' }
const annotated = { tool: read, annotations: { readOnlyHint: true, destructiveHint: true } }

describe('what is relied on', () => {
  it('is nothing, unless somebody said so', () => {
    expect(toolSettings({}, read, annotated).facts).toEqual({
      readOnly: false,
      idempotent: false,
      destructive: false,
      trusted: false,
    })
  })

  it('annotations count only from origins the user marked trusted', () => {
    expect(toolSettings({ trustedOrigins: ['files'] }, read, annotated).facts).toEqual({
      readOnly: true,
      idempotent: true,
      destructive: true,
      trusted: true,
    })
    expect(toolSettings({ trustedOrigins: ['other'] }, read, annotated).facts.readOnly).toBe(false)
  })

  it("the user's own code is trusted, and his word beats an annotation", () => {
    const local = { tool: { origin: 'local', name: 'read' }, annotations: { readOnlyHint: true } }
    expect(toolSettings({}, local.tool, local).facts).toMatchObject({ trusted: true, readOnly: true })
    const config = defineConfig({ tools: { read: { readOnly: false, trusted: false } } })
    expect(toolSettings(config, local.tool, local).facts).toMatchObject({ trusted: false, readOnly: false })
  })

  it('a tool that can do both reads in those calls of which the user says so, and in no other', () => {
    const config = defineConfig({
      tools: { http: { readOnly: ({ input }) => (input as { method: string }).method === 'GET' } },
    })
    const settings = toolSettings(config, { origin: 'local', name: 'http' })
    expect(settings.facts.readOnly).toBe(false)
    expect(factsOf(settings, callOf({ method: 'GET' }))).toMatchObject({ readOnly: true, idempotent: true })
    expect(factsOf(settings, callOf({ method: 'POST' })).readOnly).toBe(false)
    // His function throws on this one.
    expect(factsOf(settings, callOf(null)).readOnly).toBe(false)
  })

  it('may be repeated in those calls of which the user says so, and in no other', () => {
    const config = defineConfig({
      tools: {
        http: { idempotent: ({ input }) => 'Idempotency-Key' in (input as { headers: object }).headers },
      },
    })
    const settings = toolSettings(config, { origin: 'local', name: 'http' })
    expect(settings.facts.idempotent).toBe(false)
    const keyed = callOf({ method: 'POST', headers: { 'Idempotency-Key': 'a' } })
    expect(factsOf(settings, keyed)).toMatchObject({ readOnly: false, idempotent: true })
    expect(factsOf(settings, callOf({ method: 'POST', headers: {} })).idempotent).toBe(false)
    // His function throws on this one.
    expect(factsOf(settings, callOf({ method: 'POST' })).idempotent).toBe(false)
    // Nor do annotations say more than he does.
    const annotated = { tool: { origin: 'local', name: 'http' }, annotations: { idempotentHint: true } }
    expect(toolSettings(config, annotated.tool, annotated).facts.idempotent).toBe(false)
  })

  it('the most specific pattern wins, and patterns are no regular expressions', () => {
    const config = defineConfig({
      tools: {
        '*': { readOnly: true },
        'files/*': { destructive: true },
        'files/delete': { readOnly: false },
      },
    })
    expect(toolSettings(config, { origin: 'files', name: 'delete' }).facts).toMatchObject({
      readOnly: false,
      destructive: true,
    })
    expect(toolSettings(config, { origin: 'local', name: 'list' }).facts).toMatchObject({ readOnly: true })
    expect(
      toolSettings({ tools: { 'a.c': { readOnly: true } } }, { origin: 'local', name: 'abc' }).facts.readOnly,
    ).toBe(false)
  })
})

describe('what takes back what', () => {
  const config: LifeHarnessConfig = {
    tools: {
      cancel_booking: { compensates: ['book_*'] },
      'files/delete': { compensates: ['files/write', 'files/create'] },
    },
  }
  const local = (name: string) => ({ origin: 'local', name })
  it.each([
    [local('cancel_booking'), local('book_hotel'), true],
    [local('cancel_booking'), local('pay'), false],
    [local('book_hotel'), local('cancel_booking'), false],
    [{ origin: 'files', name: 'delete' }, { origin: 'files', name: 'write' }, true],
    [{ origin: 'files', name: 'delete' }, local('write'), false],
    [local('delete'), { origin: 'files', name: 'write' }, false],
  ])('%o takes back %o: %s', (later, earlier, expected) => {
    expect(takesBack(config, later, earlier)).toBe(expected)
  })

  it('is known only where it is said', () => {
    expect(declaresCompensation(config)).toBe(true)
    expect(declaresCompensation({ tools: { a: { readOnly: true }, b: { compensates: [] } } })).toBe(false)
    expect(declaresCompensation({})).toBe(false)
  })
})
