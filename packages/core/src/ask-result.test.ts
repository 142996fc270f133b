import { describe, expect, it } from 'vitest'
import type { Action } from './action.ts'
import type { LifeHarnessConfig } from './config.ts'
import type { Classifier } from './failure.ts'
import { defineIntervention, type Kind } from './intervention.ts'
import { boundResult } from './interventions/index.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness } from './runtime.ts'
import { registryWith } from './testing/registry-entry.ts'
import type { ToolCall } from './trajectory.ts'

const refused: Classifier = {
  name: 'refused',
  categories: ['state.not_found'],
  on: 'step',
  classify: ({ result }) =>
    result.outcome === 'error'
      ? {
          ...{ category: 'state.not_found', rank: 'typed', attribution: 'model', retryable: 'after-change' },
          ...{ effect: 'possible', evidence: result.error?.message ?? '' },
        }
      : undefined,
}

/** Sends a failed call again with another query, whatever the tool: the runtime must see to the laws itself. */
function correction(kind: string, query: string): Kind {
  return defineIntervention({
    ...{ kind, layer: 'trajectory', risk: 'value', phase: 'result', validation: 'edit' },
    actions: ['retry'],
    options: {},
    compile:
      () =>
      ({ call }): Action => ({ type: 'retry', afterMs: 0, call: { ...call, input: { query } } }),
  })
}

const hint: Kind = defineIntervention({
  ...{ kind: 'hint', layer: 'trajectory', risk: 'form', phase: 'result', validation: 'hint' },
  actions: ['replace-result'],
  options: {},
  compile: () => () => ({ type: 'replace-result', edit: (view) => `${String(view)} (a hint)` }),
})

const planned: Kind = defineIntervention({
  ...{ kind: 'planned', layer: 'trajectory', risk: 'form', phase: 'call', validation: 'hint' },
  actions: ['replace-result'],
  options: {},
  compile: () => () => ({ type: 'replace-result', edit: (view) => `${String(view)} (planned)` }),
})

/** Asked about every result, as what shortens results is. */
const all: Kind = defineIntervention({
  ...{
    kind: 'all',
    layer: 'trajectory',
    risk: 'form',
    phase: 'result',
    validation: 'edit',
    everyResult: true,
  },
  actions: ['replace-result'],
  options: {},
  compile:
    () =>
    ({ result }) =>
      result.outcome === 'ok' ? { type: 'replace-result', edit: (view) => `${String(view)}.` } : undefined,
})

const READS: LifeHarnessConfig = {
  tools: { sql: { readOnly: ({ input }) => /^select/i.test((input as { query: string }).query) } },
}
const kinds = [
  correction('bad', 'SELECT 1 FROM nowhere'),
  correction('good', 'SELECT 1 FROM shop'),
  hint,
  planned,
  all,
]

async function run(
  query: string,
  names: readonly string[],
  more: { config?: LifeHarnessConfig; accepts?: (call: ToolCall) => boolean; approved?: boolean } = {},
) {
  const store = memoryStore(
    registryWith(
      ...names.map((kind) => ({ kind, tool: 'sql', stage: 'active', category: 'state.not_found' }) as const),
    ),
  )
  const faults: string[] = []
  const executed: unknown[] = []
  const lifeHarness = await createLifeHarness({
    ...{ mode: 'frozen', store, kinds, classifiers: [refused], config: more.config ?? READS },
    onFault: ({ error }) => faults.push(String(error)),
  })
  const tool = { origin: 'local', name: 'sql' }
  const place = { turn: 0, index: 0, attempt: 1, approved: more.approved ?? false }
  const ran = await lifeHarness.episode().run(
    { id: 'c1', tool, ...place, input: { query } },
    ({ input }) => {
      const asked = (input as { query: string }).query
      executed.push(asked)
      if (!asked.endsWith(' shop')) throw new Error(`no such table in: ${asked}`)
      return 'rows'
    },
    more.accepts ? { accepts: more.accepts } : {},
  )
  await lifeHarness.flush()
  const events = []
  for await (const { event } of store.read(0, 100)) if (event.type === 'tool') events.push(event)
  return { ran, executed, faults, events }
}

const WRONG = 'SELECT 1 FROM shops'

describe('a correction after a failure', () => {
  it('is executed, told and recorded as one step', async () => {
    const { ran, executed, events } = await run(WRONG, ['good'])
    expect(executed).toEqual([WRONG, 'SELECT 1 FROM shop'])
    expect(ran).toMatchObject({ thrown: false, result: { value: 'rows' } })
    expect(ran.notes).toEqual([expect.stringContaining('SELECT 1 FROM shop')])
    expect(events).toMatchObject([
      {
        call: { input: { query: WRONG } },
        executed: { input: { query: 'SELECT 1 FROM shop' } },
        applied: [{ action: 'retry', before: { query: WRONG }, after: { query: 'SELECT 1 FROM shop' } }],
      },
    ])
  })

  it('that succeeds has its result edited like any other', async () => {
    const { ran, events } = await run(WRONG, ['good', 'all'])
    expect(ran.edited).toBe('rows.')
    expect(events[0]?.applied.map(({ action }) => action)).toEqual(['retry', 'replace-result'])
  })

  it('that fails too leaves the model with the error of its own call, and what can be said of that', async () => {
    const { ran, executed, events } = await run(WRONG, ['bad', 'hint'])
    expect(executed).toEqual([WRONG, 'SELECT 1 FROM nowhere'])
    expect(ran).toMatchObject({ thrown: true, notes: [], edited: `no such table in: ${WRONG} (a hint)` })
    expect(ran.executed.input).toEqual({ query: WRONG })
    expect(events).toHaveLength(1)
  })

  it('that fails too makes way for another', async () => {
    const { ran, executed } = await run(WRONG, ['bad', 'good'])
    expect(executed).toEqual([WRONG, 'SELECT 1 FROM nowhere', 'SELECT 1 FROM shop'])
    expect(ran.result.value).toBe('rows')
  })

  it('that fails too keeps the record of a hint that was planned before and is told', async () => {
    const { ran, events } = await run(WRONG, ['bad', 'planned'])
    const edited = `no such table in: ${WRONG} (planned)`
    expect(ran).toMatchObject({ thrown: true, edited })
    expect(events[0]?.applied.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['retry', 'replace-result']),
    )
  })

  it('that fails too, where the host refuses another, leaves the model with the error of its own call', async () => {
    const accepts = ({ input }: ToolCall) => !String((input as { query: string }).query).endsWith(' shop')
    const { ran, executed, events } = await run(WRONG, ['bad', 'good'], { accepts })
    expect(executed).toEqual([WRONG, 'SELECT 1 FROM nowhere'])
    expect(ran).toMatchObject({ thrown: true, notes: [], executed: { input: { query: WRONG } } })
    expect(String(ran.result.value)).toContain(WRONG)
    expect(events).toHaveLength(1)
  })

  it.each<[string, string, Parameters<typeof run>[2], string | undefined]>([
    ['of a call that writes', 'INSERT INTO shops', {}, 'only where it is read-only'],
    ['of a tool of which nobody said that it reads', WRONG, { config: {} }, 'only where it is read-only'],
    ['of what a person approved', WRONG, { approved: true }, undefined],
    ['that the host refuses', WRONG, { accepts: () => false }, 'was refused'],
  ])('is not made %s', async (_, query, more, fault) => {
    const { ran, executed, faults } = await run(query, ['good'], more)
    expect(executed).toEqual([query])
    expect(ran).toMatchObject({ thrown: true, notes: [] })
    expect(faults).toEqual(fault === undefined ? [] : [expect.stringContaining(fault)])
  })
})

it('a hint that was planned before the call survives the bounding of its result', async () => {
  const options = { characters: 200 }
  const entry = { tool: 'read', stage: 'active' } as const
  const store = memoryStore(
    registryWith({ ...entry, kind: 'planned' }, { ...entry, kind: 'bound-result', options }),
  )
  const lifeHarness = await createLifeHarness({ mode: 'frozen', store, kinds: [boundResult, planned] })
  const tool = { origin: 'local', name: 'read' }
  const call = { id: 'c', tool, turn: 0, index: 0, attempt: 1, approved: false, input: {} }
  const { edited, applied } = await lifeHarness.episode().run(call, () => 'x'.repeat(300))
  expect(edited).toMatch(/^x{200}\n\[Shortened: 200 of 300 .*\(planned\)$/s)
  expect(applied.map(({ action }) => action)).toEqual(['replace-result', 'replace-result'])
})
