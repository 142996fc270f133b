import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  ToolMessage,
} from '@langchain/core/messages'
import { Command, interrupt, MemorySaver } from '@langchain/langgraph'
import {
  type ActionType,
  createLifeHarness,
  defineIntervention,
  type Event,
  type Kind,
  type LifeHarness,
  memoryStore,
  type RegistryState,
} from '@lifeharness/core'
import {
  followScript,
  type PlainTool,
  type Script,
  type ScriptedTurn,
  testAdapter,
} from '@lifeharness/core/testing'
import { createAgent, createMiddleware, fakeModel, humanInTheLoopMiddleware, tool } from 'langchain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ACTIONS, lifeHarnessMiddleware } from './index.ts'

/** Answers by a policy over the conversation, and writes what does not parse where ChatOpenAI writes it. */
class ScriptedChatModel extends BaseChatModel {
  readonly policy: (messages: readonly BaseMessage[]) => ScriptedTurn
  readonly shown: unknown[] = []
  constructor(policy: (messages: readonly BaseMessage[]) => ScriptedTurn) {
    super({})
    this.policy = policy
  }
  override _llmType() {
    return 'scripted'
  }
  override bindTools(tools: unknown) {
    this.shown.push(tools)
    return this.withConfig({})
  }
  override async _generate(messages: BaseMessage[]) {
    const turn = this.policy(messages)
    const message = turn.type === 'text' ? new AIMessage(turn.text) : messageOf(turn.calls)
    return { generations: [{ text: message.text, message }] }
  }
}

function messageOf(calls: Extract<ScriptedTurn, { type: 'calls' }>['calls']): AIMessage {
  return new AIMessage({
    content: '',
    tool_calls: calls.flatMap(({ id, name, input }) =>
      input === undefined ? [] : [{ id, name, args: input as Record<string, unknown>, type: 'tool_call' }],
    ),
    invalid_tool_calls: calls.flatMap(({ id, name, rawInput }) =>
      rawInput === undefined
        ? []
        : [{ id, name, args: rawInput, error: 'Malformed args.', type: 'invalid_tool_call' }],
    ),
  })
}

function scripted(script: Script): ScriptedChatModel {
  const follow = followScript(script)
  return new ScriptedChatModel((messages) =>
    follow(messages.map((m) => ({ role: AIMessage.isInstance(m) ? 'assistant' : 'user' })) as never),
  )
}

function hostTool({ name, inputSchema, execute }: PlainTool) {
  return tool(
    (input, config) => execute(input as never, { callId: config.toolCall?.id, signal: config.signal }),
    {
      name,
      description: name,
      schema: inputSchema as never,
    },
  )
}

testAdapter({
  name: 'langchain createAgent',
  describe,
  it,
  copiesResults: true,
  actions: ACTIONS,
  interrupt: () => interrupt('go on?'),
  cannot: {
    'replace-call: what was done to a call is visible to the developer': 'interventions are not named',
    'a stream is the same part by part': 'this driver does not stream',
  },
  createDriver(lifeHarness, plainTools) {
    const guarded = plainTools.filter(({ needsApproval }) => needsApproval).map(({ name }) => [name, true])
    const approval = humanInTheLoopMiddleware({ interruptOn: Object.fromEntries(guarded) })
    const middleware = [...(lifeHarness ? [lifeHarnessMiddleware(lifeHarness)] : []), approval]
    let runs = 0
    return {
      async run(script, { signal } = {}) {
        const agent = createAgent({
          model: scripted(script),
          tools: plainTools.map(hostTool),
          middleware,
          checkpointer: new MemorySaver(),
        })
        const config = { configurable: { thread_id: `thread-${runs++}` }, ...(signal ? { signal } : {}) }
        try {
          let state = await agent.invoke({ messages: [new HumanMessage('go')] }, config)
          while ('__interrupt__' in state)
            state = await agent.invoke(new Command({ resume: { decisions: [{ type: 'approve' }] } }), config)
          return resultsOf(state.messages)
        } catch (thrown) {
          return { toolResults: {}, errors: {}, thrown }
        }
      },
    }
  },
})

function resultsOf(messages: readonly BaseMessage[]) {
  const results = messages.filter((message) => ToolMessage.isInstance(message))
  const byStatus = (failed: boolean) =>
    Object.fromEntries(
      results
        .filter(({ status }) => (status === 'error') === failed)
        // The host writes the stack of a refusal into its text: that names whoever called, and so the layer.
        .map((message) => [message.tool_call_id, message.text.replaceAll(/^ +at .*\n?/gm, '')]),
    )
  const calls = messages.flatMap((message) =>
    AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [],
  )
  const history = Object.fromEntries(calls.map(({ id = '', args }) => [id, args]))
  return { toolResults: byStatus(false), errors: byStatus(true), history }
}

type ToolEvent = Extract<Event, { type: 'tool' }>

async function recorded(store: ReturnType<typeof memoryStore>, lifeHarness: LifeHarness) {
  await lifeHarness.flush()
  const events: Event[] = []
  for await (const { event } of store.read(0, 10_000)) events.push(event)
  return { events, calls: events.filter((event): event is ToolEvent => event.type === 'tool') }
}

/** A kind for one test, active for one tool. */
function active(kind: Kind, name: string, category = 'unknown'): { kinds: Kind[]; registry: RegistryState } {
  const account = { treated: { episodes: 0, successes: 0 }, control: { episodes: 0, successes: 0 } } as never
  const record = { stage: 'active', since: 0, reason: 'test', controlShare: 0, account } as const
  const intervention = {
    id: `${kind.kind}-1`,
    version: 1,
    kind: kind.kind,
    options: {},
    tool: { origin: 'local', name },
    category: category as never,
    signatures: [],
    layer: kind.layer,
    risk: kind.risk,
    origin: {
      inducer: 'test',
      trust: 'observed' as const,
      episodes: [],
      support: { pairs: 0, episodes: 0, subjects: 0, failures: 0 },
      prediction: { removes: 1 },
      fixtures: { fixes: [], leaves: [] },
    },
  }
  return {
    kinds: [kind],
    registry: {
      version: 1,
      entries: [{ intervention, stages: { default: record }, pinned: true }],
      templates: {},
      settings: {},
    },
  }
}

async function layered({ kinds, registry }: { kinds?: Kind[]; registry?: RegistryState } = {}) {
  const store = memoryStore(registry)
  const faults: unknown[] = []
  const lifeHarness = await createLifeHarness({
    store,
    mode: 'frozen',
    onFault: (fault) => faults.push(fault),
    ...(kinds ? { kinds } : {}),
  })
  return { store, lifeHarness, faults }
}

function editing(
  kind: string,
  edit: (input: Record<string, unknown>) => Record<string, unknown> | undefined,
): Kind {
  return defineIntervention({
    kind,
    layer: 'action',
    risk: 'value',
    phase: 'call',
    validation: 'edit',
    actions: ['replace-call'],
    options: { type: 'object' },
    compile:
      () =>
      ({ call }) => {
        const input = edit(call.input as Record<string, unknown>)
        return input && { type: 'replace-call', call: { ...call, input: input as never } }
      },
  })
}

const hinting: Kind = defineIntervention({
  kind: 'hinting',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  validation: 'hint',
  actions: ['replace-result'] satisfies ActionType[],
  options: { type: 'object' },
  compile: () => () => ({ type: 'replace-result', edit: (view) => `${String(view)}\nHint: try later.` }),
})

const add = (seen: unknown[] = []) =>
  tool(
    (input) => {
      seen.push(input)
      if (input.a === 429) throw new TypeError('ECONNRESET')
      return String(input.a + input.b)
    },
    { name: 'add', description: 'adds', schema: z.object({ a: z.number(), b: z.number().default(3) }) },
  )

const call = (args: Record<string, unknown>, id = 'c1', name = 'add') => [{ id, name, args }]
const go = { messages: [new HumanMessage('go')] }
const done = new AIMessage('done')
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

  it('cut off in a stream are seen as the text that came', async () => {
    const { lifeHarness, store } = await layered()
    const chunk = new AIMessageChunk({
      content: '',
      tool_call_chunks: [{ id: 'c1', name: 'add', args: '{"a":1', index: 0, type: 'tool_call_chunk' }],
      response_metadata: { finish_reason: 'length' },
    })
    const model = fakeModel().respond(chunk).respond(done)
    const seen: unknown[] = []
    await createAgent({ model, tools: [add(seen)], middleware: [lifeHarnessMiddleware(lifeHarness)] }).invoke(
      go,
    )
    // Nothing is active: the host completes and executes it, as it does without the layer.
    expect(seen).toEqual([{ a: 1, b: 3 }])
    const { calls } = await recorded(store, lifeHarness)
    expect(calls[0]?.call).toMatchObject({ rawInput: '{"a":1' })
    expect(calls[0]?.call.input).toBeUndefined()
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
