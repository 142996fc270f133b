import { describe, expect, it } from 'vitest'
import type { LifeHarnessConfig } from './config.ts'
import { defineIntervention, type Kind } from './intervention.ts'
import { builtinKinds } from './interventions/index.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness } from './runtime.ts'
import { registryWith } from './testing/registry-entry.ts'
import type { ToolContract } from './tool.ts'
import type { ToolCall } from './trajectory.ts'

/** Calls that the layer adds: which may be, what becomes of their results, and what is recorded. */

const order = {
  type: 'object',
  properties: { id: { type: 'string' } },
  required: ['id'],
  additionalProperties: false,
}
const shown = (origin: string, name: string): ToolContract => ({ tool: { origin, name }, inputSchema: order })
const readOnly: LifeHarnessConfig = { tools: { get: { readOnly: true } } }

async function run(
  place: 'before' | 'after',
  act: (call: ToolCall) => unknown,
  {
    config = readOnly,
    contracts = [shown('local', 'get'), shown('local', 'cancel')],
    entries = [],
    host = {},
    kinds = builtinKinds,
  }: {
    config?: LifeHarnessConfig
    contracts?: ToolContract[]
    entries?: Parameters<typeof registryWith>
    host?: object
    kinds?: readonly Kind[]
  } = {},
) {
  const options = { insert: 'get', place, input: { id: { argument: '/id' } } }
  const store = memoryStore(
    registryWith(
      { kind: 'insert-step', tool: 'cancel', stage: 'active', risk: 'effect', options },
      ...entries,
    ),
  )
  const faults: string[] = []
  const onFault = ({ error }: { error: unknown }) => faults.push((error as Error).message)
  const lifeHarness = await createLifeHarness({ mode: 'frozen', store, config, kinds, onFault })
  const episode = lifeHarness.episode()
  episode.presentTools(contracts)
  const executed: string[] = []
  const own = {
    id: 'c',
    tool: { origin: 'local', name: 'cancel' },
    turn: 0,
    index: 0,
    attempt: 1,
    approved: false,
  }
  const ran = episode.run(
    { ...own, input: { id: 'x' } },
    (call) => {
      executed.push(call.tool.name)
      return act(call)
    },
    { host },
  )
  const settled = await ran.catch((thrown: unknown) => ({ rejected: thrown, notes: [], applied: [] }))
  await lifeHarness.flush()
  const steps = []
  for await (const { event } of store.read(0, 100)) if (event.type === 'tool') steps.push(event)
  return { ...settled, executed, steps, faults }
}

const named = ({ tool }: ToolCall) => `${tool.name} "done"`

describe('an inserted call', () => {
  it.each([
    ['before', ['get', 'cancel']],
    ['after', ['cancel', 'get']],
  ] as const)('is executed %s the call, told as a note, and no step of the episode', async (place, order) => {
    const { executed, notes, steps, applied, faults } = await run(place, named)
    expect(executed).toEqual(order)
    expect(notes).toEqual([
      `Note: get({"id":"x"}) was called ${place} this call and returned: "get \\"done\\""`,
    ])
    expect(steps.map(({ call }) => call.tool.name)).toEqual(['cancel'])
    expect(applied).toMatchObject([{ action: 'insert-call', arm: 'applied', after: { id: 'x' } }])
    expect(faults).toEqual([])
  })

  it('after a call that failed is neither made nor recorded', async () => {
    const { executed, steps } = await run('after', () => {
      throw new Error('no')
    })
    expect(executed).toEqual(['cancel'])
    expect(steps).toMatchObject([{ applied: [] }])
  })

  it('after a call that succeeded at the second attempt is made once', async () => {
    let tries = 0
    const config = { tools: { get: { readOnly: true }, cancel: { readOnly: true } } }
    const retry = { kind: 'retry', tool: 'cancel', stage: 'active', category: 'exec.unavailable' } as const
    const entries: Parameters<typeof registryWith> = [{ ...retry, options: { backoffMs: 0 } }]
    const { executed, steps } = await run(
      'after',
      ({ tool }) => {
        if (tool.name === 'cancel' && ++tries === 1)
          throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' })
      },
      { config, entries },
    )
    expect(executed).toEqual(['cancel', 'cancel', 'get'])
    expect(steps[0]?.applied.map(({ action }) => action)).toEqual(['retry', 'insert-call'])
  })

  it.each(['text', 'error'])(
    'after a call that failed in its %s and then succeeded is made once',
    async (how) => {
      let tries = 0
      const category = how === 'text' ? 'result.soft_failure' : 'unknown'
      const succeeded = ({ value }: { value: unknown }) => (value === 'ERR' ? false : undefined)
      const config = { tools: { get: { readOnly: true }, cancel: { readOnly: true, succeeded } } }
      const again: Kind = defineIntervention({
        ...{ kind: 'again', layer: 'trajectory', risk: 'effect', phase: 'result', validation: 'retry' },
        actions: ['retry'],
        options: {},
        compile: () => () => ({ type: 'retry', afterMs: 0 }),
      })
      const entries: Parameters<typeof registryWith> = [
        { kind: 'again', tool: 'cancel', stage: 'active', category },
      ]
      const { executed, notes } = await run(
        'after',
        ({ tool }) => {
          if (tool.name !== 'cancel' || ++tries > 1) return 'ok'
          if (how === 'error') throw new Error('ERR')
          return 'ERR'
        },
        { config, entries, kinds: [...builtinKinds, again] },
      )
      expect(executed).toEqual(['cancel', 'cancel', 'get'])
      expect(notes).toHaveLength(1)
    },
  )

  it('after a call that failed without an error is neither made nor recorded', async () => {
    const config = { tools: { get: { readOnly: true }, cancel: { succeeded: () => false } } }
    const { executed, steps, notes } = await run('after', named, { config })
    expect(executed).toEqual(['cancel'])
    expect(notes).toEqual([])
    expect(steps).toMatchObject([{ applied: [] }])
  })

  it('that fails leaves the model’s own call alone, and says so', async () => {
    const ran = await run('before', ({ tool }) => {
      if (tool.name === 'get') throw new Error('no such order')
    })
    expect(ran).toMatchObject({
      executed: ['get', 'cancel'],
      thrown: false,
      notes: [expect.stringMatching(/and failed with: "no such order"$/)],
    })
  })

  it('is told with no half of a character, which no model could be sent', async () => {
    const { notes } = await run('before', () => `${'x'.repeat(1_998)}😀${'y'.repeat(100)}`)
    expect(notes[0]?.isWellFormed()).toBe(true)
    expect(notes[0]).toMatch(/more characters/)
  })

  it('that its host interrupts interrupts; a call that ran before it is recorded', async () => {
    const interrupt = new Error('approve?')
    const interrupting = ({ tool }: ToolCall) => {
      if (tool.name === 'get') throw interrupt
    }
    const host = { isControlFlow: (thrown: unknown) => thrown === interrupt }
    for (const [place, steps] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      const ran = await run(place, interrupting, { host })
      expect(ran).toMatchObject({ rejected: interrupt })
      expect(ran.steps).toHaveLength(steps)
    }
  })

  it.each<[string, { config?: LifeHarnessConfig; contracts?: ToolContract[] }]>([
    ['of a tool that may change something', { config: {} }],
    ['of a tool that is idempotent only', { config: { tools: { get: { idempotent: true } } } }],
    ['of a tool that nothing may touch', { config: { tools: { get: { readOnly: true, never: true } } } }],
    ['of a tool that the model was not shown', { contracts: [shown('local', 'cancel')] }],
    ['of another origin', { contracts: [shown('far', 'get'), shown('local', 'cancel')] }],
    [
      'that its contract refuses',
      {
        contracts: [
          { ...shown('local', 'get'), inputSchema: { ...order, required: ['id', 'more'] } },
          shown('local', 'cancel'),
        ],
      },
    ],
  ])('%s is refused', async (_, more) => {
    const { executed, applied, faults } = await run('before', named, more)
    expect(executed).toEqual(['cancel'])
    expect(applied).toEqual([])
    expect(faults).toHaveLength(1)
  })

  it('of a tool that the user lets the layer call is made', async () => {
    const { executed } = await run('before', named, { config: { tools: { get: { insertable: true } } } })
    expect(executed).toEqual(['get', 'cancel'])
  })
})

it('what was inserted once and succeeded is not inserted again before the same call', async () => {
  const options = { insert: 'get', place: 'before', input: { id: { argument: '/id' } }, max: 5 }
  const store = memoryStore(registryWith({ kind: 'insert-step', tool: 'cancel', stage: 'active', options }))
  const lifeHarness = await createLifeHarness({ mode: 'frozen', store, config: readOnly })
  const episode = lifeHarness.episode()
  episode.presentTools([shown('local', 'get'), shown('local', 'cancel')])
  const executed: string[] = []
  const place = { turn: 0, index: 0, attempt: 1, approved: false }
  for (const id of ['x', 'x', 'y'])
    await episode.run(
      { id: `c${executed.length}`, tool: { origin: 'local', name: 'cancel' }, ...place, input: { id } },
      ({ tool, input }) => executed.push(`${tool.name} ${(input as { id: string }).id}`),
    )
  expect(executed).toEqual(['get x', 'cancel x', 'cancel x', 'get y', 'cancel y'])
})

it('what two would insert is inserted once, and stands as what the first has done', async () => {
  for (const place of ['before', 'after'] as const) {
    const options = { insert: 'get', place, input: { id: { argument: '/id' } } }
    const entry = { kind: 'insert-step', tool: 'cancel', stage: 'active' } as const
    const store = memoryStore(
      registryWith({ ...entry, options }, { ...entry, options: { ...options, note: false } }),
    )
    const lifeHarness = await createLifeHarness({ mode: 'frozen', store, config: readOnly })
    const episode = lifeHarness.episode()
    episode.presentTools([shown('local', 'get'), shown('local', 'cancel')])
    const executed: string[] = []
    const { applied } = await episode.run(
      {
        ...{ id: 'c', tool: { origin: 'local', name: 'cancel' }, input: { id: 'x' } },
        ...{ turn: 0, index: 0, attempt: 1, approved: false },
      },
      ({ tool }) => executed.push(tool.name),
    )
    expect(executed.sort()).toEqual(['cancel', 'get'])
    expect(applied).toHaveLength(1)
  }
})

it('what goes after a call that failed is not used up, and goes after the next one that succeeds', async () => {
  const options = { insert: 'get', place: 'after', input: { id: { argument: '/id' } } }
  const store = memoryStore(registryWith({ kind: 'insert-step', tool: 'cancel', stage: 'active', options }))
  const lifeHarness = await createLifeHarness({ mode: 'frozen', store, config: readOnly })
  const episode = lifeHarness.episode()
  episode.presentTools([shown('local', 'get'), shown('local', 'cancel')])
  const executed: string[] = []
  const place = { index: 0, attempt: 1, approved: false, input: { id: 'x' } }
  for (const turn of [0, 1, 2])
    await episode.run(
      { id: `c${turn}`, tool: { origin: 'local', name: 'cancel' }, turn, ...place },
      ({ tool }) => {
        executed.push(tool.name)
        if (turn === 0) throw new Error('locked')
      },
    )
  expect(executed).toEqual(['cancel', 'cancel', 'get', 'cancel'])
})
