import { describe, expect, test } from 'vitest'
import type { Fixture, Intervention } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { JsonObject } from '../json.ts'
import { registryEntry } from '../testing/registry-entry.ts'
import type { ToolContract } from '../tool.ts'
import { replayFixtures } from './fixtures.ts'
import { contract } from './recording.test.support.ts'

function intervention(kind: string, options: JsonObject, fixes: Fixture[], leaves: Fixture[]): Intervention {
  const entry = registryEntry({ kind, options, tool: 'book', stage: 'active' })
  return { ...entry.intervention, origin: { ...entry.intervention.origin, fixtures: { fixes, leaves } } }
}

const RENAME = intervention(
  'rename-argument',
  { from: '/city', to: '/destination' },
  [{ input: { city: 'Lima' }, expect: { destination: 'Lima' } }],
  [{ input: { destination: 'Oslo' } }],
)

function takes(...names: string[]): ToolContract {
  return contract({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    additionalProperties: false,
  })
}

describe('hold', () => {
  test.each<[string, Intervention, ToolContract | undefined, string]>([
    [
      'under the old names',
      RENAME,
      takes('destination'),
      'it fixes 1 recorded failures and leaves 1 good inputs alone',
    ],
    ['without a contract', RENAME, undefined, 'it fixes 1 recorded failures and leaves 1 good inputs alone'],
    [
      'where nothing is expected, when the new contract is met',
      {
        ...RENAME,
        origin: { ...RENAME.origin, fixtures: { fixes: [{ input: { city: 'Lima' } }], leaves: [] } },
      },
      takes('destination', 'nights'),
      'it fixes 1 recorded failures and leaves 0 good inputs alone',
    ],
    [
      'of a kind that needs an episode, as they are',
      intervention('break-loop', { after: 3 }, [{ input: {} }], []),
      takes('destination'),
      'its fixtures cannot be asked without an episode',
    ],
    [
      'of a kind that edits text',
      intervention(
        'repair-json',
        {},
        [{ rawInput: '{"destination": "Lima",}', expect: { destination: 'Lima' } }],
        [],
      ),
      takes('destination'),
      'it fixes 1 recorded failures and leaves 0 good inputs alone',
    ],
  ])('%s', (_, one, now, reason) => {
    expect(replayFixtures(one, builtinKinds, now)).toEqual({ passes: true, reason })
  })
})

describe('do not hold', () => {
  test.each<[string, Intervention, ToolContract | undefined, RegExp]>([
    ['when the argument was renamed', RENAME, takes('place'), /^it no longer fixes 1 of 1/],
    [
      'when the wrong name became a right one',
      RENAME,
      takes('city', 'destination'),
      /^it no longer fixes 1 of 1/,
    ],
    [
      'when a good input would be changed',
      intervention('map-value', { path: '/unit', map: { c: 'celsius' } }, [], [{ input: { unit: 'c' } }]),
      undefined,
      /^it changes 1 of 1 recorded good inputs/,
    ],
    [
      'when the output is another than it was',
      intervention(
        'map-value',
        { path: '/unit', map: { c: 'celsius' } },
        [{ input: { unit: 'c' }, expect: { unit: 'Celsius' } }],
        [],
      ),
      undefined,
      /^it no longer fixes 1 of 1/,
    ],
    ['without its kind', { ...RENAME, kind: 'telepathy' }, undefined, /^there is no kind telepathy/],
    [
      'with options that are not valid',
      { ...RENAME, options: {} },
      undefined,
      /^it does not compile: options/,
    ],
  ])('%s', (_, one, now, reason) => {
    expect(replayFixtures(one, builtinKinds, now)).toEqual({
      passes: false,
      reason: expect.stringMatching(reason),
    })
  })
})
