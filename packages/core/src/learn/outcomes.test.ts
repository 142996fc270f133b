import { describe, expect, test } from 'vitest'
import type { ActionType, Applied } from '../action.ts'
import { openAccount } from '../activation.ts'
import type { Failure } from '../failure.ts'
import type { Json } from '../json.ts'
import { type ToolCall, type ToolStep, type Trajectory, toolResult } from '../trajectory.ts'
import { computedEvidence, countOutcomes } from './accounts.ts'
import { collectOutcomes, type InterventionOutcome, type OutcomeOptions } from './outcomes.ts'

type Call = {
  tool?: string
  input: Json
  executed?: Json
  outcome?: 'ok' | 'error' | 'interrupted'
  failed?: boolean
  expected?: boolean
  turn?: number
  applied?: Partial<Applied>[]
}

const FAILURE: Failure = {
  category: 'unknown',
  signature: 'unknown:book:1',
  rank: 'text',
  attribution: 'model',
  retryable: 'after-change',
  effect: 'none',
  evidence: { detector: 'test', bytes: 'no' },
  dead: false,
}

function touch(action: ActionType, more: Partial<Applied> = {}): Partial<Applied> {
  return { action, ...more }
}

function outcomesOf(
  calls: readonly Call[],
  { success, ...options }: OutcomeOptions & { success?: boolean } = {},
): InterventionOutcome[] {
  const failures = new Map<ToolStep, Failure>()
  const steps = calls.map((given, index): ToolStep => {
    const { tool = 'book', input, executed, outcome, failed = false, expected = false, turn = index } = given
    const call: ToolCall = {
      id: `call-${index}`,
      tool: { origin: 'local', name: tool },
      ...{ turn, index: 0, attempt: 1, approved: false, input },
    }
    const step: ToolStep = {
      type: 'tool',
      call,
      executed: executed === undefined ? call : { ...call, input: executed },
      result: toolResult(outcome ?? (failed ? 'error' : 'ok'), null),
      applied: (given.applied ?? []).map(
        (record): Applied => ({
          intervention: 'x',
          version: 1,
          arm: 'applied',
          action: 'replace-call',
          dead: false,
          treatedShare: 0.5,
          ...record,
        }),
      ),
    }
    if (failed || expected) failures.set(step, expected ? { ...FAILURE, expectedNegative: true } : FAILURE)
    return step
  })
  const trajectory: Trajectory = {
    id: 'episode',
    family: 'some-model',
    contracts: [],
    steps,
    ...(success === undefined ? {} : { success }),
  }
  return collectOutcomes(trajectory, (step) => failures.get(step), options)
}

describe('the first touched call decides', () => {
  test('later ones are counted, not tested', () => {
    const edit = touch('replace-call')
    const [outcome, ...others] = outcomesOf([
      { input: 1, failed: true, applied: [edit] },
      { input: 2, applied: [edit] },
      { input: 3, applied: [edit] },
    ])
    expect(others).toEqual([])
    expect(outcome).toMatchObject({ arm: 'treated', success: false, later: 2, treatedShare: 0.5 })
  })

  test('each intervention has its own first call', () => {
    const found = outcomesOf([
      { input: 1, failed: true, applied: [touch('replace-call', { intervention: 'a' })] },
      { input: 2, applied: [touch('replace-call', { intervention: 'b', arm: 'control' })] },
    ])
    expect(found.map(({ intervention, arm, success }) => [intervention, arm, success])).toEqual([
      ['a', 'treated', false],
      ['b', 'control', true],
    ])
  })

  test('a call that control flow interrupted is passed over', () => {
    const edit = touch('replace-call')
    const found = outcomesOf([
      { input: 1, outcome: 'interrupted', applied: [edit] },
      { input: 2, applied: [edit] },
    ])
    expect(found).toMatchObject([{ success: true, later: 0 }])
  })

  test('nothing was touched: nothing is said', () => {
    expect(outcomesOf([{ input: 1, failed: true }])).toEqual([])
  })
})

describe('success, by what the action does', () => {
  const hint = touch('replace-result')
  const block = touch('respond')
  test.each<[string, boolean, Call[]]>([
    ['an edit after which the call is ok', true, [{ input: 1, applied: [touch('replace-call')] }]],
    [
      'an edit after which the call fails',
      false,
      [{ input: 1, failed: true, applied: [touch('replace-call')] }],
    ],
    [
      'an answer that is a failure',
      false,
      [{ input: 1, outcome: 'ok', failed: true, applied: [touch('retry')] }],
    ],
    ['an expected negative', true, [{ input: 1, expected: true, applied: [touch('replace-call')] }]],
    ['a retry that got through', true, [{ input: 1, applied: [touch('retry')] }]],
    [
      'a hint, and the next call of the tool is ok',
      true,
      [{ input: 1, failed: true, applied: [hint] }, { input: 2 }],
    ],
    [
      'a hint, and the next call of the tool fails',
      false,
      [{ input: 1, failed: true, applied: [hint] }, { input: 2, failed: true }, { input: 3 }],
    ],
    [
      'a hint, with other tools in between',
      true,
      [
        { input: 1, failed: true, applied: [hint] },
        { input: 1, tool: 'a' },
        { input: 1, tool: 'b' },
        { input: 2 },
      ],
    ],
    [
      'a hint, and the tool comes too late',
      false,
      [
        { input: 1, failed: true, applied: [hint] },
        ...['a', 'b', 'c'].map((tool) => ({ input: 1, tool })),
        { input: 2 },
      ],
    ],
    [
      'a block, and the model goes on',
      true,
      [
        { input: 1, failed: true, applied: [block] },
        { input: 2, failed: true },
      ],
    ],
    [
      'a block, and the model repeats itself',
      false,
      [{ input: 1, failed: true, applied: [block] }, { input: 2 }, { input: 1, failed: true }],
    ],
  ])('%s: %s', (_, success, calls) => {
    expect(outcomesOf(calls)[0]?.success).toBe(success)
  })
})

describe('what was only computed', () => {
  const shadow = (after: Json, more: Partial<Applied> = {}) =>
    touch('replace-call', { arm: 'shadow', before: { a: 1 }, after, ...more })
  test.each<[string, { fixes: number; deadFixes: number; breaks: number }, Call[]]>([
    [
      'equals a later success',
      { fixes: 1, deadFixes: 0, breaks: 0 },
      [{ input: { a: 1 }, failed: true, applied: [shadow({ b: 1 })] }, { input: { b: 1 } }],
    ],
    [
      'equals a later success, of a dead call',
      { fixes: 1, deadFixes: 1, breaks: 0 },
      [{ input: { a: 1 }, failed: true, applied: [shadow({ b: 1 }, { dead: true })] }, { input: { b: 1 } }],
    ],
    [
      'equals what failed again',
      { fixes: 0, deadFixes: 0, breaks: 0 },
      [
        { input: { a: 1 }, failed: true, applied: [shadow({ b: 1 })] },
        { input: { b: 1 }, failed: true },
      ],
    ],
    [
      'equals a success of another tool',
      { fixes: 0, deadFixes: 0, breaks: 0 },
      [
        { input: { a: 1 }, failed: true, applied: [shadow({ b: 1 })] },
        { input: { b: 1 }, tool: 'other' },
      ],
    ],
    [
      'would change a success',
      { fixes: 0, deadFixes: 0, breaks: 1 },
      [{ input: { a: 1 }, applied: [shadow({ b: 1 })] }],
    ],
    [
      'would do what another edit did, successfully',
      { fixes: 0, deadFixes: 0, breaks: 0 },
      [
        {
          input: { a: 1 },
          executed: { b: 1 },
          applied: [shadow({ b: 1 }), touch('replace-call', { intervention: 'y' })],
        },
      ],
    ],
    [
      'in the control arm counts as well',
      { fixes: 0, deadFixes: 0, breaks: 1 },
      [{ input: { a: 1 }, applied: [shadow({ b: 1 }, { arm: 'control' })] }],
    ],
    [
      'a later touched call counts as well',
      { fixes: 0, deadFixes: 0, breaks: 1 },
      [
        { input: { a: 1 }, failed: true, applied: [shadow({ b: 1 })] },
        { input: { a: 1 }, applied: [shadow({ b: 1 })] },
      ],
    ],
    [
      'what was applied is neither',
      { fixes: 0, deadFixes: 0, breaks: 0 },
      [{ input: { a: 1 }, executed: { b: 1 }, applied: [shadow({ b: 1 }, { arm: 'applied' })] }],
    ],
    [
      'a retry of what the same call later did',
      { fixes: 1, deadFixes: 0, breaks: 0 },
      [{ input: 1, failed: true, applied: [touch('retry', { arm: 'shadow' })] }, { input: 1 }],
    ],
    [
      'a block of a failure',
      { fixes: 1, deadFixes: 0, breaks: 0 },
      [{ input: 1, failed: true, applied: [touch('respond', { arm: 'shadow' })] }],
    ],
    [
      'a block of a success',
      { fixes: 0, deadFixes: 0, breaks: 1 },
      [{ input: 1, applied: [touch('respond', { arm: 'shadow' })] }],
    ],
  ])('%s', (_, expected, calls) => {
    expect(outcomesOf(calls).find(({ intervention }) => intervention === 'x')).toMatchObject(expected)
  })
})

describe('the guardrail', () => {
  const edit = touch('replace-call', { after: { a: 2 } })
  const first: Call = { input: { a: 1 }, executed: { a: 2 }, applied: [edit] }
  const cancels = (earlier: ToolCall, later: ToolCall) =>
    earlier.tool.name === 'book' && later.tool.name === 'cancel'
  test.each<[string, boolean | undefined, Call[], (OutcomeOptions & { success?: boolean })?]>([
    ['nothing follows: there is no signal', undefined, [first]],
    ['the model goes on', true, [first, { input: 1, tool: 'other' }]],
    ['it issues the tool again with other values', false, [first, { input: { a: 3 } }]],
    ['it issues what it had written, or what ran', true, [first, { input: { a: 1 } }, { input: { a: 2 } }]],
    [
      'it does so later than counts',
      true,
      [first, ...Array(3).fill({ input: 1, tool: 'b' }), { input: { a: 3 } }],
    ],
    ['a sibling of the same turn is no second thought', undefined, [first, { input: { a: 3 }, turn: 0 }]],
    [
      'the call failed, and is corrected',
      true,
      [{ ...first, failed: true }, { input: { a: 3 } }, { input: 1, tool: 'other' }],
    ],
    [
      'it is corrected, and then issued with other values',
      false,
      [{ ...first, failed: true }, { input: { a: 3 } }, { input: { a: 4 } }],
    ],
    [
      'it failed, and is never corrected',
      undefined,
      [
        { ...first, failed: true },
        { input: 1, tool: 'other' },
      ],
    ],
    [
      'it takes it back, where that is declared',
      false,
      [first, { input: 1, tool: 'cancel' }],
      { compensates: cancels },
    ],
    ['it takes it back, undeclared', true, [first, { input: 1, tool: 'cancel' }]],
    ['the episode succeeded', true, [first], { success: true }],
    ['the episode failed', false, [first, { input: 1, tool: 'other' }], { success: false }],
    ['the declared predicate says no', false, [{ ...first, failed: true }], { declaresSuccess: () => true }],
  ])('%s', (_, expected, calls, options) => {
    expect(outcomesOf(calls, options)[0]?.guardrail).toBe(expected)
  })
})

describe('the account', () => {
  const [outcome] = outcomesOf([{ input: 1, applied: [touch('replace-call')] }])
  const at = (position: number, more: Partial<InterventionOutcome> = {}) => ({
    at: position,
    outcome: { ...outcome!, ...more },
  })

  test('counts each position once, in the order of the log', () => {
    const both = countOutcomes(openAccount(), [at(9, { success: false }), at(4)])
    expect(both.treated).toEqual({ episodes: 2, successes: 1 })
    expect(both.counted).toBe(9)
    expect(countOutcomes(both, [at(4), at(9)])).toBe(both)
    const stepwise = countOutcomes(countOutcomes(openAccount(), [at(4)]), [at(4), at(9, { success: false })])
    expect(stepwise).toEqual(both)
  })

  test('bets on nothing that was not drawn', () => {
    const { treatedShare: _, ...undrawn } = outcome!
    for (const one of [{ at: 1, outcome: undrawn }, at(1, { arm: 'shadow' })])
      expect(countOutcomes(openAccount(), [one]).treated.episodes).toBe(0)
  })

  test('takes of replay and shadow the greater count, and of episodes all', () => {
    const live = countOutcomes(openAccount(), [
      at(1, { arm: 'shadow', fixes: 2, deadFixes: 1, breaks: 1, episode: 'a' }),
    ])
    const replay = { fixes: 1, dead: 1, episodes: ['a', 'b'], examined: 40 }
    expect(computedEvidence({ ...live, replay })).toEqual({
      fixes: 2,
      dead: 1,
      episodes: 2,
      examined: 40,
      breaks: 1,
    })
  })
})
