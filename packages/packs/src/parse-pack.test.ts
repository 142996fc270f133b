import type { JsonObject } from '@lifeharness/core'
import { describe, expect, it } from 'vitest'
import { shopPack } from './pack.test.support.ts'
import { parsePack } from './parse-pack.ts'

// biome-ignore lint/suspicious/noExplicitAny: a pack is broken in ways that its type does not allow
type Changeable = any

describe('parsePack', () => {
  it('reads what is written as JSON, with a byte order mark too', () => {
    expect(parsePack(`\uFEFF${JSON.stringify(shopPack())}`)).toEqual(shopPack())
  })

  const changed = (change: (pack: Changeable) => void): JsonObject => {
    const pack = structuredClone(shopPack()) as unknown as Changeable
    change(pack)
    return pack as JsonObject
  }

  it.each<[string, string, (pack: Changeable) => void]>([
    ['another format', 'format', (pack) => (pack.format = 'lifeharness-pack/9')],
    ['no semantic version', 'version', (pack) => (pack.version = '1.0')],
    ['a name with spaces', 'name', (pack) => (pack.name = 'My Pack')],
    ['an unknown member', '', (pack) => (pack.code = 'x')],
    ['no entries', 'entries', (pack) => (pack.entries = [])],
    ['an unknown category', 'entries[0].category', (pack) => (pack.entries[0].category = 'contract.other')],
    ['a slot that is not there', 'entries[0].slot', (pack) => (pack.entries[0].slot = 'other')],
    ['two entries of one name', 'entries[1].name', (pack) => pack.entries.push(pack.entries[0])],
    ['nothing that it mends', 'entries[0].fixtures.fixes', (pack) => (pack.entries[0].fixtures.fixes = [])],
    [
      'a fixture without expectation',
      'entries[0].fixtures.fixes[0].expect',
      (pack) => (pack.entries[0].fixtures.fixes[0].expect = {}),
    ],
  ])('refuses %s, and says where', (_, where, change) => {
    expect(() => parsePack(changed(change))).toThrow(
      expect.objectContaining({ code: 'LIFEHARNESS_PACK_FORMAT', where }),
    )
  })

  it('refuses what is no JSON', () => {
    expect(() => parsePack('{"format":')).toThrow('this is not JSON')
  })
})
