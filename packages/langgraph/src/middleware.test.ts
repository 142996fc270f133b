import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { Command, interrupt, MemorySaver } from '@langchain/langgraph'
import type { Kind, LifeHarness } from '@lifeharness/core'
import { registryWith } from '@lifeharness/core/testing'
import { createAgent, createMiddleware, fakeModel, humanInTheLoopMiddleware, tool } from 'langchain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  active,
  add,
  call,
  done,
  editing,
  go,
  hinting,
  layered,
  recorded,
  scripted,
} from './host.test.support.ts'
import { lifeHarnessMiddleware } from './index.ts'

const passThrough = createMiddleware({ name: 'pass', wrapToolCall: (request, handler) => handler(request) })

describe('errors of tools', () => {
  it('reach the model in the words of the host, hint behind', async () => {
    const answers = async (middleware: ReturnType<typeof lifeHarnessMiddleware>[]) => {
      const model = fakeModel()
        .respondWithTools(call({ a: 429 }))
        .respond(done)
      const { messages } = await createAgent({ model, tools: [add()], middleware }).invoke(go)
      return messages.filter((message) => ToolMessage.isInstance(message))[0]!
    }
    const bare = await answers([])
    expect(bare.text).toBe('TypeError: ECONNRESET\n Please fix your mistakes.')
    const { lifeHarness } = await layered()
    const same = await answers([lifeHarnessMiddleware(lifeHarness)])
    expect([same.text, same.status, same.name]).toEqual([bare.text, 'error', 'add'])
    const hinted = await answers([
      lifeHarnessMiddleware((await layered(active(hinting, 'add', 'exec.unavailable'))).lifeHarness),
    ])
    expect(hinted.text).toBe(`${bare.text}\nHint: try later.`)
  })

  it('are classified by the schema check itself, without the stack the model reads', async () => {
    const { lifeHarness, store } = await layered()
    const model = fakeModel()
      .respondWithTools(call({ a: 'one' }))
      .respond(done)
    const agent = createAgent({ model, tools: [add()], middleware: [lifeHarnessMiddleware(lifeHarness)] })
    const { messages } = await agent.invoke(go)
    expect(messages[2]?.text).toContain(`Error invoking tool 'add' with kwargs {"a":"one"}`)
    const { calls } = await recorded(store, lifeHarness)
    expect(calls[0]?.outcome).toBe('error')
    expect(calls[0]?.error?.message).toMatch(/did not match expected schema/)
    expect(calls[0]?.error?.message).not.toContain('node_modules')
  })

  it('end the run where the user relies on that', async () => {
    const run = async (middleware: ReturnType<typeof lifeHarnessMiddleware>[]) => {
      const model = fakeModel()
        .respondWithTools(call({ a: 429 }))
        .respond(done)
      return createAgent({ model, tools: [add()], middleware }).invoke(go)
    }
    const { lifeHarness } = await layered()
    await expect(run([passThrough])).rejects.toThrow('ECONNRESET')
    const throwing = lifeHarnessMiddleware(lifeHarness, { toolErrors: 'throw' })
    await expect(run([throwing, passThrough])).rejects.toThrow('ECONNRESET')
    // Another middleware's own failure is fatal with us as it is without.
    const broken = createMiddleware({
      name: 'broken',
      wrapToolCall: () => {
        throw new Error('broken middleware')
      },
    })
    await expect(run([lifeHarnessMiddleware(lifeHarness), broken])).rejects.toThrow('broken middleware')
  })

  it('of a name that is no tool are as the host words them', async () => {
    const { lifeHarness, store } = await layered()
    const model = fakeModel()
      .respondWithTools(call({}, 'c1', 'nope'))
      .respond(done)
    const agent = createAgent({ model, tools: [add()], middleware: [lifeHarnessMiddleware(lifeHarness)] })
    const { messages } = await agent.invoke(go)
    expect(messages[2]?.text).toBe('Error: nope is not a valid tool, try one of [add].')
    expect((await recorded(store, lifeHarness)).calls.map(({ outcome }) => outcome)).toEqual(['error'])
  })
})

describe('what is shown to the layer as the contract', () => {
  it.each([
    ['a default is optional', z.object({ a: z.number().default(1) }), {}],
    ['an unknown member is stripped', z.object({ a: z.number() }), { a: 1, z: 1 }],
    ['a coerced value', z.object({ a: z.coerce.number() }), { a: '1' }],
    ['a preprocessed value', z.object({ a: z.preprocess((x) => Number(x), z.number()) }), { a: '1' }],
  ])('matches what the host executes: %s', async (_, schema, args) => {
    const { lifeHarness, store } = await layered(
      active(
        editing('spoil', () => ({ a: 99 })),
        'plain',
      ),
    )
    const seen: unknown[] = []
    const plain = tool((input) => String(seen.push(input)), { name: 'plain', description: 'plain', schema })
    const model = fakeModel()
      .respondWithTools(call(args, 'c1', 'plain'))
      .respond(done)
    await createAgent({ model, tools: [plain], middleware: [lifeHarnessMiddleware(lifeHarness)] }).invoke(go)
    const [event] = (await recorded(store, lifeHarness)).calls
    expect(event?.applied.map(({ dead }) => dead)).toEqual([false])
  })

  it('names tools that somebody else runs: a call of one is not dead', async () => {
    const spoil = editing('spoil', () => undefined)
    const { lifeHarness, store } = await layered(active(spoil, 'remote'))
    const remote = { type: 'function', function: { name: 'remote', parameters: { type: 'object' } } }
    const runsRemote = createMiddleware({
      name: 'runs-remote',
      wrapModelCall: (request, handler) => handler({ ...request, tools: [...request.tools, remote] }),
      wrapToolCall: (request, handler) =>
        request.toolCall.name === 'remote'
          ? new ToolMessage({ content: 'no', tool_call_id: 'c1', name: 'remote', status: 'error' })
          : handler(request),
    })
    const model = fakeModel()
      .respondWithTools(call({}, 'c1', 'remote'))
      .respond(done)
    const middleware = [runsRemote, lifeHarnessMiddleware(lifeHarness)]
    await createAgent({ model, tools: [add()], middleware }).invoke(go)
    const { events } = await recorded(store, lifeHarness)
    const contracts = events.flatMap((event) => (event.type === 'contracts' ? (event.contracts ?? []) : []))
    expect(contracts.map(({ tool }) => tool.name)).toEqual(['add', 'remote'])
  })

  it('has MCP tools under an origin nobody trusts', async () => {
    const { lifeHarness, store } = await layered()
    const remote = tool(() => 'ok', {
      name: 'remote',
      description: 'remote',
      schema: z.object({}),
      metadata: { annotations: { readOnlyHint: true } },
    })
    const model = fakeModel()
      .respondWithTools(call({}, 'c1', 'remote'))
      .respond(done)
    await createAgent({ model, tools: [remote], middleware: [lifeHarnessMiddleware(lifeHarness)] }).invoke(go)
    const { events, calls } = await recorded(store, lifeHarness)
    expect(calls[0]?.call.tool).toEqual({ origin: 'mcp', name: 'remote' })
    expect(events.find((event) => event.type === 'contracts')).toMatchObject({
      contracts: [{ tool: { origin: 'mcp' }, annotations: { readOnlyHint: true } }],
    })
  })
})

describe('dead calls', () => {
  const renaming = editing('renaming', (input) => ('x' in input ? { a: input.x } : undefined))

  it('are repaired in the history, where a person sees them; the original stays beside them', async () => {
    const { lifeHarness, store } = await layered(active(renaming, 'add'))
    const seen: unknown[] = []
    const agent = createAgent({
      model: fakeModel()
        .respondWithTools(call({ x: 1 }))
        .respond(done),
      tools: [add(seen)],
      middleware: [
        humanInTheLoopMiddleware({ interruptOn: { add: true } }),
        lifeHarnessMiddleware(lifeHarness),
      ],
      checkpointer: new MemorySaver(),
    })
    const config = { configurable: { thread_id: 't' } }
    const paused = (await agent.invoke(go, config)) as { __interrupt__?: { value: unknown }[] }
    expect(paused.__interrupt__?.[0]?.value).toMatchObject({
      actionRequests: [{ name: 'add', args: { a: 1 } }],
    })
    const { messages } = await agent.invoke(
      new Command({ resume: { decisions: [{ type: 'approve' }] } }),
      config,
    )
    expect(seen).toEqual([{ a: 1, b: 3 }])
    const emitted = messages[1] as AIMessage
    expect(emitted.tool_calls?.[0]).toMatchObject({ id: 'c1', args: { a: 1 } })
    expect(emitted.additional_kwargs.lifeharness).toEqual({
      original: { c1: { name: 'add', args: { x: 1 } } },
      interventions: { c1: [expect.stringMatching(/^renaming-/)] },
    })
    const { calls, events } = await recorded(store, lifeHarness)
    expect(calls.map(({ call, executed }) => [call.input, executed?.input])).toEqual([[{ x: 1 }, { a: 1 }]])
    // One run, although it was interrupted.
    expect(new Set(events.map((event) => 'episode' in event && event.episode)).size).toBe(1)
  })

  it('that do not parse are rescued; what cannot be is recorded and ends the run as ever', async () => {
    const repairing: Kind = {
      ...renaming,
      kind: 'repairing',
      compile:
        () =>
        ({ call }) =>
          call.rawInput === '{"a": 1,}'
            ? { type: 'replace-call', call: { ...call, input: { a: 1 } } }
            : undefined,
    }
    const run = async (rawInput: string) => {
      const { lifeHarness, store } = await layered(active(repairing, 'add'))
      const seen: unknown[] = []
      const model = scripted([[{ id: 'c1', name: 'add', rawInput }]])
      await createAgent({
        model,
        tools: [add(seen)],
        middleware: [lifeHarnessMiddleware(lifeHarness)],
      }).invoke(go)
      return { seen, calls: (await recorded(store, lifeHarness)).calls }
    }
    const rescued = await run('{"a": 1,}')
    expect(rescued.seen).toEqual([{ a: 1, b: 3 }])
    const lost = await run('{"a": ')
    expect(lost.seen).toEqual([])
    expect(lost.calls.map(({ call, outcome }) => [call.rawInput, outcome])).toEqual([['{"a": ', 'error']])
  })
})

describe('live calls', () => {
  const doubling = editing('doubling', ({ a, b }) => ({ a: Number(a) * 2, b: b ?? 3 }))

  it('are edited at execution only, and the model is told', async () => {
    const { lifeHarness } = await layered(active(doubling, 'add'))
    const model = fakeModel()
      .respondWithTools(call({ a: 1 }))
      .respond(done)
    const agent = createAgent({ model, tools: [add()], middleware: [lifeHarnessMiddleware(lifeHarness)] })
    const { messages } = await agent.invoke(go)
    expect((messages[1] as AIMessage).tool_calls?.[0]?.args).toEqual({ a: 1 })
    expect(messages[2]?.text).toBe('5\n\nNote: this call was executed with the arguments {"a":2,"b":3}')
    expect(messages[2]?.additional_kwargs.lifeharness).toEqual({
      interventions: [expect.stringMatching(/^doubling-/)],
      executed: { name: 'add', args: { a: 2, b: 3 } },
    })
  })

  it.each([['custom'], ['messages'], ['updates'], ['values'], ['debug']] as const)(
    'are edited when the run is streamed: %s',
    async (streamMode) => {
      const { lifeHarness } = await layered(active(doubling, 'add'))
      const seen: unknown[] = []
      const model = fakeModel()
        .respondWithTools(call({ a: 1 }))
        .respond(done)
      const agent = createAgent({
        model,
        tools: [add(seen)],
        middleware: [lifeHarnessMiddleware(lifeHarness)],
      })
      for await (const _ of await agent.stream(go, { streamMode: [streamMode] }));
      expect(seen).toEqual([{ a: 2, b: 3 }])
    },
  )

  it('that a tool itself interrupts run again as they ran', async () => {
    let times = 0
    const once = editing('once', (input) => (times++ === 0 ? { ...input, q: `${input.q}!` } : undefined))
    const { lifeHarness } = await layered(active(once, 'ask'))
    const seen: unknown[] = []
    const ask = tool(
      ({ q }) => {
        seen.push(q)
        return `${q} ${interrupt(q)}`
      },
      { name: 'ask', description: 'asks', schema: z.object({ q: z.string() }) },
    )
    const agent = createAgent({
      model: fakeModel()
        .respondWithTools(call({ q: 'sure' }, 'c1', 'ask'))
        .respond(done),
      tools: [ask],
      middleware: [lifeHarnessMiddleware(lifeHarness)],
      checkpointer: new MemorySaver(),
    })
    const config = { configurable: { thread_id: 't' } }
    const paused = (await agent.invoke(go, config)) as { __interrupt__?: { value: unknown }[] }
    expect(paused.__interrupt__?.[0]?.value).toBe('sure!')
    const { messages } = await agent.invoke(new Command({ resume: 'yes' }), config)
    expect(seen).toEqual(['sure!', 'sure!'])
    expect(messages[2]?.text).toBe('sure! yes')
  })
})

it('a result that the layer cannot write into stays the host’s own', async () => {
  const { lifeHarness, faults } = await layered(
    active(
      editing('raise', (input) => ({ ...input, a: 7 })),
      'add',
    ),
  )
  const odd = createMiddleware({
    name: 'odd',
    wrapToolCall: async (request, handler) =>
      Object.defineProperty(await handler(request), 'artifact', { get: () => JSON.parse('{') }),
  })
  const model = fakeModel()
    .respondWithTools(call({ a: 1 }))
    .respond(done)
  const middleware = [lifeHarnessMiddleware(lifeHarness), odd]
  const { messages } = await createAgent({ model, tools: [add()], middleware }).invoke(go)
  expect(messages.map(({ content }) => content)).toEqual(['go', expect.anything(), '10', 'done'])
  expect(faults).toMatchObject([{ where: 'langgraph tool result' }])
})

describe('an answer', () => {
  const run = async (options: Parameters<typeof layered>[0]) => {
    const { lifeHarness, faults } = await layered(options)
    const check = tool(() => 'fine', { name: 'check', description: 'checks', schema: z.object({}) })
    const model = fakeModel()
      .respondWithTools(call({ a: 1 }))
      .respond(done)
      .respondWithTools(call({}, 'c2', 'check'))
      .respond(new AIMessage('done, and checked'))
    const agent = createAgent({
      model,
      tools: [add(), check],
      middleware: [lifeHarnessMiddleware(lifeHarness)],
    })
    const { messages } = await agent.invoke(go)
    expect(faults).toEqual([])
    return { messages, asked: model.calls.map(({ messages }) => messages.at(-1)?.text) }
  }
  const gate = registryWith({
    ...{ kind: 'gate-answer', tool: 'add', stage: 'active', options: { needs: 'check' } },
    ...{ layer: 'trajectory', risk: 'effect' },
  })

  it('that comes too early is held back once; the history holds neither it nor what was said to it', async () => {
    const { messages, asked } = await run({ registry: gate })
    expect(asked).toEqual(['go', '4', 'Before you finish, call "check".', 'fine'])
    expect(messages.slice(2).map(({ text }) => text)).toEqual([
      '4',
      expect.any(String),
      'fine',
      'done, and checked',
    ])
  })

  it('ends the run where nothing is active', async () => {
    for (const options of [{}, { registry: gate, mode: 'observe' as const }])
      expect((await run(options)).messages.map(({ text }) => text).slice(2)).toEqual(['4', 'done'])
  })
})

it('Commands pass untouched', async () => {
  const { lifeHarness, faults } = await layered(active(hinting, 'jump'))
  const update = { messages: [new ToolMessage({ content: 'jumped', tool_call_id: 'c1' })] }
  const jump = tool(() => new Command({ update }), {
    name: 'jump',
    description: 'jumps',
    schema: z.object({}),
  })
  const model = fakeModel()
    .respondWithTools(call({}, 'c1', 'jump'))
    .respond(done)
  const agent = createAgent({ model, tools: [jump], middleware: [lifeHarnessMiddleware(lifeHarness)] })
  const { messages } = await agent.invoke(go)
  expect(messages.map(({ text }) => text)).toEqual(['go', expect.any(String), 'jumped', 'done'])
  expect(faults).toEqual([])
})

describe('episodes', () => {
  async function episodes(
    runs: (lifeHarness: LifeHarness, ask: ReturnType<typeof agentOf>) => Promise<unknown>,
  ) {
    const { lifeHarness, store } = await layered()
    await runs(lifeHarness, agentOf(lifeHarness))
    const { events } = await recorded(store, lifeHarness)
    return events.flatMap((event) => (event.type === 'episode' ? [event.episode] : []))
  }
  function agentOf(lifeHarness: LifeHarness, options?: Parameters<typeof lifeHarnessMiddleware>[1]) {
    return createAgent({
      model: scripted([[{ id: 'c1', name: 'add', input: { a: 1 } }]]),
      tools: [add()],
      middleware: [lifeHarnessMiddleware(lifeHarness, options)],
      checkpointer: new MemorySaver(),
    })
  }
  const inThread = (thread_id: string, more = {}) => ({ configurable: { thread_id, ...more } })

  it('are turns of a thread, never the thread', async () => {
    const ids = await episodes(async (_, agent) => {
      await agent.invoke({ messages: [new HumanMessage({ content: 'one', id: 'h1' })] }, inThread('t'))
      await agent.invoke({ messages: [new HumanMessage({ content: 'two', id: 'h2' })] }, inThread('t'))
    })
    expect(ids).toEqual(['t/h1', 't/h2'])
  })

  it('have the id of the run where somebody says it', async () => {
    const configured = await episodes((_, agent) => agent.invoke(go, inThread('t', { run_id: 'run-1' })))
    expect(configured).toEqual(['run-1'])
    const said = await episodes((lifeHarness) =>
      agentOf(lifeHarness, { episode: () => ({ id: 'mine', subject: 'user-1' }) }).invoke(go, inThread('t')),
    )
    expect(said).toEqual(['mine'])
  })

  it('that the caller named end when he says so, with what he says', async () => {
    const { lifeHarness, store } = await layered()
    const agent = agentOf(lifeHarness, { episode: () => ({ id: 'mine' }) })
    await agent.invoke(go, inThread('t'))
    await agent.invoke(go, inThread('t'))
    lifeHarness.episode({ id: 'mine' }).end({ success: true })
    const { events } = await recorded(store, lifeHarness)
    const course = events.flatMap((event) =>
      event.type === 'episode' ? ['begins'] : event.type === 'end' ? [`ends ${event.success}`] : [],
    )
    expect(course).toEqual(['begins', 'ends true'])
  })

  it('of an agent inside the tool of another are its own', async () => {
    const ids = await episodes(async (lifeHarness) => {
      const inner = agentOf(lifeHarness)
      const ask = tool(async () => (await inner.invoke(go)).messages.at(-1)?.text, {
        name: 'ask',
        description: 'asks',
        schema: z.object({}),
      })
      const outer = createAgent({
        model: fakeModel()
          .respondWithTools(call({}, 'c1', 'ask'))
          .respond(done),
        tools: [ask],
        middleware: [lifeHarnessMiddleware(lifeHarness)],
        checkpointer: new MemorySaver(),
      })
      await outer.invoke(go, inThread('t', { run_id: 'run-1' }))
    })
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe('run-1')
    expect(ids[1]).toMatch(/^run-1\/tools:/)
  })
})
