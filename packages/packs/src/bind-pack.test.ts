import { describe, expect, it } from 'vitest'
import { bindPack } from './bind-pack.ts'
import { shopPack } from './pack.test.support.ts'

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

  it('leaves out entries whose slots are not bound', () => {
    expect(bindPack(shopPack(), {})).toEqual([])
  })

  it.each([
    [{ tickets: { tool } }, 'has no slot tickets; its slots are orders'],
    [{ orders: { tool, arguments: { number: '/id' } } }, 'has no argument number; it has order'],
    [{ orders: { tool, arguments: { order: 'id' } } }, 'write /id for the argument id'],
  ])('refuses %j', (binding, message) => {
    expect(() => bindPack(shopPack(), binding)).toThrow(message)
  })
})
