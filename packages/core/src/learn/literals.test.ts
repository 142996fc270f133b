import { describe, expect, test } from 'vitest'
import type { Guard } from '../guard.ts'
import type { Draft, Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Json, JsonObject } from '../json.ts'
import { registryEntry } from '../testing/registry-entry.ts'
import type { ToolCall } from '../trajectory.ts'
import { isFromContract, isInCall, literalsOf } from './literals.ts'
import { contract } from './recording.test.support.ts'

function literals(kind: string, options: JsonObject, when?: Guard): string[] {
  const draft: Draft = { ...registryEntry({ kind, options, tool: 'book', stage: 'shadow' }).intervention }
  const found = builtinKinds.find((one) => one.kind === kind) as Kind
  return literalsOf(when ? { ...draft, when } : draft, found).sort()
}

describe('literals', () => {
  test.each<[string, JsonObject, Guard | undefined, string[]]>([
    ['rename-argument', { from: '/city', to: '/destination' }, undefined, []],
    ['coerce-argument', { path: '/days', to: 'integer' }, undefined, []],
    ['map-value', { path: '/unit', map: { c: 'celsius' } }, undefined, ['c', 'celsius']],
    ['affix-value', { path: '/file', op: 'add', prefix: '/data/' }, undefined, ['/data/']],
    ['retry', { attempts: 3 }, undefined, []],
    ['respell-value', { path: '/key', case: 'lower', mark: '_', first: ['L'], rest: ['DL'] }, undefined, []],
    ['reformat-value', { path: '/day', from: 'MM/DD/YYYY', to: 'YYYY-MM-DD' }, undefined, []],
    [
      'reformat-value',
      { path: '/at', from: 'YYYY-MM-DD', to: 'YYYY-MM-DD[T]HH:mm:ss[.000Z]' },
      undefined,
      [],
    ],
    ['reformat-value', { path: '/price', from: '#,###.#', to: 'number' }, undefined, []],
    [
      'reformat-value',
      { path: '/day', from: 'YYYY-MM-DD', to: '[week of ]D.M.YYYY' },
      undefined,
      ['week of '],
    ],
    [
      'explain-error',
      { advice: 'allowed-values', slots: { argument: 'unit', values: ['c'] } },
      undefined,
      ['c', 'unit'],
    ],
    [
      'rename-argument',
      { from: '/city', to: '/destination' },
      {
        all: [
          { path: '/city', test: 'prefix', text: 'San ' },
          { not: { path: '/a', test: 'equals', value: ['x'] } },
        ],
      },
      ['San ', 'x'],
    ],
  ])('%s %j', (kind, options, when, expected) => {
    expect(literals(kind, options, when)).toEqual(expected)
  })
})

describe('from the contract', () => {
  const of = contract({
    type: 'object',
    properties: {
      unit: { enum: ['celsius'], description: 'One of the "SI" units' },
      files: { items: { properties: { path: {} } } },
    },
  })
  test.each(['unit', 'celsius', 'SI', 'book', 'files.path', 'units'])('matches %s', (literal) => {
    expect(isFromContract(literal, of)).toBe(true)
  })
  test.each(['uni', 'elsius', 'kelvin', 'files.name', 'books'])('does not match %s', (literal) => {
    expect(isFromContract(literal, of)).toBe(false)
  })
  test('nothing comes from no contract', () => {
    expect(isFromContract('unit', undefined)).toBe(false)
  })
})

describe('in a call', () => {
  const call = (input: Json): ToolCall => ({
    id: 'call',
    tool: { origin: 'local', name: 'book' },
    ...{ turn: 0, index: 0, attempt: 1, approved: false, input },
  })
  test.each<[string, Json]>([
    ['celsius', { unit: 'celsius' }],
    ['/data/', { files: [{ path: '/data/a.csv' }] }],
    ['unit', { unit: 1 }],
    ['7', { n: 7 }],
  ])('matches %s in %j', (literal, input) => {
    expect(isInCall(literal, call(input))).toBe(true)
  })
  test.each<[string, Json]>([
    ['celsius', { unit: 'kelvin' }],
    ['7', { n: 77 }],
  ])('does not match %s in %j', (literal, input) => {
    expect(isInCall(literal, call(input))).toBe(false)
  })
})
