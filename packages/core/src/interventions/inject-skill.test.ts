import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import type { JsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { injectSkill } from './inject-skill.ts'

const skills = [
  {
    about: 'cancel an order, refund',
    text: 'Orders can be cancelled while they are pending. Refund to the card that paid.',
  },
  { about: 'change an address of delivery', text: 'Verify the customer before the address is changed.' },
  { about: 'book a flight, cabin class', text: 'Basic economy cannot be changed.' },
]
const options = { skills }

function told(request: string | undefined, more: JsonObject = {}, recovering = false) {
  const context = { recovering, ...(request === undefined ? {} : { request }) }
  const action = propose(injectSkill, { ...options, ...more }, callOf(undefined), context)
  return action?.type === 'add-context' ? action.text : undefined
}

describe('inject-skill matches', () => {
  it.each<[string, string, number]>([
    ['a task', 'Please cancel my order and refund me.', 0],
    ['another task', 'I moved. Can you change the delivery address?', 1],
    [
      'what is known in a long request',
      `${'Hello there. '.repeat(50)} book a flight in another cabin class`,
      2,
    ],
  ])('%s', (_, request, skill) => {
    expect(schemaCheck(injectSkill.options)(options)).toEqual([])
    expect(told(request)).toContain(skills[skill]?.text)
  })

  it('two at most, whole, within its words', () => {
    const long = { about: 'cancel order refund', text: 'word '.repeat(100).trim() }
    const many = Array.from({ length: 5 }, () => skills[0] as JsonObject)
    expect(told('cancel order refund', { skills: many })?.split('\n\n')).toHaveLength(2)
    expect(told('cancel order refund', { skills: [long, skills[0] as JsonObject], words: 50 })).toBe(
      skills[0]?.text,
    )
  })
})

describe('inject-skill does not match', () => {
  it.each<[string, string | undefined, JsonObject?]>([
    ['a request that nobody knows', undefined],
    ['nothing', ''],
    ['another task', 'What is the weather in Paris?'],
    ['one word in common', 'order pizza for tonight'],
    ['punctuation', '… — !!'],
    [
      'skills that are too long',
      'cancel my order, refund',
      { skills: [{ about: 'cancel order refund', text: 'x '.repeat(200) }] },
    ],
    [
      'less than its floor',
      'cancel the flight, change the address and the cabin class of delivery',
      { floor: 1 },
    ],
  ])('%s', (_, request, more) => {
    expect(told(request, more)).toBeUndefined()
  })

  it('while the model is told how to go on after a failure, or a second time', () => {
    expect(told('Please cancel my order and refund me.', {}, true)).toBeUndefined()
    expect(injectSkill.cap?.(options)).toBe(1)
  })
})

it.each<[string, JsonObject]>([
  ['no skills', { skills: [] }],
  ['a skill without words', { skills: [{ about: 'x' }] }],
  ['a book', { skills: [{ about: 'x', text: 'x'.repeat(3_000) }] }],
])('inject-skill refuses %s', (_, of) => {
  expect(schemaCheck(injectSkill.options)(of)).not.toEqual([])
})
