import { describe, expect, test } from 'vitest'
import { openAccount } from './activation.ts'
import type { Intervention } from './intervention.ts'
import {
  applyTransitions,
  emptyRegistry,
  isRetired,
  type RegistryEntry,
  type RegistryState,
  StageError,
  type StageRecord,
  stageFor,
  type Transition,
} from './registry.ts'
import { moveBetween, STAGES, type Stage } from './stage.ts'

const intervention: Intervention = {
  id: 'rename-argument-1',
  version: 1,
  kind: 'rename-argument',
  options: {},
  tool: { origin: 'local', name: 'search' },
  category: 'contract.misnamed_param',
  signatures: [],
  layer: 'action',
  risk: 'form',
  origin: {
    inducer: 'test',
    trust: 'observed',
    episodes: [],
    support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
    prediction: { removes: 0.8 },
    fixtures: { fixes: [], leaves: [] },
  },
}

function record(stage: Stage): StageRecord {
  return { stage, since: 0, reason: '', controlShare: 0, account: openAccount() }
}

function entry(stages: Record<string, Stage>): RegistryEntry {
  return {
    intervention,
    stages: Object.fromEntries(Object.entries(stages).map(([family, stage]) => [family, record(stage)])),
  }
}

function state(stages: Record<string, Stage>): RegistryState {
  return { ...emptyRegistry(), version: 7, entries: [entry(stages)] }
}

function move(from: Stage | undefined, to: Stage, after: RegistryEntry, family = 'default'): Transition {
  return {
    type: 'stage',
    entry: after,
    family,
    ...(from === undefined ? {} : { from }),
    to,
    reason: '',
    by: 'learner',
    at: 0,
  }
}

describe('all 36 pairs of stages', () => {
  const pairs = STAGES.flatMap((from) => STAGES.map((to) => [from, to] as const))

  test.each(pairs)('%s → %s', (from, to) => {
    const before = state({ default: from, other: 'shadow' })
    const change = move(from, to, entry({ default: to, other: 'shadow' }))
    if (moveBetween(from, to)) {
      const after = applyTransitions(before, [change])
      expect(after.version).toBe(8)
      expect(after.entries[0]?.stages.default?.stage).toBe(to)
    } else {
      expect(() => applyTransitions(before, [change])).toThrow(StageError)
    }
    expect(before).toEqual(state({ default: from, other: 'shadow' }))
  })
})

describe('a new intervention', () => {
  test.each(STAGES)('enters at %s only if that is proposed', (to) => {
    const change = move(undefined, to, entry({ default: to }))
    if (to === 'proposed') expect(applyTransitions(emptyRegistry(), [change]).entries).toHaveLength(1)
    else expect(() => applyTransitions(emptyRegistry(), [change])).toThrow(StageError)
  })

  test('goes on in the same commit', () => {
    const changes = [
      move(undefined, 'proposed', entry({ default: 'proposed' })),
      move('proposed', 'shadow', entry({ default: 'shadow' })),
    ]
    expect(applyTransitions(emptyRegistry(), changes).entries[0]?.stages.default?.stage).toBe('shadow')
  })
})

describe('does not accept', () => {
  const shadow = state({ default: 'shadow' })
  test.each<[string, RegistryState, Transition]>([
    ['a move from where it does not stand', shadow, move('canary', 'active', entry({ default: 'active' }))],
    ['a second registration', shadow, move(undefined, 'proposed', entry({ default: 'proposed' }))],
    [
      'a move of what is not registered',
      emptyRegistry(),
      move('shadow', 'canary', entry({ default: 'canary' })),
    ],
    ['an entry that stands elsewhere', shadow, move('shadow', 'canary', entry({ default: 'active' }))],
    [
      'a second family that moves along',
      state({ default: 'shadow', a: 'shadow' }),
      move('shadow', 'canary', entry({ default: 'canary', a: 'active' })),
    ],
    [
      'a family that is forgotten',
      state({ default: 'shadow', a: 'suspended' }),
      move('shadow', 'canary', entry({ default: 'canary' })),
    ],
    ['evidence that moves', shadow, { type: 'account', entry: entry({ default: 'active' }), at: 0 }],
    [
      'evidence that brings a family above shadow',
      shadow,
      { type: 'account', entry: entry({ default: 'shadow', a: 'active' }), at: 0 },
    ],
    [
      'evidence of nothing',
      emptyRegistry(),
      { type: 'account', entry: entry({ default: 'proposed' }), at: 0 },
    ],
  ])('%s', (_, before, change) => {
    expect(() => applyTransitions(before, [change])).toThrow(StageError)
  })

  test('the first of two changes when the second is illegal', () => {
    const changes = [
      move('shadow', 'canary', entry({ default: 'canary' })),
      move('canary', 'proposed', entry({ default: 'proposed' })),
    ]
    expect(() => applyTransitions(shadow, changes)).toThrow(StageError)
    expect(shadow.entries[0]?.stages.default?.stage).toBe('shadow')
  })
})

describe('accepts', () => {
  test('the first move of a family that inherited its stage', () => {
    const change = move('shadow', 'canary', entry({ default: 'shadow', a: 'canary' }), 'a')
    const [after] = applyTransitions(state({ default: 'shadow' }), [change]).entries
    expect(stageFor(after!, 'a').stage).toBe('canary')
    expect(stageFor(after!, 'b').stage).toBe('shadow')
  })

  test('evidence that opens a record for a family where it inherits', () => {
    for (const stage of ['shadow', 'active'] as const) {
      const change: Transition = { type: 'account', entry: entry({ default: stage, a: 'shadow' }), at: 0 }
      expect(stageFor(applyTransitions(state({ default: stage }), [change]).entries[0]!, 'a').stage).toBe(
        'shadow',
      )
    }
  })

  test('templates and settings', () => {
    const after = applyTransitions(emptyRegistry(), [
      { type: 'templates', templates: { a: 'x' }, at: 0 },
      { type: 'templates', templates: { b: 'y' }, at: 0 },
      { type: 'settings', settings: { killed: true }, by: 'person', at: 0, reason: 'fire drill' },
    ])
    expect(after).toEqual({
      version: 1,
      entries: [],
      templates: { a: 'x', b: 'y' },
      settings: { killed: true },
    })
  })
})

describe('a family without evidence', () => {
  test.each<[Stage, boolean, Stage]>([
    ['proposed', false, 'proposed'],
    ['shadow', false, 'shadow'],
    ['canary', false, 'shadow'],
    ['active', false, 'shadow'],
    ['active', true, 'active'],
    ['suspended', false, 'suspended'],
    ['retired', true, 'retired'],
  ])('inherits from a default at %s (pinned %s): %s', (stage, pinned, expected) => {
    expect(stageFor({ ...entry({ default: stage }), pinned }, 'a').stage).toBe(expected)
  })
})

describe('what is retired', () => {
  test('is over: it cannot be registered anew', () => {
    const retired = applyTransitions(state({ default: 'active' }), [
      move('active', 'retired', entry({ default: 'retired' })),
    ])
    expect(isRetired(retired.entries[0]!)).toBe(true)
    const again = move(undefined, 'proposed', entry({ default: 'proposed' }))
    expect(() => applyTransitions(retired, [again])).toThrow(StageError)
  })

  test('for one family only is not over', () => {
    const change = move('active', 'retired', entry({ default: 'shadow', a: 'retired' }), 'a')
    const after = applyTransitions(state({ default: 'shadow', a: 'active' }), [change])
    expect(isRetired(after.entries[0]!)).toBe(false)
    expect(stageFor(after.entries[0]!, 'a').stage).toBe('retired')
  })
})
