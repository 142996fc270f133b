import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import type { StructuredToolInterface } from '@langchain/core/tools'
import {
  type Category,
  createLifeHarness,
  defineIntervention,
  type Event,
  type Fault,
  type Kind,
  type LifeHarness,
  type Mode,
  memoryStore,
  type RegistryState,
  type Store,
} from '@lifeharness/core'
import {
  type DriverRun,
  followScript,
  type PlainTool,
  registryWith,
  type Script,
  type ScriptedTurn,
} from '@lifeharness/core/testing'
import { tool } from 'langchain'
import { z } from 'zod'

/** Answers by a policy over the conversation, and writes what does not parse where ChatOpenAI writes it. */
export class ScriptedChatModel extends BaseChatModel {
  readonly policy: (messages: readonly BaseMessage[]) => ScriptedTurn
  /** Tools and messages that it was given, in turn. */
  readonly shown: unknown[] = []
  constructor(policy: (messages: readonly BaseMessage[]) => ScriptedTurn) {
    super({})
    this.policy = policy
  }
  override _llmType(): string {
    return 'scripted'
  }
  override bindTools(tools: unknown): this {
    this.shown.push(tools)
    return this.withConfig({}) as never
  }
  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    this.shown.push(messages)
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

export function scripted(script: Script): ScriptedChatModel {
  const follow = followScript(script)
  return new ScriptedChatModel((messages) =>
    follow(messages.map((m) => ({ role: AIMessage.isInstance(m) ? 'assistant' : 'user' })) as never),
  )
}

export function hostTool({ name, inputSchema, execute }: PlainTool): StructuredToolInterface {
  return tool(
    (input, config) => execute(input as never, { callId: config.toolCall?.id, signal: config.signal }),
    {
      name,
      description: name,
      schema: inputSchema as never,
    },
  )
}

/** What a host was left with, as the conformance suite asks for it. */
export function resultsOf(messages: readonly BaseMessage[]): DriverRun {
  const results = messages.filter((message) => ToolMessage.isInstance(message))
  const emitted = messages.filter((message) => AIMessage.isInstance(message))
  const byStatus = (failed: boolean) =>
    Object.fromEntries(
      results
        .filter(({ status }) => (status === 'error') === failed)
        .map((message) => [message.tool_call_id, message.text.replaceAll(STACK, '')]),
    )
  const calls = emitted.flatMap(({ tool_calls = [] }) => tool_calls)
  const reports = [
    ...results.map((message) => [message.tool_call_id, message.additional_kwargs.lifeharness]),
    ...emitted.flatMap(({ tool_calls = [], additional_kwargs: { lifeharness } }) =>
      tool_calls.map(({ id }) => [id, lifeharness]),
    ),
  ]
  return {
    toolResults: byStatus(false),
    errors: byStatus(true),
    history: Object.fromEntries(calls.map(({ id = '', args }) => [id, args])),
    reports: Object.fromEntries(reports.filter(([, report]) => report !== undefined)),
  }
}

/** The host writes the stack of a refusal into its text: that names whoever called, and so the layer. */
const STACK = /^ +at .*\n?/gm

/** What differs between two runs of the same graph: random ids, by their first appearance, and times. */
export function comparable(value: unknown): string[] {
  const ids = new Map<string, string>()
  const text = JSON.stringify(value, (_, member) =>
    member instanceof BaseMessage ? { class: member.constructor.name, ...member } : member,
  )
  return (
    text
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/g, (id) => {
        if (!ids.has(id)) ids.set(id, `id-${ids.size}`)
        return ids.get(id) as string
      })
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
      // Stacks name whoever called, and so the layer.
      .replaceAll(/(\\n +at [^"\\]*)+/g, '')
      .split(/(?<=[}\]]),(?=[{[])/)
  )
}

type Recorded = { events: Event[]; calls: ToolEvent[] }
type ToolEvent = Extract<Event, { type: 'tool' }>

export async function recorded(store: Store, lifeHarness: LifeHarness): Promise<Recorded> {
  await lifeHarness.flush()
  const events: Event[] = []
  for await (const { event } of store.read(0, 10_000)) events.push(event)
  return { events, calls: events.filter((event): event is ToolEvent => event.type === 'tool') }
}

/** A kind for one test, active for one tool. */
export function active(
  kind: Kind,
  tool: string,
  category: Category = 'unknown',
): { kinds: Kind[]; registry: RegistryState } {
  const { layer, risk } = kind
  return {
    kinds: [kind],
    registry: registryWith({ kind: kind.kind, tool, category, layer, risk, stage: 'active' }),
  }
}

type Layered = { store: Store; lifeHarness: LifeHarness; faults: Fault[] }

export async function layered({
  kinds,
  registry,
  mode = 'frozen',
}: {
  kinds?: Kind[]
  registry?: RegistryState
  mode?: Mode
} = {}): Promise<Layered> {
  const store = memoryStore(registry)
  const faults: Fault[] = []
  const lifeHarness = await createLifeHarness({
    store,
    mode,
    onFault: (fault) => faults.push(fault),
    ...(kinds ? { kinds } : {}),
  })
  return { store, lifeHarness, faults }
}

export function editing(
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

export const hinting: Kind = defineIntervention({
  kind: 'hinting',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  validation: 'hint',
  actions: ['replace-result'],
  options: { type: 'object' },
  compile: () => () => ({ type: 'replace-result', edit: (view) => `${String(view)}\nHint: try later.` }),
})

export const add = (seen: unknown[] = []): StructuredToolInterface =>
  tool(
    (input) => {
      seen.push(input)
      if (input.a === 429) throw new TypeError('ECONNRESET')
      return String(input.a + input.b)
    },
    { name: 'add', description: 'adds', schema: z.object({ a: z.number(), b: z.number().default(3) }) },
  )

type Call = { id: string; name: string; args: Record<string, unknown> }
export const call = (args: Call['args'], id = 'c1', name = 'add'): Call[] => [{ id, name, args }]
export const go: { messages: HumanMessage[] } = { messages: [new HumanMessage('go')] }
export const done: AIMessage = new AIMessage('done')
