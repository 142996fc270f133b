import { describe, expect, test } from 'vitest'
import { applyTransitions, type RegistryState, StageError, stageFor, type Transition } from '../registry.ts'
import { STAGES, type Stage } from '../stage.ts'
import { registryEntry } from '../testing/registry-entry.ts'
import { promoteByPerson, retireByPerson, suspendByPerson, undoByPerson } from './person.ts'

function stateAt(stage: Stage, families: Record<string, Stage> = {}): { state: RegistryState; id: string } {
  const { pinned: _, ...entry } = registryEntry({ kind: 'rename-argument', tool: 'book', stage })
  const record = entry.stages.default!
  const stages = { ...entry.stages }
  for (const [family, at] of Object.entries(families)) stages[family] = { ...record, stage: at }
  return {
    state: { version: 3, entries: [{ ...entry, stages }], templates: {}, settings: {} },
    id: entry.intervention.id,
  }
}

const NOW = { now: 7 }

describe('leads step by step through legal moves', () => {
  test.each<[Stage, 'shadow' | 'canary' | 'active', string]>([
    ['proposed', 'shadow', 'shadow'],
    ['proposed', 'active', 'shadow active'],
    ['proposed', 'canary', 'shadow canary'],
    ['shadow', 'active', 'active'],
    ['canary', 'active', 'active'],
    ['canary', 'shadow', 'shadow'],
    ['active', 'canary', 'canary'],
    ['suspended', 'active', 'shadow active'],
  ])('%s → %s', (from, to, way) => {
    const { state, id } = stateAt(from)
    const changes = promoteByPerson(state, id, to, 'because', NOW)
    expect(changes.map((change) => change.type === 'stage' && change.to).join(' ')).toBe(way)
    const [entry] = applyTransitions(state, changes).entries
    expect(entry?.stages.default).toMatchObject({ stage: to, since: 7, reason: 'because' })
    // Whoever has no evidence of its own is meant too.
    expect(stageFor(entry!, 'new-model').stage).toBe(to)
  })

  test.each(['proposed', 'shadow', 'canary', 'active'] as const)('%s → suspended', (from) => {
    const { state, id } = stateAt(from)
    const [entry] = applyTransitions(state, suspendByPerson(state, id, 'because', NOW)).entries
    expect(entry).toMatchObject({
      pinned: true,
      stages: { default: { stage: 'suspended', controlShare: 0 } },
    })
  })

  test.each(STAGES.filter((stage) => stage !== 'retired'))('%s → retired', (from) => {
    const { state, id } = stateAt(from)
    const [entry] = applyTransitions(state, retireByPerson(state, id, 'because', NOW)).entries
    expect(entry?.stages.default?.stage).toBe('retired')
  })
})

describe('families', () => {
  test('all of them move, and the one that is retired stays so', () => {
    const { state, id } = stateAt('shadow', { a: 'canary', b: 'retired', c: 'active' })
    const after = applyTransitions(state, promoteByPerson(state, id, 'active', 'because', NOW))
    const [entry] = after.entries
    expect(Object.entries(entry!.stages).map(([family, { stage }]) => `${family} ${stage}`)).toEqual([
      'default active',
      'a active',
      'b retired',
      'c active',
    ])
    expect(entry?.pinned).toBe(true)
  })

  test('one of them is approved: the learner goes on watching it, with a hold-out', () => {
    const { state, id } = stateAt('shadow', { a: 'canary' })
    const changes = promoteByPerson(state, id, 'active', 'because', { ...NOW, family: 'a' })
    const [entry] = applyTransitions(state, changes).entries
    expect(entry?.stages).toMatchObject({
      default: { stage: 'shadow' },
      a: { stage: 'active', controlShare: 0.1 },
    })
    expect(entry?.pinned).toBe(false)
  })

  test('one without a record begins where it inherits, with an account of its own', () => {
    const { state, id } = stateAt('shadow')
    const changes = promoteByPerson(state, id, 'canary', 'because', { ...NOW, family: 'new-model' })
    const [entry] = applyTransitions(state, changes).entries
    expect(entry?.stages['new-model']).toMatchObject({ stage: 'canary', controlShare: 0.5 })
    expect(entry?.stages.default?.stage).toBe('shadow')
  })
})

describe('the pin', () => {
  test('comes with the word on what stands there already, and goes with shadow', () => {
    const { state, id } = stateAt('active')
    const pinned = applyTransitions(state, promoteByPerson(state, id, 'active', 'because', NOW))
    expect(pinned.entries[0]?.pinned).toBe(true)
    expect(promoteByPerson(pinned, id, 'active', 'because', NOW)).toEqual([])
    const back = applyTransitions(pinned, promoteByPerson(pinned, id, 'shadow', 'because', NOW))
    expect(back.entries[0]?.pinned).toBe(false)
  })
})

describe('a word that is taken back', () => {
  const registeredAs = (state: RegistryState): Transition[] =>
    state.entries.map((entry) => ({ type: 'account', entry, at: 0 }))
  const stagesOf = (state: RegistryState) =>
    Object.entries(state.entries[0]!.stages).map(([family, { stage }]) => `${family} ${stage}`)

  test.each<[Stage, Record<string, Stage>, 'active' | 'suspended']>([
    ['proposed', {}, 'active'],
    ['shadow', { a: 'canary', b: 'active', c: 'suspended', d: 'retired' }, 'active'],
    ['shadow', { a: 'canary', b: 'active', c: 'suspended', d: 'retired' }, 'suspended'],
  ])('%s, %o, brought to %s, stands as before, and again', (from, families, to) => {
    const { state, id } = stateAt(from, families)
    const history = registeredAs(state)
    const word =
      to === 'active'
        ? promoteByPerson(state, id, 'active', 'because', NOW)
        : suspendByPerson(state, id, 'because', NOW)
    const said = applyTransitions(state, word)
    expect(said.entries[0]?.pinned).toBe(true)
    history.push(...word)
    const back = undoByPerson(said, history, id, 'no', { now: 8 })
    const after = applyTransitions(said, back)
    expect(stagesOf(after)).toEqual(stagesOf(state))
    expect(after.entries[0]?.pinned).toBe(false)
    for (const [family, { controlShare }] of Object.entries(state.entries[0]!.stages))
      expect(after.entries[0]?.stages[family]?.controlShare).toBe(controlShare)
    history.push(...back)
    const again = applyTransitions(after, undoByPerson(after, history, id, 'yes', { now: 9 }))
    expect(stagesOf(again)).toEqual(stagesOf(said))
    expect(again.entries[0]?.pinned).toBe(true)
  })

  test('on one family, leaves it where it inherited', () => {
    const { state, id } = stateAt('shadow')
    const word = promoteByPerson(state, id, 'active', 'because', { ...NOW, family: 'new-model' })
    const said = applyTransitions(state, word)
    const back = undoByPerson(said, [...registeredAs(state), ...word], id, 'no', { now: 8 })
    expect(stagesOf(applyTransitions(said, back))).toEqual(['default shadow', 'new-model shadow'])
  })

  test('brings back what was active for dead calls only, for dead calls only', () => {
    const { state, id } = stateAt('active')
    const [entry] = state.entries
    Object.assign(entry!.stages.default!, { deadOnly: true, controlShare: 0.1 })
    const word = suspendByPerson(state, id, 'because', NOW)
    const said = applyTransitions(state, word)
    const back = undoByPerson(said, [...registeredAs(state), ...word], id, 'no', { now: 8 })
    expect(applyTransitions(said, back).entries[0]?.stages.default).toMatchObject({
      ...{ stage: 'active', deadOnly: true, controlShare: 0.1, since: 8, reason: 'test' },
    })
  })

  test('that only pinned, only takes the pin away', () => {
    const { state, id } = stateAt('active')
    const word = promoteByPerson(state, id, 'active', 'because', NOW)
    const said = applyTransitions(state, word)
    const back = undoByPerson(said, [...registeredAs(state), ...word], id, 'no', { now: 8 })
    expect(back).toMatchObject([{ type: 'account', entry: { pinned: false } }])
  })

  test('is the last one, whatever the learner counted since', () => {
    const { state, id } = stateAt('shadow')
    const word = promoteByPerson(state, id, 'canary', 'because', { ...NOW, family: 'a' })
    const said = applyTransitions(state, word)
    const counted: Transition = { type: 'account', entry: said.entries[0]!, at: 8 }
    const back = undoByPerson(said, [...registeredAs(state), ...word, counted], id, 'no', { now: 9 })
    expect(back).toMatchObject([{ from: 'canary', to: 'shadow', reason: 'no' }])
    // What it stands there for is what it stood there for; the history says why the word was taken back.
    expect(back[0]).toMatchObject({
      entry: { stages: { a: { reason: state.entries[0]?.stages.default?.reason } } },
    })
  })
})

describe('does not', () => {
  test('take back what nobody said, nor what is the end of it', () => {
    const { state, id } = stateAt('shadow')
    const history: Transition[] = [{ type: 'account', entry: state.entries[0]!, at: 0 }]
    expect(() => undoByPerson(state, history, id, 'no')).toThrow(/no person/)
    const word = retireByPerson(state, id, 'because', NOW)
    const over = applyTransitions(state, word)
    expect(() => undoByPerson(over, [...history, ...word], id, 'no')).toThrow(StageError)
  })

  test('move what is not registered', () => {
    expect(() => promoteByPerson(stateAt('shadow').state, 'nobody', 'active', 'because')).toThrow(StageError)
  })

  test('bring back what is retired', () => {
    const { state, id } = stateAt('retired')
    expect(() => promoteByPerson(state, id, 'active', 'because', { family: 'default' })).toThrow(StageError)
    expect(() => promoteByPerson(state, id, 'active', 'because')).toThrow(StageError)
    expect(retireByPerson(state, id, 'because')).toEqual([])
  })
})
