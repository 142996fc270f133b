import { describe, expect, test } from 'vitest'
import { type Account, openAccount } from '../activation.ts'
import { onlineLevel } from '../false-discovery.ts'
import type { Risk } from '../intervention.ts'
import { moveBetween, type Stage } from '../stage.ts'
import { type ToolFacts, UNKNOWN_TOOL_FACTS } from '../tool.ts'
import { STAGE_LIMITS } from './decide.ts'
import {
  type Case,
  computed,
  DAY,
  DIRECT,
  decide,
  FADED,
  FAILS,
  HARMS,
  HELPS,
  HOPELESS,
  kindNamed,
  LOPSIDED,
  NOTHING,
  NOW,
  PASSES,
  tested,
  WRONG,
} from './questions.test.support.ts'

const FULL = { canaries: 5, spent: 0.02, discoveries: 0 }
/** It has its error level from canary. */
const GAVE_UP: Case = { stage: 'shadow', since: NOW - 2 * DAY, account: { ...openAccount(), level: 0.03 } }
const ENOUGH = { episodes: ['a', 'b', 'c'], examined: 300 }

describe('moves', () => {
  test.each<[string, Case, Stage, RegExp]>([
    ['a draft that replay validates', { stage: 'proposed', validation: PASSES }, 'shadow', /^fixed 9 of 9$/],
    [
      'form on dead calls, on its evidence alone',
      { stage: 'shadow', account: DIRECT },
      'active',
      /20 dead calls in 3/,
    ],
    [
      'the same counted live',
      {
        stage: 'shadow',
        account: computed({ fixes: 20, dead: 20, episodes: ['a', 'b', 'c'], examined: 300 }),
      },
      'active',
      /20 dead calls in 3/,
    ],
    [
      'form on live calls',
      { stage: 'shadow', account: computed({}, { ...ENOUGH, fixes: 50, dead: 0 }) },
      'canary',
      /compared/,
    ],
    [
      'what touches both',
      { stage: 'shadow', account: computed({}, { ...ENOUGH, fixes: 50, dead: 40 }) },
      'canary',
      /compared/,
    ],
    [
      'form on dead calls of a destructive tool',
      { stage: 'shadow', account: DIRECT, facts: { ...UNKNOWN_TOOL_FACTS, destructive: true } },
      'canary',
      /compared/,
    ],
    [
      'value, whatever its evidence',
      { stage: 'shadow', account: DIRECT, risk: 'value' },
      'canary',
      /compared/,
    ],
    ['a hint', { stage: 'shadow', account: DIRECT, kind: kindNamed('explain-error') }, 'canary', /compared/],
    [
      'a block',
      { stage: 'shadow', account: DIRECT, kind: kindNamed('break-loop'), risk: 'effect' },
      'canary',
      /compared/,
    ],
    [
      'what would have broken a call',
      { stage: 'shadow', account: computed({ breaks: 1 }) },
      'proposed',
      /broken 1 call that succeeded/,
    ],
    [
      'a canary that is seldom met, while others wait',
      { stage: 'canary', since: NOW - 30 * DAY, lastTouched: NOW - 8 * DAY, ledger: FULL },
      'shadow',
      /no episode met it for 8 days/,
    ],
    ['what gave up its place and is met again', { ...GAVE_UP, lastTouched: NOW - DAY }, 'canary', /compared/],
    ['what replay finds wrong', { stage: 'shadow', validation: WRONG }, 'proposed', /changed 1 of 9/],
    [
      'what replay finds contradicted',
      { stage: 'shadow', validation: { ...FAILS, contradicted: 1 } },
      'proposed',
      /one episode/,
    ],
    [
      'what helps',
      { stage: 'canary', account: HELPS },
      'active',
      /^helps: 20 of 20 with it, 0 of 20 without$/,
    ],
    ['what harms', { stage: 'canary', account: HARMS }, 'suspended', /^harms: 0 of 20 with it, 20 of 20/],
    ['what harms when active', { stage: 'active', account: HARMS }, 'suspended', /^harms/],
    ['active, replay finds it wrong', { stage: 'active', validation: WRONG }, 'suspended', /changed 1 of 9/],
    [
      'active, it would break calls',
      { stage: 'active', account: computed({ breaks: 2 }) },
      'suspended',
      /2 calls/,
    ],
    [
      'value that helps with a guardrail that holds',
      { stage: 'canary', account: tested(true, false, 40, [true, true]), risk: 'value' },
      'active',
      /guardrail 20 of 20, 20 of 20 without$/,
    ],
    [
      'value that helps at the expense of its guardrail',
      { stage: 'canary', account: tested(true, false, 40, [false, true]), risk: 'value' },
      'suspended',
      /guardrail gets worse/,
    ],
    [
      'what shows no effect for long',
      { stage: 'canary', account: NOTHING, limits: { ...STAGE_LIMITS, noEffect: 40 } },
      'suspended',
      /^no effect seen in 40 episodes$/,
    ],
    [
      'what shows so little for a benefit that nothing will come of it',
      { stage: 'canary', account: { ...NOTHING, benefit: [0.001] }, limits: HOPELESS },
      'suspended',
      /^no effect seen in 40 episodes$/,
    ],
    [
      'canary, episodes of one arm go missing',
      { stage: 'canary', account: LOPSIDED },
      'suspended',
      /^episodes of one arm go missing: 0 of 40 with it, 20 were drawn$/,
    ],
    ['active, the same', { stage: 'active', account: LOPSIDED }, 'suspended', /go missing/],
    [
      'active, it no longer helps as it did',
      { stage: 'active', account: FADED },
      'shadow',
      /^it no longer helps as it did: 420 of 420 with it, 400 of 420 without, over all$/,
    ],
    [
      'a changed contract, its fixtures hold',
      { stage: 'active', fixtures: { passes: true, reason: 'it fixes 3' } },
      'shadow',
      /contract changed; it fixes 3/,
    ],
    [
      'a changed contract, its fixtures fail',
      { stage: 'canary', fixtures: { passes: false, reason: 'it no longer fixes 3' } },
      'suspended',
      /contract changed: it no longer fixes 3/,
    ],
    [
      'active, but nothing touches it any more',
      { stage: 'active', since: NOW - 200 * DAY, lastTouched: NOW - 91 * DAY },
      'suspended',
      /for 91 days/,
    ],
    [
      'suspended for long',
      { stage: 'suspended', since: NOW - 100 * DAY, lastTouched: NOW - 100 * DAY },
      'retired',
      /for 100 days/,
    ],
    [
      'proposed for long, and shown wrong',
      { stage: 'proposed', since: NOW - 100 * DAY, lastTouched: NOW - 100 * DAY, validation: WRONG },
      'retired',
      /for 100 days/,
    ],
    [
      'suspended, and nothing that suspended it holds any more',
      { stage: 'suspended', account: NOTHING, validation: PASSES },
      'shadow',
      /^once more/,
    ],
  ])('%s', (_, given, to, reason) => {
    const decision = decide(given)
    expect(decision?.to).toBe(to)
    expect(decision?.record).toMatchObject({ stage: to, since: NOW, reason: expect.stringMatching(reason) })
    expect(moveBetween(given.stage, to)).toBeDefined()
  })
})

describe('does not move', () => {
  const pinned: Stage[] = ['proposed', 'shadow', 'canary', 'active', 'suspended']
  test.each(pinned)('what a person pinned at %s', (stage) => {
    expect(decide({ stage, pinned: true, account: HARMS, validation: WRONG })).toBeUndefined()
  })

  test.each<[string, Case]>([
    ['a draft without a verdict', { stage: 'proposed' }],
    ['what is retired', { stage: 'retired', validation: PASSES }],
    ['the default beyond shadow', { stage: 'shadow', account: DIRECT, family: 'default' }],
    ['when canary is full', { stage: 'shadow', ledger: FULL }],
    ['to canary what no episode of the family touched', without({ stage: 'shadow' }, 'lastTouched')],
    ['an untested canary', { stage: 'canary' }],
    [
      'a canary that is seldom met, while there are places left',
      { stage: 'canary', since: NOW - 30 * DAY, lastTouched: NOW - 8 * DAY },
    ],
    [
      'a canary that was met this week',
      { stage: 'canary', since: NOW - 30 * DAY, lastTouched: NOW - 6 * DAY, ledger: FULL },
    ],
    ['what gave up its place, until it is met', { ...GAVE_UP, lastTouched: NOW - 9 * DAY }],
    ['a canary without effect, yet', { stage: 'canary', account: NOTHING }],
    ['an active one that helps', { stage: 'active', account: HELPS }],
    ['one that replay has too little of, now that it works', { stage: 'active', validation: FAILS }],
    ['shadow, for the same reason', { stage: 'shadow', validation: FAILS, ledger: FULL }],
    [
      'a hint that passes though a few corrections went another way, while canary is full',
      {
        stage: 'shadow',
        validation: { ...PASSES, contradicted: 1 },
        ledger: FULL,
      },
    ],
    ['suspended for harm, though replay passes', { stage: 'suspended', account: HARMS, validation: PASSES }],
    [
      'suspended, its fixtures still fail',
      { stage: 'suspended', validation: PASSES, fixtures: { passes: false, reason: 'x' } },
    ],
  ])('%s', (_, given) => {
    expect(decide(given)).toBeUndefined()
  })

  function without(given: Case, name: 'lastTouched'): Case {
    return { ...given, [name]: undefined } as unknown as Case
  }

  test.each<[string, Account['replay']]>([
    ['fixes', { fixes: 19, dead: 19, episodes: ['a', 'b', 'c'], examined: 300 }],
    ['episodes', { fixes: 20, dead: 20, episodes: ['a', 'b'], examined: 300 }],
    ['successes', { fixes: 20, dead: 20, episodes: ['a', 'b', 'c'], examined: 299 }],
  ])('form on dead calls with too few %s goes the long way', (_, replay) => {
    expect(decide({ stage: 'shadow', account: computed({}, replay) })?.to).toBe('canary')
  })
})

describe('says why without a move', () => {
  test('a draft of which replay has too little, however old', () => {
    const old = { since: NOW - 200 * DAY, lastTouched: NOW - 200 * DAY }
    expect(decide({ stage: 'proposed', ...old, validation: FAILS })?.to).toBe('proposed')
  })

  test('a draft from an untrusted source, whatever replay says of it', () => {
    expect(decide({ stage: 'proposed', trust: 'untrusted', validation: PASSES })).toMatchObject({
      to: 'proposed',
      record: { reason: 'its only source is an untrusted tool’s text' },
    })
  })

  test('a draft that does not pass', () => {
    expect(decide({ stage: 'proposed', validation: FAILS })).toMatchObject({
      to: 'proposed',
      record: { stage: 'proposed', reason: 'seen in one episode' },
    })
  })

  test.each<[Risk, Account, RegExp]>([
    ['value', HELPS, /a person must approve it$/],
    ['effect', HELPS, /a person must approve it$/],
    ['value', tested(true, false, 14, [true, true]), /waits for 10 episodes with a guardrail signal$/],
  ])('%s that helps stays in canary', (risk, account, reason) => {
    const decision = decide({ stage: 'canary', account, risk, limits: { ...STAGE_LIMITS, benefit: 0.05 } })
    expect(decision).toMatchObject({
      to: 'canary',
      record: { reason: expect.stringMatching(reason), controlShare: 0.5 },
    })
  })

  test.each<[string, Partial<ToolFacts>, string]>([
    ['only reads', { readOnly: true }, 'active'],
    ['is idempotent', { idempotent: true }, 'canary'],
    ['is not declared', {}, 'canary'],
  ])('a retry that helps, of a tool that %s, without a guardrail signal', (_, facts, to) => {
    const retried = { stage: 'canary', account: HELPS, risk: 'effect', kind: kindNamed('retry') } as const
    expect(decide({ ...retried, facts: { ...UNKNOWN_TOOL_FACTS, ...facts } })?.to).toBe(to)
    // What is no retry stays where it is, whatever the tool.
    const blocks = { ...retried, kind: kindNamed('break-loop') }
    expect(decide({ ...blocks, facts: { ...UNKNOWN_TOOL_FACTS, ...facts } })?.to).toBe('canary')
  })
})

describe('the level of a hypothesis', () => {
  test('is assigned where a person put it into canary, without a move', () => {
    const decision = decide({ stage: 'canary', account: openAccount() })
    expect(decision).toMatchObject({
      to: 'canary',
      record: { stage: 'canary', reason: 'as before', since: NOW },
    })
    expect(decision?.record.account.level).toBe(
      onlineLevel(STAGE_LIMITS.benefit, { spent: 0, discoveries: 0 }),
    )
  })

  test('counts: the same evidence promotes at one and not at another', () => {
    const account = tested(true, false, 16)
    expect(decide({ stage: 'canary', account: { ...account, level: 0.04 } })?.to).toBe('active')
    expect(decide({ stage: 'canary', account: { ...account, level: 1e-6 } })).toBeUndefined()
  })
})

describe('what a move leaves', () => {
  test('promoted: it is watched whether half of its gain stays', () => {
    expect(decide({ stage: 'canary', account: HELPS })?.record.account.fade?.gain).toBe(0.5)
    expect(decide({ stage: 'shadow', account: DIRECT })?.record.account.fade).toBeUndefined()
  })

  test('faded: another hypothesis, which gets its own level', () => {
    const account = decide({ stage: 'active', account: FADED })?.record.account
    expect(account).toMatchObject({ level: 0, treated: { episodes: 0 }, harm: FADED.harm })
  })

  test('canary: half the episodes, and the level of its place among all that were tested', () => {
    const decision = decide({
      stage: 'shadow',
      account: computed({ fixes: 3 }),
      ledger: { canaries: 2, spent: 0.06, discoveries: 2 },
    })
    expect(decision?.record.controlShare).toBe(0.5)
    expect(decision?.record.account.level).toBe(
      onlineLevel(STAGE_LIMITS.benefit, { spent: 0.06, discoveries: 2 }),
    )
    expect(decision?.record.deadOnly).toBeUndefined()
  })

  test('re-entry keeps the old account and its level', () => {
    const account = { ...NOTHING, level: 0.0123 }
    const decision = decide({ stage: 'shadow', account, ledger: { canaries: 0, spent: 0.2, discoveries: 9 } })
    expect(decision).toMatchObject({ to: 'canary', record: { account } })
  })

  test('active without canary: a hold-out, and dead calls only', () => {
    expect(decide({ stage: 'shadow', account: DIRECT })?.record).toMatchObject({
      controlShare: 0.1,
      deadOnly: true,
    })
  })

  test('active from canary: a hold-out, all calls', () => {
    const record = decide({ stage: 'canary', account: HELPS })?.record
    expect(record?.controlShare).toBe(0.1)
    expect(record?.deadOnly).toBeUndefined()
  })

  test('suspended: nothing is drawn', () => {
    expect(decide({ stage: 'canary', account: HARMS })?.record.controlShare).toBe(0)
  })
})
