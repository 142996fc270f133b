import { describe, expect, test } from 'vitest'
import { openAccount } from '../activation.ts'
import {
  applyTransitions,
  emptyRegistry,
  type RegistryState,
  StageError,
  type Transition,
} from '../registry.ts'
import { moveBetween, STAGES, type Stage } from '../stage.ts'
import { STAGE_LIMITS } from './decide.ts'
import { promoteByPerson, retireByPerson, suspendByPerson } from './person.ts'
import {
  type Case,
  computed,
  DAY,
  DIRECT,
  decide,
  entryAt,
  FADED,
  FAILS,
  FAMILY,
  HARMS,
  HELPS,
  HOPELESS,
  kindNamed,
  LOPSIDED,
  NOTHING,
  NOW,
  PASSES,
  WRONG,
} from './questions.test.support.ts'

type Cause = Omit<Case, 'stage'>
const OLD = { since: NOW - 100 * DAY, lastTouched: NOW - 100 * DAY }
const HOLDS = { passes: true, reason: 'it fixes 3' }
const FAILING = { passes: false, reason: 'it no longer fixes 3' }

/**
 * Every pair of stages. `learner`: what makes the learner go there. `person`: a person may go there in one step. Neither:
 * illegal, for everybody.
 */
const TABLE: Record<Stage, Record<Stage, { learner?: Cause; person?: true }>> = {
  proposed: {
    proposed: {},
    shadow: { learner: { validation: PASSES }, person: true },
    canary: {},
    active: {},
    suspended: {},
    retired: { learner: OLD, person: true },
  },
  shadow: {
    proposed: { learner: { account: computed({ breaks: 1 }) } },
    shadow: {},
    canary: { learner: {}, person: true },
    active: { learner: { account: DIRECT }, person: true },
    suspended: { learner: { fixtures: FAILING }, person: true },
    retired: { person: true },
  },
  canary: {
    proposed: {},
    shadow: { learner: { fixtures: HOLDS }, person: true },
    canary: {},
    active: { learner: { account: HELPS }, person: true },
    suspended: { learner: { account: HARMS }, person: true },
    retired: { person: true },
  },
  active: {
    proposed: {},
    shadow: { learner: { account: FADED }, person: true },
    canary: { person: true },
    active: {},
    suspended: { learner: { account: HARMS }, person: true },
    retired: { person: true },
  },
  suspended: {
    proposed: {},
    shadow: { learner: { validation: PASSES }, person: true },
    canary: {},
    active: {},
    suspended: {},
    retired: { learner: OLD, person: true },
  },
  retired: { proposed: {}, shadow: {}, canary: {}, active: {}, suspended: {}, retired: {} },
}

const PAIRS = STAGES.flatMap((from) => STAGES.map((to) => ({ from, to, ...TABLE[from][to] })))
const LEGAL = PAIRS.filter(({ learner, person }) => learner !== undefined || person)
const ILLEGAL = PAIRS.filter(({ learner, person }) => learner === undefined && !person)

function stateAt(from: Stage, cause: Cause = {}): RegistryState {
  return { ...emptyRegistry(), entries: [entryAt({ stage: from, ...cause })] }
}

/** The state with a decision committed, as the learner commits it. */
function committed(from: Stage, to: Stage, cause: Cause = {}): RegistryState {
  const state = stateAt(from, cause)
  const entry = state.entries[0]!
  const decision = decide({ stage: from, ...cause })
  const record = decision?.record ?? { ...entry.stages[FAMILY]!, stage: to }
  const change: Transition = {
    type: 'stage',
    entry: { ...entry, stages: { ...entry.stages, [FAMILY]: { ...record, stage: to } } },
    ...{ family: FAMILY, from, to, reason: record.reason, by: 'learner', at: NOW },
  }
  return applyTransitions(state, [change])
}

/** The stages through which a person's command leads. */
function stepsOfPerson(from: Stage, to: Stage): Stage[] {
  const state = stateAt(from)
  const id = state.entries[0]!.intervention.id
  const options = { now: NOW, family: FAMILY }
  const changes =
    to === 'suspended'
      ? suspendByPerson(state, id, 'because', options)
      : to === 'retired'
        ? retireByPerson(state, id, 'because', options)
        : promoteByPerson(state, id, to as 'shadow' | 'canary' | 'active', 'because', options)
  applyTransitions(state, changes)
  return changes.flatMap((change) => (change.type === 'stage' ? [change.to] : []))
}

test('the table has 17 legal and 19 illegal pairs, as the moves say', () => {
  expect([LEGAL.length, ILLEGAL.length]).toEqual([17, 19])
  for (const { from, to } of LEGAL) expect(moveBetween(from, to)).toBeDefined()
  for (const { from, to } of ILLEGAL) expect(moveBetween(from, to)).toBeUndefined()
})

describe('legal', () => {
  test.each(LEGAL.filter(({ learner }) => learner))('$from → $to by the learner', ({ from, to, learner }) => {
    const decision = decide({ stage: from, ...learner })
    expect(decision?.to).toBe(to)
    expect(decision?.record.reason).not.toBe('as before')
    expect(decision?.evidence).toMatchObject({ treated: {}, control: {}, shadow: {} })
    expect(committed(from, to, learner).entries[0]?.stages[FAMILY]?.stage).toBe(to)
  })

  test.each(LEGAL.filter(({ person }) => person))('$from → $to by a person', ({ from, to }) => {
    expect(stepsOfPerson(from, to)).toEqual([to])
  })
})

describe('illegal', () => {
  test.each(ILLEGAL)('$from → $to is not accepted from anybody', ({ from, to }) => {
    expect(() => committed(from, to)).toThrow(StageError)
  })

  test.each(ILLEGAL.filter(({ from, to }) => from !== to && to !== 'proposed'))(
    '$from → $to: a person comes there by legal steps, or not at all',
    ({ from, to }) => {
      let steps: Stage[]
      try {
        steps = stepsOfPerson(from, to)
      } catch (error) {
        expect(error).toBeInstanceOf(StageError)
        return
      }
      expect(steps.length).toBeGreaterThan(1)
      for (const [index, next] of steps.entries())
        expect(moveBetween(index === 0 ? from : (steps[index - 1] as Stage), next)).toBeDefined()
    },
  )
})

describe('whatever comes together, the learner makes legal moves only', () => {
  const accounts = [openAccount(), DIRECT, HELPS, HARMS, NOTHING, LOPSIDED, FADED, computed({ breaks: 1 })]
  const some = <T>(name: string, values: readonly T[]) => values.map((value) => ({ [name]: value }) as Cause)
  const cross = (...lists: readonly (readonly Cause[])[]) =>
    lists.reduce<Cause[]>(
      (all, list) => all.flatMap((one) => list.map((other) => ({ ...one, ...other }))),
      [{}],
    )
  const battery = cross(
    some('account', accounts),
    [{}, ...some('validation', [PASSES, FAILS, WRONG])],
    [{}, ...some('fixtures', [HOLDS, FAILING])],
    [{}, OLD],
    some('risk', ['form', 'value', 'effect']),
    some('kind', [kindNamed('rename-argument'), kindNamed('explain-error')]),
    some('limits', [STAGE_LIMITS, HOPELESS]),
    some('family', [FAMILY, 'default']),
  )

  test.each(STAGES)('from %s', (from) => {
    const reached = new Set<Stage>()
    for (const cause of battery) {
      const decision = decide({ stage: from, ...cause })
      if (decision && decision.to !== from) reached.add(decision.to)
    }
    const legal = LEGAL.filter((pair) => pair.from === from && pair.learner).map(({ to }) => to)
    expect([...reached].sort()).toEqual(legal.sort())
  })
})
