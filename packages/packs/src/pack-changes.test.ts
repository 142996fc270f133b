import { memoryStore, type RegistryState } from '@lifeharness/core'
import { promoteByPerson, retireByPerson } from '@lifeharness/core/learn'
import { describe, expect, it } from 'vitest'
import { bindPack } from './bind-pack.ts'
import { shopPack } from './pack.test.support.ts'
import type { Pack, PackEntry } from './pack.ts'
import { type PackChangeOptions, PackVersionError, packChanges } from './pack-changes.ts'

const NOW = 1_000
const binding = { orders: { tool: { origin: 'local', name: 'get_order' } } }

/** A registry in a store, so that every change passes the check of transitions. */
async function registry() {
  const store = memoryStore()
  return {
    load: () => store.load(),
    async commit(changesFor: (state: RegistryState) => Parameters<typeof store.commit>[1]) {
      const state = await store.load()
      expect(await store.commit(state.version, changesFor(state))).not.toBe('stale')
    },
    async add(pack: Pack, options: Partial<PackChangeOptions> = {}) {
      const state = await store.load()
      const registered = new Set<string>()
      for await (const change of store.history())
        if ('entry' in change) registered.add(change.entry.intervention.id)
      const found = packChanges(state, pack, bindPack(pack, binding), { now: NOW, registered, ...options })
      if (found.changes.length > 0) await store.commit(state.version, found.changes)
      return found
    },
    async stages() {
      const { entries } = await store.load()
      return entries.map(({ intervention, stages }) => [
        intervention.origin.pack?.entry,
        intervention.origin.pack?.version,
        stages.default?.stage,
      ])
    },
  }
}

function changed(change: Partial<PackEntry>, version = '1.1.0'): Pack {
  const pack = shopPack()
  return { ...pack, version, entries: pack.entries.map((entry) => ({ ...entry, ...change })) }
}

const blocking: Partial<PackEntry> = { approval: 'needed' }

describe('adding a pack', () => {
  it('enters into shadow what its fixtures prove, with what it comes from', async () => {
    const own = await registry()
    const { steps } = await own.add(shopPack())
    expect(steps).toMatchObject([{ entry: 'number-with-its-mark', does: 'shadow' }])
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.0.0', 'shadow']])
  })

  it('is done once for each argument of a tool, and none takes the place of another', async () => {
    const own = await registry()
    const boundTo = (path: string) =>
      bindPack(shopPack(), { orders: { ...binding.orders, arguments: { order: path } } })
    for (const path of ['/first', '/second'])
      await own.commit((state) => packChanges(state, shopPack(), boundTo(path), { now: NOW }).changes)
    const { entries } = await own.load()
    expect(
      entries.map(({ intervention, stages }) => [intervention.options.path, stages.default?.stage]),
    ).toEqual([
      ['/first', 'shadow'],
      ['/second', 'shadow'],
    ])
    const newer = changed({ when: { path: '$order', test: 'prefix', text: 'X' } })
    const found = packChanges(
      await own.load(),
      newer,
      bindPack(newer, { orders: { ...binding.orders, arguments: { order: '/second' } } }),
      { now: NOW },
    )
    const [, second] = entries
    expect(found.steps).toMatchObject([{ does: 'shadow', replaces: [second?.intervention.id] }])
  })

  it('changes nothing when it is done twice', async () => {
    const own = await registry()
    await own.add(shopPack())
    const { changes, steps } = await own.add(shopPack())
    expect(changes).toEqual([])
    expect(steps).toMatchObject([{ does: 'kept' }])
  })

  it('leaves proposed what a person must approve, until he does', async () => {
    const own = await registry()
    await own.add(changed(blocking))
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.1.0', 'proposed']])
    await own.add(changed(blocking), { approve: ['number-with-its-mark'] })
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.1.0', 'shadow']])
  })

  it('leaves proposed what its fixtures do not prove, approved or not', async () => {
    const own = await registry()
    const refused = new Map([['number-with-its-mark', 'it did not act']])
    const approve = ['number-with-its-mark']
    await own.add(changed(blocking), { refused, approve })
    const { steps } = await own.add(changed(blocking), { refused, approve })
    expect(steps).toMatchObject([{ does: 'proposed', reason: 'it did not act' }])
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.1.0', 'proposed']])
  })

  it('leaves proposed what makes something else of an argument than what is registered', async () => {
    const own = await registry()
    const other = { ...changed({ options: { path: '$order', op: 'add', prefix: '*' } }), name: 'other' }
    await own.add(other)
    const { steps } = await own.add(shopPack())
    expect(steps).toMatchObject([
      { does: 'proposed', reason: expect.stringContaining('something else of order') },
    ])
    expect((await own.stages()).map(([, , stage]) => stage)).toEqual(['shadow', 'proposed'])
  })
})

describe('the word of a person', () => {
  it('is needed where the kind adds, blocks or repeats something, whatever the pack states', async () => {
    const silent = changed({ kind: 'retry', options: { max: 1 } })
    const own = await registry()
    const { steps } = await own.add(silent)
    expect(steps).toMatchObject([{ does: 'proposed', reason: expect.stringContaining('must approve') }])
  })

  it('does not let in what makes something else of an argument than what is registered', async () => {
    const own = await registry()
    await own.add({ ...changed({ options: { path: '$order', op: 'add', prefix: '*' } }), name: 'other' })
    const approve = ['number-with-its-mark']
    for (const _ of ['once', 'and again']) {
      const { steps } = await own.add(shopPack(), { approve })
      expect(steps).toMatchObject([{ does: 'proposed', reason: expect.stringContaining('something else') }])
    }
    expect((await own.stages()).map(([, , stage]) => stage)).toEqual(['shadow', 'proposed'])
  })
})

describe('adding another version', () => {
  const saysElse = { options: { path: '$order', op: 'add', prefix: 'No.' } }
  const active = async () => {
    const own = await registry()
    const { steps } = await own.add(shopPack())
    const { id } = steps[0]!
    await own.commit((state) => promoteByPerson(state, id, 'active', 'good', { now: NOW, family: 'default' }))
    return { ...own, id }
  }

  it.each<[string, Partial<PackEntry>, Partial<PackChangeOptions>]>([
    ['does not hold', saysElse, { refused: new Map([['number-with-its-mark', 'it did not act']]) }],
    ['waits for a person', { ...saysElse, ...blocking }, {}],
  ])('takes nothing away for what %s', async (_, change, options) => {
    const own = await active()
    const { steps } = await own.add(changed(change), options)
    expect(steps).toMatchObject([{ does: 'proposed' }])
    expect(steps[0]).not.toHaveProperty('replaces')
    expect(await own.stages()).toEqual([
      ['number-with-its-mark', '1.0.0', 'active'],
      ['number-with-its-mark', '1.1.0', 'proposed'],
    ])
  })

  it('takes the place of the old one when a person approves it later', async () => {
    const own = await active()
    await own.add(changed({ ...saysElse, ...blocking }))
    const { steps } = await own.add(changed({ ...saysElse, ...blocking }), {
      approve: ['number-with-its-mark'],
    })
    expect(steps).toMatchObject([{ does: 'approved', replaces: [own.id] }])
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.1.0', 'shadow']])
  })

  it('makes way for what comes after it, draft by draft', async () => {
    const own = await active()
    await own.add(changed({ ...saysElse, ...blocking }))
    const third = { options: { path: '$order', op: 'add', prefix: 'Nr.' } }
    await own.add(changed({ ...third, ...blocking }, '1.2.0'))
    expect(await own.stages()).toEqual([
      ['number-with-its-mark', '1.0.0', 'active'],
      ['number-with-its-mark', '1.2.0', 'proposed'],
    ])
    await own.add(changed({ options: { path: '$order', op: 'add', prefix: 'N' } }, '1.3.0'))
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.3.0', 'shadow']])
  })

  it('leaves what a person pinned, until one approves', async () => {
    const own = await active()
    await own.commit((state) => promoteByPerson(state, own.id, 'active', 'for good', { now: NOW }))
    await own.add(changed(saysElse))
    expect((await own.stages()).map(([, , stage]) => stage)).toEqual(['active', 'proposed'])
    await own.add(changed(saysElse), { approve: ['number-with-its-mark'] })
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.1.0', 'shadow']])
  })

  it('does not give what acts fixtures that do not hold', async () => {
    const own = await active()
    const refused = new Map([['number-with-its-mark', 'it did not act']])
    const { changes } = await own.add(changed({ why: 'Said better.' }), { refused })
    expect(changes).toEqual([])
  })

  it('puts what says something else in the place of the old one, back in shadow', async () => {
    const own = await registry()
    const { steps: before } = await own.add(shopPack())
    await own.commit((state) =>
      promoteByPerson(state, before[0]!.id, 'active', 'good', { now: NOW, family: 'default' }),
    )
    const { steps } = await own.add(changed({ options: { path: '$order', op: 'add', prefix: 'No.' } }))
    expect(steps).toMatchObject([{ does: 'shadow', replaces: [before[0]!.id] }])
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.1.0', 'shadow']])
  })

  it('notes the version of what says the same, and leaves its stage', async () => {
    const own = await registry()
    const { steps: before } = await own.add(shopPack())
    await own.commit((state) => promoteByPerson(state, before[0]!.id, 'active', 'good', { now: NOW }))
    await own.add(changed({ why: 'Said better.' }))
    expect(await own.stages()).toEqual([['number-with-its-mark', '1.1.0', 'active']])
  })

  it('tells what it no longer has, and keeps it', async () => {
    const own = await registry()
    await own.add(shopPack())
    const { steps } = await own.add(
      changed({ name: 'another', options: { path: '$order', op: 'add', prefix: '#', suffix: '!' } }),
    )
    expect(steps.map(({ entry, does }) => [entry, does])).toContainEqual(['number-with-its-mark', 'dropped'])
    expect((await own.stages()).map(([entry]) => entry)).toContain('number-with-its-mark')
  })

  it('refuses an older one', async () => {
    const own = await registry()
    await own.add(changed({}))
    await expect(own.add(shopPack())).rejects.toThrow(PackVersionError)
  })

  it('does not bring back what a person retired', async () => {
    const own = await registry()
    const { steps: before } = await own.add(shopPack())
    await own.commit((state) => retireByPerson(state, before[0]!.id, 'no', { now: NOW }))
    const { steps, changes } = await own.add(shopPack())
    expect(steps).toMatchObject([{ does: 'retired before' }])
    expect(changes).toEqual([])
  })
})
