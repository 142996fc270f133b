import { describe, expect, it } from 'vitest'
import type { Intervention } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import type { Json, JsonObject } from '../json.ts'
import { applyTransitions, emptyRegistry, type RegistryState } from '../registry.ts'
import { registryEntry, registryWith } from '../testing/registry-entry.ts'
import { changesFrom } from './changes.ts'
import { conflictsOf } from './conflicts.ts'
import { STAGE_LIMITS } from './decide.ts'
import type { Validated } from './validate.ts'

type Of = { tool?: string; scope?: string; when?: Intervention['when'] }

function intervention(
  kind: string,
  options: JsonObject,
  inputs: Json[],
  { tool = 't', scope, when }: Of = {},
): Intervention {
  const { intervention } = registryEntry({
    ...{ kind, options, tool, stage: 'active' },
    ...(scope === undefined ? {} : { scope }),
    ...(when ? { when } : {}),
  })
  const fixtures = { fixes: inputs.map((input) => ({ input })), leaves: [] }
  return { ...intervention, origin: { ...intervention.origin, fixtures } }
}

const lower = (of?: Of) =>
  intervention('map-value', { path: '/c', map: { Economy: 'economy' } }, [{ c: 'Economy' }], of)
const upper = (of?: Of) =>
  intervention('map-value', { path: '/c', map: { Economy: 'ECONOMY' } }, [{ c: 'Economy' }], of)
const affix = intervention('affix-value', { path: '/c', op: 'add', prefix: '#' }, [{ c: 'W1' }])

describe('conflicts are found', () => {
  it.each<[string, Intervention, Intervention, string]>([
    ['of two values for one', lower(), upper(), 'c'],
    [
      'also where only one of them was recorded',
      lower(),
      { ...affix, origin: { ...affix.origin, fixtures: { fixes: [], leaves: [] } } },
      'c',
    ],
    [
      'of an argument that both fill in',
      intervention('fill-argument', { path: '/v', from: 'literal', value: 1 }, [{}]),
      intervention('fill-argument', { path: '/v', from: 'literal', value: 2 }, [{}]),
      'v',
    ],
    ['of a tenant’s and everybody’s', lower({ scope: 'a' }), upper(), 'c'],
  ])('%s', (_, one, other, argument) => {
    expect(conflictsOf(one, [other], builtinKinds)).toMatchObject([{ other: other.id, argument }])
    expect(conflictsOf(other, [one], builtinKinds)).toMatchObject([{ other: one.id, argument }])
  })
})

describe('conflicts are none', () => {
  it.each<[string, Intervention, Intervention]>([
    ['with itself', lower(), lower()],
    ['at another tool', lower(), upper({ tool: 'u' })],
    ['of two tenants', lower({ scope: 'a' }), upper({ scope: 'b' })],
    [
      'of two arguments',
      lower(),
      intervention('map-value', { path: '/d', map: { X: 'x' } }, [{ c: 'Economy', d: 'X' }]),
    ],
    [
      'where both make the same of it',
      lower(),
      intervention('map-value', { path: '/c', map: { Economy: 'economy', B: 'b' } }, [{ c: 'Economy' }]),
    ],
    [
      'of other values',
      lower(),
      intervention('map-value', { path: '/c', map: { Business: 'B' } }, [{ c: 'Business' }]),
    ],
    ['where guards keep them apart', lower(), upper({ when: { path: '/d', test: 'present' } })],
    [
      'where one follows the other',
      intervention('strip-unit', { path: '/n', units: ['km'] }, [{ n: '5 km' }]),
      intervention('coerce-argument', { path: '/n', to: 'integer' }, [{ n: '5' }]),
    ],
    [
      'with what only tells',
      lower(),
      intervention('explain-error', { advice: 'try-later' }, [{ c: 'Economy' }]),
    ],
    ['with what does not compile', lower(), intervention('map-value', { path: '/c' }, [{ c: 'Economy' }])],
    ['with a kind that is not known', lower(), intervention('unheard-of', {}, [{ c: 'Economy' }])],
  ])('%s', (_, one, other) => {
    expect(conflictsOf(one, [other], builtinKinds)).toEqual([])
  })
})

describe('at registration', () => {
  const replay = { fixes: 9, weakFixes: 0, wrongRepairs: 0, contradicted: 0, examined: 99, failures: 9 }
  const found = (one: Intervention) =>
    ({
      intervention: one,
      passes: true,
      reason: 'fixed 9',
      replay: { ...replay, families: {} },
    }) as unknown as Validated
  const stagesAfter = (state: RegistryState, ...validated: Intervention[]) => {
    const changes = changesFrom({
      ...{
        state,
        validated: validated.map(found),
        outcomes: new Map(),
        touched: new Map(),
        contracts: new Map(),
      },
      ...{ registered: new Set<string>(), templates: {}, ledger: { canaries: 0, spent: 0, discoveries: 0 } },
      ...{ kinds: builtinKinds, config: {}, limits: STAGE_LIMITS, now: 1 },
    })
    const next = applyTransitions(state, changes)
    return { next, stages: next.entries.map(({ stages }) => [stages.default?.stage, stages.default?.reason]) }
  }

  it('the first of two that came together goes on; the second stays proposed, also the next time', () => {
    const once = stagesAfter(emptyRegistry(), lower(), upper())
    const waits = `${lower().id} makes something else of c`
    expect(once.stages).toEqual([
      ['shadow', 'fixed 9'],
      ['proposed', waits],
    ])
    expect(stagesAfter(once.next, upper(), lower()).stages[1]).toEqual(['proposed', waits])
  })

  it('what is retired stands in nobody’s way', () => {
    const state = registryWith({ kind: 'map-value', options: lower().options, tool: 't', stage: 'retired' })
    expect(stagesAfter(state, upper()).stages.at(-1)).toEqual(['shadow', 'fixed 9'])
  })
})
