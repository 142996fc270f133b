import type { RegistryEntry, Stage } from '@lifeharness/core'
import { openAccount } from '@lifeharness/core/learn'
import { describe, expect, it } from 'vitest'
import { bindPack } from './bind-pack.ts'
import { type ExportPackOptions, exportPack } from './export-pack.ts'
import { shopPack } from './pack.test.support.ts'
import { parsePack } from './parse-pack.ts'
import { verifyPack } from './verify-pack.ts'

const HEAD: ExportPackOptions = {
  ...{ name: 'ours', version: '0.1.0', license: 'MIT' },
  ...{ description: 'What was learnt.', provenance: 'Learnt.' },
}
const tool = { origin: 'shop', name: 'getOrder' }

type Change = {
  stage?: Stage
  subjects?: number
  options?: RegistryEntry['intervention']['options']
  scope?: string
  kind?: string
}

/** What a learner would have registered: the entry of the shop's pack, without the pack. */
function learnt({ stage = 'shadow', subjects = 3, options, scope, kind }: Change = {}): RegistryEntry {
  const [bound] = bindPack(shopPack(), { orders: { tool, arguments: { order: '/order_id' } } })
  const { intervention } = bound!
  const { pack: _, ...origin } = intervention.origin
  const withNote = { input: { order_id: '#W9', note: 'for Ms Miller' } }
  return {
    intervention: {
      ...intervention,
      ...(options ? { options } : {}),
      ...(kind ? { kind } : {}),
      ...(scope ? { scope } : {}),
      origin: {
        ...origin,
        inducer: 'affix',
        support: { ...origin.support, subjects },
        fixtures: { fixes: origin.fixtures.fixes, leaves: [...origin.fixtures.leaves, withNote] },
      },
    },
    stages: { default: { stage, since: 0, reason: 'fixed 3 of 3', controlShare: 0, account: openAccount() } },
  }
}

describe('what was learnt and proven', () => {
  it.each(['constructor', `${'a'.repeat(39)}_${'b'.repeat(9)}`])(
    'is given away of a tool called %s',
    async (name) => {
      const entry = learnt()
      const named = { ...entry, intervention: { ...entry.intervention, tool: { origin: 'shop', name } } }
      const { pack, refused } = await exportPack([named], HEAD)
      expect(refused).toEqual([])
      expect(Object.values(pack?.slots ?? {})).toMatchObject([{ tools: [name] }])
    },
  )

  it('states in one line what was reasoned in several', async () => {
    const entry = learnt()
    const stages = { default: { ...entry.stages.default!, reason: 'good,\n\u001b[2Jsaid she' } }
    const { pack } = await exportPack([{ ...entry, stages }], HEAD)
    expect(pack?.entries[0]?.source).toBe('good, [2Jsaid she')
  })

  it('becomes a pack that holds what it says, and binds to the same again', async () => {
    const entry = learnt()
    const { pack, refused } = await exportPack([entry], HEAD)
    expect(refused).toEqual([])
    const read = parsePack(JSON.stringify(pack))
    expect((await verifyPack(read)).problems).toEqual([])
    const [again] = bindPack(read, { getorder: { tool } })
    expect(again?.intervention).toMatchObject({
      id: entry.intervention.id,
      options: entry.intervention.options,
      when: entry.intervention.when,
    })
  })

  it('a name that models make up stays as it is written, and is no argument of the slot', async () => {
    const entry = learnt({ kind: 'rename-argument', options: { from: '/orderNo', to: '/order_id' } })
    const { when: _, ...intervention } = entry.intervention
    const fixtures = {
      fixes: [{ input: { orderNo: 'W1' }, expect: { order_id: 'W1' } }],
      leaves: [{ input: { order_id: 'W1' } }],
    }
    const origin = { ...intervention.origin, fixtures }
    const inputSchema = {
      ...{ type: 'object', properties: { order_id: { type: 'string' } } },
      ...{ required: ['order_id'], additionalProperties: false },
    }
    const contractOf = () => ({ tool, inputSchema })
    const { pack, refused } = await exportPack([{ ...entry, intervention: { ...intervention, origin } }], {
      ...HEAD,
      contractOf,
    })
    expect(refused).toEqual([])
    expect(pack?.entries[0]?.options).toEqual({ from: '/orderNo', to: '$order_id' })
    expect(Object.keys(pack?.slots.getorder?.arguments ?? {})).toEqual(['order_id'])
  })

  it('keeps of recorded calls only the arguments that it is about', async () => {
    const { pack } = await exportPack([learnt()], HEAD)
    expect(JSON.stringify(pack)).toContain('#W9')
    expect(JSON.stringify(pack)).not.toContain('Miller')
  })
})

describe('what stays where it is', () => {
  it.each([
    ['a draft', learnt({ stage: 'proposed' }), 'not validated'],
    ['what was taken back', learnt({ stage: 'suspended' }), 'not validated'],
    ['what belongs to a tenant', learnt({ scope: 'acme' }), 'tenant acme'],
    ['a literal that two subjects showed', learnt({ subjects: 2 }), 'seen for 2 subjects'],
    [
      'what its fixtures do not prove',
      learnt({ options: { path: '/order_id', op: 'add', prefix: '*' } }),
      'fixtures.fixes[0]',
    ],
    [
      'another tool by name',
      learnt({ kind: 'rename-tool', options: { from: 'getOrder', to: 'readOrder' } }),
      'another tool',
    ],
    ['what this library does not know', learnt({ kind: 'other' }), 'no kind other'],
  ])('%s', async (_, entry, reason) => {
    const { pack, refused } = await exportPack([entry], HEAD)
    expect(pack).toBeUndefined()
    expect(refused).toEqual([{ id: entry.intervention.id, reason: expect.stringContaining(reason) }])
  })

  it('what comes from a pack', async () => {
    const [bound] = bindPack(shopPack(), { orders: { tool } })
    const { stages } = learnt()
    const { refused } = await exportPack([{ intervention: bound!.intervention, stages }], HEAD)
    expect(refused[0]?.reason).toContain('the pack shop')
  })
})
