import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import type { Json, JsonObject } from '../json.ts'
import { repairJson } from './repair-json.ts'

function repaired(rawInput: string, schema?: JsonObject): Json | undefined {
  const action = propose(repairJson, {}, callOf(undefined, { rawInput }), schema ? { schema } : {})
  return action?.type === 'replace-call' ? action.call.input : undefined
}

describe('repair-json matches', () => {
  it.each<[string, string, Json]>([
    ['a trailing comma', '{"a": 1, "b": [1, 2,],}', { a: 1, b: [1, 2] }],
    ['single quotes', "{'a': 'it\\'s', 'b': 'say \"x\"'}", { a: "it's", b: 'say "x"' }],
    ['bare names', '{a: 1, b_c: "x"}', { a: 1, b_c: 'x' }],
    ['literals of Python', "{'a': True, 'b': None, 'c': False}", { a: true, b: null, c: false }],
    ['raw line breaks in a text', '{"a": "one\ntwo\tthree"}', { a: 'one\ntwo\tthree' }],
    ['a missing comma', '{"a": 1 "b": 2}', { a: 1, b: 2 }],
    ['a code fence', '```json\n{"a": 1,}\n```', { a: 1 }],
    ['typographic quotes', '{“a”: “x”}', { a: 'x' }],
    ['quotes escaped once too often', '{"a": [\\"x\\", \\"y\\"]}', { a: ['x', 'y'] }],
    ['nothing, where nothing is needed', '  ', {}],
    ['text of every script', "{'ключ': 'значение 🙂'}", { ключ: 'значение 🙂' }],
  ])('%s', (_, raw, expected) => {
    expect(repaired(raw)).toEqual(expected)
  })

  it('and takes the raw text away from the call', () => {
    const action = propose(repairJson, {}, callOf(undefined, { rawInput: '{a: 1}', id: 'c7' }))
    expect(action).toEqual({ type: 'replace-call', call: callOf({ a: 1 }, { id: 'c7' }) })
  })
})

describe('repair-json does not match', () => {
  it.each([
    ['a text cut short', '{"path": "/srv/data/imp'],
    ['an object cut short', '{"a": 1, "b": {"c": 2}'],
    ['a list cut short', '{"a": [1, 2}'],
    ['brackets that do not match', '{"a": [1}]'],
    ['one bracket too many', '{"a": 1}}'],
    ['two documents', '{"a": 1} {"b": 2}'],
    ['quotes inside a text', '{"a": "He said "hi" to me"}'],
    ['quotes inside a text that look like structure', '{"a": "x", y": "z"}'],
    ['prose around it', 'Here you are: {"a": 1}'],
    ['a comment', '{"a": 1 /* or 2 */}'],
    ['a line comment', '{"a": 1} // done'],
    ['an ellipsis', '{"a": [1, 2, ...]}'],
    ['texts added up', '{"a": "x" + "y"}'],
    ['a wrapper of MongoDB', '{"a": NumberLong("2")}'],
    ['undefined', '{"a": undefined}'],
    ['a name twice', '{"a": 1, "a": 2,}'],
    ['a number that would be rounded', '{"a": 9007199254740993,}'],
    ['a fraction that would be rounded', '{"a": 0.12345678901234567890,}'],
    ['a number without end', '{"a": 1e999,}'],
    ['a broken escape', '{"a": "\\d+",}'],
    ['a path of Windows', "{'a': 'C:\\dir'}"],
    ['no object', '[1, 2,]'],
    ['a bare word', 'yes'],
    ['a fence left open', '```json\n{"a": 1,}'],
  ])('%s', (_, raw) => {
    expect(repaired(raw)).toBeUndefined()
  })

  it('what breaks the contract', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }
    expect(repaired('{a: 1}', schema)).toBeUndefined()
    expect(repaired('', schema)).toBeUndefined()
    expect(repaired("{a: 'x'}", schema)).toEqual({ a: 'x' })
  })

  it('a call that parses, an approved one, and one that is too long', () => {
    expect(propose(repairJson, {}, callOf({ a: 1 }))).toBeUndefined()
    expect(propose(repairJson, {}, callOf(undefined, { rawInput: '{a: 1}', approved: true }))).toBeUndefined()
    expect(repaired(`{"a": "${'x'.repeat(70_000)}",}`)).toBeUndefined()
  })
})

describe('repair-json', () => {
  const objects = fc.dictionary(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((key) => !/^\d+$/.test(key)),
    fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
    { maxKeys: 4 },
  )

  it('never completes what was cut', () => {
    fc.assert(
      fc.property(objects, fc.nat(), (object, at) => {
        const text = JSON.stringify(object)
        const cut = text.slice(0, 1 + (at % (text.length - 1)))
        expect(repaired(cut)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it('brings back exactly what a trailing comma or a fence stood in', () => {
    fc.assert(
      fc.property(objects, (object) => {
        fc.pre(Object.keys(object).length > 0)
        const text = JSON.stringify(object, null, 2)
        for (const broken of [text.replace(/\n\}$/, ',\n}'), `\`\`\`json\n${text}\n\`\`\``]) {
          const found = repaired(broken)
          if (found !== undefined) expect(JSON.stringify(found)).toBe(JSON.stringify(object))
        }
      }),
    )
  })

  it('says nothing that the text does not say', () => {
    const noise = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', "'", ',', ':', 'a', '1', '\\', ' ', '\n', '/'),
      maxLength: 24,
    })
    const content = (text: string) => text.replace(/[^a1]/g, '')
    fc.assert(
      fc.property(noise, (middle) => {
        const raw = `{"k": ${middle}}`
        const found = repaired(raw)
        if (found !== undefined) expect(content(JSON.stringify(found))).toBe(content(raw))
      }),
      { numRuns: 2000 },
    )
  })
})
