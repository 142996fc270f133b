import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskMessage, signatureOf } from '../signature.ts'
import { clusterTemplates, emptyTemplates, mergeTemplates, templateOf, templateTexts } from './templates.ts'

const tool = { origin: 'local', name: 'shop' }
const counted = (messages: readonly string[], count = 1) =>
  messages.map((message) => ({
    signature: signatureOf('state.not_found', tool, message),
    text: maskMessage(message),
    count,
  }))
const cities = ['Amsterdam', 'Boston', 'Cairo', 'Dresden'].map((city) => `no parcel reached ${city} yet`)

function groups(messages: readonly string[], count = 1): number {
  return templateTexts(clusterTemplates(mergeTemplates([], counted(messages, count)))).size
}

describe('clusterTemplates', () => {
  it('puts together what differs in one word that varies freely', () => {
    const state = clusterTemplates(mergeTemplates([], counted(cities)))
    expect([...templateTexts(state).values()]).toEqual(['no parcel reached <*> yet'])
    const ids = counted(cities).map(({ signature }) => templateOf(state, signature)?.id)
    expect(new Set(ids).size).toBe(1)
  })

  it.each([
    ['two values', cities.slice(0, 2)],
    [
      'words that messages are made of',
      ['table', 'column', 'function', 'index'].map((what) => `the ${what} does not exist`),
    ],
    ['another number of words', ['no parcel', 'no parcel reached Oslo', 'no parcel at all today']],
    ['nothing in common', ['alpha beta', 'gamma delta', 'epsilon zeta', 'eta theta']],
  ])('leaves apart %s', (_, messages) => {
    expect(groups(messages)).toBe(messages.length)
  })

  it('leaves apart words that come again and again: they are different failures', () => {
    expect(groups(cities.slice(0, 3), 20)).toBe(3)
  })

  it('keeps tools and categories apart', () => {
    const other = cities.map((message) => ({
      signature: signatureOf('state.conflict', tool, message),
      text: maskMessage(message),
      count: 1,
    }))
    expect(templateTexts(clusterTemplates(mergeTemplates([], [...counted(cities), ...other]))).size).toBe(2)
  })

  it('keeps the id when a template grows, and records what went up in it', () => {
    const early = clusterTemplates(mergeTemplates([], counted(cities.slice(0, 2))))
    const before = counted(cities.slice(0, 2)).map(({ signature }) => templateOf(early, signature)?.id)
    const late = clusterTemplates(mergeTemplates([early], counted(cities)))
    const after = templateOf(late, counted(cities)[3]?.signature as string)?.id
    expect(before).toContain(after)
    expect(Object.entries(late.aliases)).toEqual([[before.find((id) => id !== after), after]])
  })

  it('does not depend on order or partition', () => {
    const words = fc.constantFrom('Oslo', 'Rome', 'Lima', 'Kyoto', 'table', 'UPDATE')
    const message = fc
      .tuple(fc.constantFrom('no parcel reached', 'cannot close the'), words)
      .map((two) => two.join(' '))
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), fc.infiniteStream(fc.nat(7)), (messages, parts) => {
        const all = counted(messages)
        const miners = Map.groupBy(all, () => parts.next().value as number)
        const merged = mergeTemplates([...miners.values()].map((part) => mergeTemplates([], part)).reverse())
        expect(clusterTemplates(merged)).toEqual(clusterTemplates(mergeTemplates([], all)))
      }),
    )
  })

  it('clusters its own outcome to the same', () => {
    const once = clusterTemplates(mergeTemplates([], counted(cities)))
    expect(clusterTemplates(once)).toEqual(once)
  })
})

describe('mergeTemplates', () => {
  it('adds counts up', () => {
    const [one] = counted(['x is gone'], 2)
    const state = mergeTemplates([mergeTemplates([], one ? [one] : []), mergeTemplates([], one ? [one] : [])])
    expect(state.members[one?.signature ?? '']?.count).toBe(4)
  })

  it('keeps the commonest where there are too many', () => {
    const rare = counted(['alpha is gone', 'beta is gone'])
    const common = counted(['gamma was lost'], 5)
    const { members } = mergeTemplates([], [...rare, ...common], { members: 1 })
    expect(Object.keys(members)).toEqual([common[0]?.signature])
  })

  it('is nothing for nothing', () => {
    expect(clusterTemplates(mergeTemplates([]))).toEqual(emptyTemplates())
  })
})
