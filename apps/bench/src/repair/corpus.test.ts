import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readCorpus } from './corpus.ts'
import { verdictOn } from './score.ts'

const tool = {
  name: 'get_weather',
  parameters: { type: 'dict', properties: { city: { type: 'string' } }, required: ['city'] },
}

function corpus(...lines: unknown[]) {
  const file = join(mkdtempSync(join(tmpdir(), 'corpus-')), 'cases.jsonl')
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  return readCorpus(file)
}

it.each([
  ['text', 'get_weather(city="Paris")', { text: 'get_weather(city="Paris")' }],
  [
    'arguments as text',
    { name: 'get_weather', arguments: '{city: 1}' },
    { name: 'get_weather', rawInput: '{city: 1}' },
  ],
  [
    'arguments',
    { name: 'get_weather', arguments: { city: 1 } },
    { name: 'get_weather', rawInput: '{"city":1}' },
  ],
  [
    'an envelope',
    { type: 'function', function: { name: 'get_weather', arguments: '{}' } },
    { name: 'get_weather', rawInput: '{}' },
  ],
])('reads an emission that is %s', (_, emitted, expected) => {
  const [one] = corpus({ tools: [tool], emitted, truth: null })
  expect(one).toMatchObject({ emitted: expected, truth: null, group: 'trap' })
})

it.each([
  ['a call', { name: 'get_weather', arguments: { city: 'Paris' } }],
  ['a list', [{ name: 'get_weather', input: { city: 'Paris' } }]],
  ['accepted values', { get_weather: { city: ['Paris', 'paris'] } }],
])('reads a truth that is %s', (_, truth) => {
  const [one] = corpus({
    tools: [{ type: 'function', function: tool }],
    emitted: 'x',
    truth,
    operator: 'case',
  })
  expect(one).toMatchObject({
    truth: [{ name: 'get_weather', input: { city: 'Paris' } }],
    group: 'repair',
    operators: ['case'],
  })
})

it('refuses what is no case', () => {
  expect(() => corpus({ tools: [tool], emitted: 'x' })).toThrow('line 1')
})

it('judges by what the host would run', () => {
  const [one] = corpus({
    tools: [tool],
    emitted: { name: 'get_weather', arguments: '{"city": 5}' },
    truth: { name: 'get_weather', arguments: { city: '5' } },
  })
  if (!one) throw new Error('no case')
  const answer = (city: string | number) => verdictOn(one, [{ name: 'get_weather', input: { city } }])
  expect(answer('5')).toBe('right')
  expect(answer('five')).toBe('wrong')
  expect(answer(5)).toBe('left')
  expect(verdictOn(one, undefined)).toBe('left')
})
