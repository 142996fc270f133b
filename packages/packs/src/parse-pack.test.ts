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
    [
      'a slot that every object inherits',
      'entries[0].slot',
      (pack) => (pack.entries[0].slot = 'constructor'),
    ],
    [
      'a slot of an earlier call that is not there',
      'entries[0].fixtures.leaves[0].before[0].slot',
      (pack) => (pack.entries[0].fixtures.leaves[0].before = [{ slot: 'other', input: {} }]),
    ],
    [
      'a slot of an executed call that is not there',
      'entries[0].fixtures.fixes[0].expect.executed[0].slot',
      (pack) => (pack.entries[0].fixtures.fixes[0].expect.executed[0].slot = 'other'),
    ],
    [
      'what repaints the terminal of its reader',
      'entries[0].why',
      (pack) => (pack.entries[0].why = 'Fine.\u001b[2J'),
    ],
    ['what reads backwards', 'description', (pack) => (pack.description = 'For \u202eelif')],
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

  it.each([
    ['a value', '"W1"', `${'['.repeat(50_000)}1${']'.repeat(50_000)}`],
    ['a guard', '"when":{', `"when":{${'"not":{'.repeat(20_000)}`],
  ])('refuses %s that is nested beyond reason', (_, found, deep) => {
    const text = JSON.stringify(shopPack()).replace(found, deep)
    const closed =
      found === '"when":{' ? text.replace('"text":"W"}', `"text":"W"}${'}'.repeat(20_000)}`) : text
    expect(() => parsePack(closed)).toThrow('nested deeper than')
  })

  it('refuses what is no JSON', () => {
    expect(() => parsePack('{"format":')).toThrow('this is not JSON')
  })
})
