import { describe, expect, it } from 'vitest'
import type { Action } from './action.ts'
import type { LifeHarnessConfig } from './config.ts'
import { defineIntervention, type Kind } from './intervention.ts'
import { builtinKinds } from './interventions/index.ts'
import type { Json } from './json.ts'
import { memoryStore } from './memory-store.ts'
import { createLifeHarness } from './runtime.ts'
import { type EntryInit, registryWith } from './testing/registry-entry.ts'
import type { ToolContract } from './tool.ts'
import type { ToolCall } from './trajectory.ts'

/** The laws of docs/design.md §4 about what is called and how often, through the runtime. See docs/laws.md. */

let serial = 0
const call = (
  input: Json,
  tool = { origin: 'local', name: 't' },
  more: Partial<ToolCall> = {},
): ToolCall => ({
  ...{ id: `c${serial}`, tool, turn: serial++, index: 0, attempt: 1, approved: false, input, ...more },
})
const shown = (name: string, origin = 'local', inputSchema = {}): ToolContract => ({
  tool: { origin, name },
  inputSchema: { type: 'object', ...inputSchema },
})

async function open(
  entries: (Partial<EntryInit> & { kind: string })[],
  contracts: ToolContract[],
  { config = {}, kinds = [] }: { config?: LifeHarnessConfig; kinds?: Kind[] } = {},
) {
  const faults: string[] = []
  const state = registryWith(...entries.map((entry): EntryInit => ({ tool: 't', stage: 'active', ...entry })))
  const lifeHarness = await createLifeHarness({
    ...{ mode: 'frozen', store: memoryStore(state), config, kinds: [...builtinKinds, ...kinds] },
    onFault: ({ error }) => faults.push((error as Error).message),
  })
  const episode = lifeHarness.episode()
  episode.presentTools(contracts)
  const executed: ToolCall[] = []
  const run = (emitted: ToolCall, act: (made: ToolCall) => unknown = () => 'ok') =>
    episode.run(episode.repairEmitted(emitted).call, (made) => {
      executed.push(made)
      return act(made)
    })
  return { episode, run, executed, faults }
}

describe('law 1: an edit that would break the contract', () => {
  const contracts = [
    shown('t', 'local', { properties: { c: { type: 'string' } }, additionalProperties: false }),
  ]
  const breaking = defineIntervention({
    ...builtinKinds.find(({ kind }) => kind === 'map-value')!,
    kind: 'breaking',
    options: {},
    compile:
      () =>
      (context): Action => ({ type: 'replace-call', call: { ...context.call, input: { c: 5 } } }),
  })
  it.each<[string, { kind: string; options?: EntryInit['options'] }, number]>([
    ['is not made by a kind of ours', { kind: 'map-value', options: { path: '/c', map: { a: 5 } } }, 0],
    ['is refused of any other, and said', { kind: 'breaking' }, 1],
  ])('%s', async (_, entry, said) => {
    const { run, executed, faults } = await open([entry], contracts, { kinds: [breaking] })
    const emitted = call({ c: 'a' })
    await run(emitted)
    expect(executed).toEqual([emitted])
    expect(faults).toHaveLength(said)
  })
})

describe('law 2: tool names', () => {
  const onto = (tool: ToolCall['tool']): Kind =>
    defineIntervention({
      ...builtinKinds.find(({ kind }) => kind === 'rename-tool')!,
      kind: 'onto',
      options: {},
      compile:
        () =>
        (context): Action => ({ type: 'replace-call', call: { ...context.call, tool } }),
    })

  it.each<[string, string, ToolCall['tool']]>([
    ['away from a tool that exists', 't', { origin: 'local', name: 'delete' }],
    ['to another origin', 'T', { origin: 'far', name: 't' }],
    ['to a tool that the model was not shown', 'T', { origin: 'local', name: 'hidden' }],
  ])('never lead %s', async (_, name, to) => {
    const kinds = [onto(to)]
    const contracts = [shown('t'), shown('delete'), shown('t', 'far')]
    const { run, executed, faults } = await open([{ kind: 'onto', tool: name }], contracts, { kinds })
    const emitted = call({}, { origin: 'local', name })
    await run(emitted)
    expect(executed).toEqual([emitted])
    expect(faults).toEqual([expect.stringMatching(/a renaming may not lead/)])
  })
})

describe('law 5: what may have acted', () => {
  const retry = { kind: 'retry', options: { backoffMs: 0 }, category: 'exec.unavailable' } as const
  it.each<[string, LifeHarnessConfig, number]>([
    ['is not repeated', {}, 1],
    ['is not repeated by the word of an origin that nobody trusts', { tools: { '*': {} } }, 1],
    ['is repeated by the user’s word', { tools: { t: { readOnly: true } } }, 3],
  ])('%s', async (_, config, times) => {
    const { run, executed } = await open(
      [retry],
      [{ ...shown('t', 'far'), annotations: { readOnlyHint: true } }, shown('t')],
      { config },
    )
    await run(call({}), () => {
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    })
    expect(executed).toHaveLength(times)
  })

  it('is not added either: of a tool that writes, nothing is inserted', async () => {
    const insert = { kind: 'insert-step', options: { insert: 'write', place: 'before' } }
    const { run, executed } = await open([insert], [shown('t'), shown('write')])
    await run(call({}))
    expect(executed.map(({ tool }) => tool.name)).toEqual(['t'])
  })
})

describe('law 10: what a person approved', () => {
  it.each<[string, { kind: string; options?: EntryInit['options'] }]>([
    ['is not edited', { kind: 'affix-value', options: { path: '/c', op: 'add', prefix: '#' } }],
    ['is not filled in', { kind: 'fill-argument', options: { path: '/d', from: 'literal', value: 1 } }],
    ['is not answered', { kind: 'gate', options: { advice: 'not-permitted' } }],
    ['is not added to', { kind: 'insert-step', options: { insert: 'u', place: 'before' } }],
  ])('%s', async (_, entry) => {
    const config = { tools: { u: { readOnly: true } } }
    const { run, executed } = await open(
      [entry],
      [shown('t', 'local', { properties: { c: {}, d: {} } }), shown('u')],
      { config },
    )
    const emitted = call({ c: 'a' }, undefined, { approved: true })
    await run(emitted)
    expect(executed).toHaveLength(1)
    expect(executed[0]).toBe(emitted)
    // It is the approval that makes the difference.
    const ran = await run(call({ c: 'a' }))
    expect(ran.applied).toHaveLength(1)
  })
})

describe('law 11: between tools of different origins', () => {
  it('no value is carried', async () => {
    const fill = { kind: 'fill-argument', options: { path: '/id', from: 'result', tool: 'find', at: '/id' } }
    const find = (origin: string) => call({}, { origin, name: 'find' })
    for (const [origin, filled] of [
      ['far', undefined],
      ['local', 'x'],
    ] as const) {
      const { run, executed } = await open(
        [fill],
        [shown('t', 'local', { properties: { id: {} } }), shown('find'), shown('find', 'far')],
      )
      await run(find(origin), () => ({ id: 'x' }))
      await run(call({}))
      expect(executed[1]?.input).toEqual(filled === undefined ? {} : { id: filled })
    }
  })

  it('no call is added, whatever a kind proposes', async () => {
    const far = defineIntervention({
      ...builtinKinds.find(({ kind }) => kind === 'insert-step')!,
      kind: 'far',
      options: {},
      compile:
        () =>
        (context): Action => ({
          ...{ type: 'insert-call', place: 'before', note: true },
          call: { ...context.call, id: 'far', tool: { origin: 'far', name: 'u' } },
        }),
    })
    const config = { tools: { '*': { readOnly: true } } }
    const { run, executed, faults } = await open([{ kind: 'far' }], [shown('t'), shown('u', 'far')], {
      config,
      kinds: [far],
    })
    await run(call({ a: 'secret' }))
    expect(executed.map(({ tool }) => tool.name)).toEqual(['t'])
    expect(faults).toEqual(['a call of t may not add one of far/u'])
  })

  it('no call is added by a kind of ours', async () => {
    const insert = {
      kind: 'insert-step',
      options: { insert: 'u', place: 'before', input: { a: { argument: '/a' } } },
    }
    const config = { tools: { '*': { readOnly: true } } }
    const { run, executed } = await open([insert], [shown('t'), shown('u', 'far')], { config })
    await run(call({ a: 'secret' }))
    expect(executed.map(({ tool }) => tool.name)).toEqual(['t'])
  })
})

describe('law 12: no rewrite enlarges effect', () => {
  it.each<[string, Json]>([
    ['a flag', { path: '/c', command: 'ls', by: 'ls -R' }],
    ['a second command', { path: '/c', command: 'ls', by: 'ls;rm' }],
    ['a program that destroys', { path: '/c', command: 'ls', by: 'rm' }],
    ['the removal of what is no redirection', { path: '/c', remove: '--dry-run' }],
  ])('%s is never written into a command, whoever registered it', async (_, options) => {
    const rewrite = { kind: 'rewrite-command', options: options as EntryInit['options'] & object }
    const { run, executed, faults } = await open([rewrite], [shown('t')])
    const emitted = call({ c: 'ls --dry-run a' })
    await run(emitted)
    expect(executed).toEqual([emitted])
    expect(faults).toHaveLength(1)
  })
})

describe('law 14: one invalid call', () => {
  it('never kills or voids its siblings, whether it is repaired, answered or fails', async () => {
    const contracts = [shown('t', 'local', { properties: { n: { type: 'integer' } } })]
    const entries = [{ kind: 'coerce-argument', options: { path: '/n', to: 'integer' } }]
    const { episode } = await open(entries, contracts)
    const siblings = [{ n: 1 }, { n: 'five' }, { n: '2' }, { n: 3 }].map((input, index) => ({
      ...call(input),
      turn: 0,
      index,
    }))
    const emitted = siblings.map((one) => episode.repairEmitted(one).call)
    const ran = await Promise.allSettled(
      emitted.map((one) =>
        episode.run(one, ({ input }) => {
          const { n } = input as { n: Json }
          if (typeof n !== 'number') throw new TypeError('n is no number')
          return n
        }),
      ),
    )
    const values = ran.map((one) =>
      one.status === 'fulfilled' && one.value.result.outcome === 'ok' ? one.value.result.value : 'failed',
    )
    expect(values).toEqual([1, 'failed', 2, 3])
  })
})
