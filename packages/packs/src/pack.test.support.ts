import type { Pack } from './pack.ts'

/** A pack of one entry that is what it says; tests change it. */
export function shopPack(): Pack {
  return {
    format: 'lifeharness-pack/1',
    name: 'shop',
    version: '1.0.0',
    description: 'For a tool that reads orders.',
    license: 'MIT',
    provenance: 'Written for tests.',
    slots: {
      orders: {
        description: 'Gives back an order.',
        tools: ['get_order'],
        arguments: { order: { description: 'Its number.', type: 'string', names: ['order_id', 'id'] } },
      },
    },
    entries: [
      {
        name: 'number-with-its-mark',
        why: 'The number of an order is written without its mark.',
        slot: 'orders',
        kind: 'affix-value',
        options: { path: '$order', op: 'add', prefix: '#' },
        category: 'contract.value',
        when: { path: '$order', test: 'prefix', text: 'W' },
        fixtures: {
          fixes: [{ input: { order: 'W1' }, expect: { executed: [{ input: { order: '#W1' } }] } }],
          leaves: [{ input: { order: '#W1' } }],
        },
      },
    ],
  }
}
