import { describe, expect, it } from 'vitest'
import { bindPack, PackBindingError } from './bind-pack.ts'
import { shopPack } from './pack.test.support.ts'
import type { Pack } from './pack.ts'

const tool = { origin: 'shop', name: 'order' }

describe('bindPack', () => {
  it('puts the tool and the arguments of the agent in the place of slots', () => {
    const [bound, ...others] = bindPack(shopPack(), {
      orders: { tool, arguments: { order: '/query/id' } },
    })
    expect(others).toEqual([])
    expect(bound?.intervention).toMatchObject({
      kind: 'affix-value',
      tool,
      options: { path: '/query/id', op: 'add', prefix: '#' },
      when: { path: '/query/id', test: 'prefix', text: 'W' },
      layer: 'action',
      risk: 'value',
      origin: {
        inducer: 'pack:shop',
        pack: { name: 'shop', version: '1.0.0', entry: 'number-with-its-mark' },
        fixtures: {
          fixes: [{ input: { query: { id: 'W1' } }, expect: { query: { id: '#W1' } } }],
          leaves: [{ input: { query: { id: '#W1' } } }],
        },
      },
    })
  })

  it('anchors to the contract of the tool where it is known', () => {
    const inputSchema = { type: 'object', properties: { order: { type: 'string' } } }
    const [bound] = bindPack(shopPack(), { orders: { tool } }, { contractOf: () => ({ tool, inputSchema }) })
    expect(bound?.intervention.anchor).toMatchObject({ path: '/order', hash: expect.any(String) })
  })

  it('gives the same ids for the same binding, and others for another', () => {
    const id = (pointer: string) =>
      bindPack(shopPack(), { orders: { tool, arguments: { order: pointer } } })[0]?.intervention.id
    expect(id('/id')).toBe(id('/id'))
    expect(id('/id')).not.toBe(id('/order_id'))
  })

  it('keeps texts that only look like references', () => {
    const pack = shopPack()
    const [entry] = pack.entries
    const other = { ...entry, options: { path: '$order', op: 'add', prefix: '$HOME' } } as NonNullable<
      typeof entry
    >
    const [bound] = bindPack({ ...pack, entries: [other] }, { orders: { tool } })
    expect(bound?.intervention.options).toEqual({ path: '/order', op: 'add', prefix: '$HOME' })
  })

  it.each(['/__proto__/polluted', '/constructor/prototype/polluted'])(
    'changes no object but its own: %s',
    (order) => {
      const [bound] = bindPack(shopPack(), { orders: { tool, arguments: { order } } })
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
      const [, first = ''] = order.split('/')
      expect(Object.keys(bound?.intervention.origin.fixtures.fixes[0]?.input as object)).toEqual([first])
    },
  )

  it.each(['$constructor', '$slot:constructor', '$argument:constructor', '$toString/x'])(
    'takes what every object inherits for no argument and no slot: %s',
    (prefix) => {
      const { entries, ...pack } = shopPack()
      const options = { path: '$order', op: 'add', prefix }
      const named = { ...pack, entries: entries.map((entry) => ({ ...entry, options })) }
      const found = bindPack(named, { orders: { tool } }).map(({ intervention }) => intervention.options)
      expect(found).toEqual(prefix.startsWith('$slot') ? [] : [{ path: '/order', op: 'add', prefix }])
    },
  )

  it('tells the name of an argument as the tool writes it', () => {
    const { entries, ...pack } = shopPack()
    const options = { path: '$order', op: 'add', prefix: '$argument:order' }
    const named = { ...pack, entries: entries.map((entry) => ({ ...entry, options })) }
    const [bound] = bindPack(named, { orders: { tool, arguments: { order: '/a~1b/c~0d' } } })
    expect(bound?.intervention.options).toEqual({ path: '/a~1b/c~0d', op: 'add', prefix: 'a/b.c~d' })
    expect(bound?.intervention.origin.fixtures.leaves[0]?.input).toEqual({ 'a/b': { 'c~d': '#W1' } })
  })

  it.each([['/id'], ['/id/number']])('does not put two arguments at one place: %s', (note) => {
    const { slots, ...pack } = shopPack()
    const { orders } = slots
    const args = { ...orders?.arguments, note: { description: 'Said of it.', type: 'string' as const } }
    const two = { ...pack, slots: { orders: { ...orders!, arguments: args } } } as Pack
    const places = { order: '/id', note }
    expect(() => bindPack(two, { orders: { tool, arguments: places } })).toThrow(PackBindingError)
    const exchanged = { order: '/note', note: '/order' }
    expect(bindPack(two, { orders: { tool, arguments: exchanged } })).toHaveLength(1)
  })

  it.each(['map-value', 'suggest-command'])('says which entry has options that %s cannot read', (kind) => {
    const { entries, ...pack } = shopPack()
    const mistaken = { ...pack, entries: entries.map((entry) => ({ ...entry, kind, options: {} })) }
    expect(() => bindPack(mistaken, { orders: { tool } })).toThrow(
      `shop/number-with-its-mark: the kind ${kind} cannot read its options`,
    )
  })

  it('leaves out entries whose slots are not bound', () => {
    expect(bindPack(shopPack(), {})).toEqual([])
  })

  it.each([
    [{ tickets: { tool } }, 'has no slot tickets; its slots are orders'],
    [{ orders: { tool, arguments: { number: '/id' } } }, 'has no argument number; it has order'],
    [{ orders: { tool, arguments: { order: 'id' } } }, 'write /id for the argument id'],
    [{ orders: { tool, arguments: { order: '/~id' } } }, 'a ~ in a name is written ~0'],
    [{ constructor: { tool } }, 'has no slot constructor'],
    [{ orders: { tool, arguments: { constructor: '/id' } } }, 'has no argument constructor'],
  ])('refuses %j', (binding, message) => {
    expect(() => bindPack(shopPack(), binding)).toThrow(message)
  })
})
