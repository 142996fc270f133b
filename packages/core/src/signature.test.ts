import { describe, expect, it } from 'vitest'
import { maskMessage, signatureOf } from './signature.ts'

describe('maskMessage', () => {
  it.each([
    ["Unknown column 'Model' in 'field list'", 'Unknown column <q> in <q>'],
    ['user 12 not found', 'user <n> not found'],
    ['order #W7239184 not found', 'order <id> not found'],
    ['see https://x.test/a?b=1 or a@b.test', 'see <url> or <email>'],
    ['no such file: /srv/data/in.csv', 'no such file: <path>'],
    ['at 2024-05-13T10:00:00Z, on 5/13/2024', 'at <date>, on <date>'],
    ['id 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'id <uuid>'],
    ['commit 1f0c9a3b5d7e at 0xff', 'commit <hex> at <hex>'],
    ['it isn\'t there, and "that" neither', "it isn't there, and <q> neither"],
    ['a\n\n  b', 'a b'],
    ['read and/or write', 'read and/or write'],
    ['The API error was: seat_not_found', 'The API error was: seat not found'],
    ['The error was in: row_name', 'The error was in: <id>'],
  ])('%s', (message, masked) => {
    expect(maskMessage(message)).toBe(masked)
  })

  it('is bounded, also in time', () => {
    expect(maskMessage('a-1'.repeat(100_000)).length).toBeLessThanOrEqual(600)
  })
})

describe('signatureOf', () => {
  const tool = { origin: 'local', name: 'get_order' }
  it('is the same for what differs only in its variable parts', () => {
    const first = signatureOf('state.not_found', tool, "order '#W1' not found")
    expect(first).toMatch(/^state\.not_found:get_order:[0-9a-f]{12}$/)
    expect(signatureOf('state.not_found', tool, "order '#W9999999' not found")).toBe(first)
  })

  it('differs by category, tool, origin and words', () => {
    const all = [
      signatureOf('state.not_found', tool, 'order not found'),
      signatureOf('state.conflict', tool, 'order not found'),
      signatureOf('state.not_found', { origin: 'local', name: 'get_user' }, 'order not found'),
      signatureOf('state.not_found', { origin: 'shop', name: 'get_order' }, 'order not found'),
      signatureOf('state.not_found', tool, 'item not found'),
    ]
    expect(new Set(all).size).toBe(5)
  })
})

describe('maskMessage with the arguments of the call', () => {
  it('masks what the tool repeats of them', () => {
    const message = (path: string) =>
      maskMessage(`Invalid filename: ${path}, must be absolute`, { files: [{ path }] })
    expect(message('Market Data.xlsx')).toBe(message('anomaly_report.csv'))
  })

  it('leaves plain words, which may be the message’s own', () => {
    expect(maskMessage('cannot read the file', { mode: 'read' })).toBe('cannot read the file')
  })
})
