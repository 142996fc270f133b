import {
  createLifeHarness,
  type Event,
  type Fault,
  type LifeHarness,
  type LifeHarnessOptions,
  memoryStore,
} from '@lifeharness/core'
import {
  type Driver,
  type DriverRun,
  type EntryInit,
  followScript,
  inputText,
  type PlainTool,
  registryWith,
  type Script,
  type ScriptedMessage,
  type ScriptedPolicy,
  type ScriptedTurn,
} from '@lifeharness/core/testing'
import * as ai7 from 'ai'
import { type ModelMessage, type ToolSet, tool } from 'ai'
import { MockLanguageModelV4, simulateReadableStream } from 'ai/test'
import * as ai5 from 'ai-5'
import { MockLanguageModelV2 } from 'ai-5/test'
import * as ai6 from 'ai-6'
import { MockLanguageModelV3 } from 'ai-6/test'
import { z } from 'zod'
import { lifeHarnessMiddleware, lifeHarnessTools } from './index.ts'

type CallOptions = MockLanguageModelV4['doGenerateCalls'][number]
type GenerateResult = Awaited<ReturnType<MockLanguageModelV4['doGenerate']>>
type StreamResult = Awaited<ReturnType<MockLanguageModelV4['doStream']>>
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never

/** A prompt in the words of the scripted model. */
export function conversationOf(prompt: CallOptions['prompt']): ScriptedMessage[] {
  return prompt.flatMap((message): ScriptedMessage[] => {
    switch (message.role) {
      case 'user':
        return [
          {
            role: 'user',
            text: message.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
          },
        ]
      case 'assistant': {
        const calls = message.content.flatMap((part) =>
          part.type === 'tool-call'
            ? [{ id: part.toolCallId, name: part.toolName, input: part.input as never }]
            : [],
        )
        return [
          {
            role: 'assistant',
            turn: calls.length > 0 ? { type: 'calls', calls } : { type: 'text', text: '' },
          },
        ]
      }
      case 'tool':
        return message.content.flatMap((part): ScriptedMessage[] => {
          if (part.type !== 'tool-result') return []
          const { type } = part.output
          const value = 'value' in part.output ? part.output.value : part.output.reason
          const text = typeof value === 'string' ? value : JSON.stringify(value)
          return [
            {
              role: 'tool',
              callId: part.toolCallId,
              name: part.toolName,
              text,
              isError: type.startsWith('error'),
            },
          ]
        })
      default:
        return []
    }
  })
}

const usage: GenerateResult['usage'] = {
  inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
}

function contentOf(turn: ScriptedTurn): GenerateResult['content'] {
  if (turn.type === 'text') return [{ type: 'text', text: turn.text }]
  return turn.calls.map((call) => ({
    type: 'tool-call',
    toolCallId: call.id,
    toolName: call.name,
    input: inputText(call),
  }))
}

function streamPartsOf(turn: ScriptedTurn): StreamPart[] {
  const parts: StreamPart[] = [{ type: 'stream-start', warnings: [] }]
  for (const part of contentOf(turn)) {
    if (part.type === 'tool-call') {
      parts.push({ type: 'tool-input-start', id: part.toolCallId, toolName: part.toolName })
      parts.push({ type: 'tool-input-delta', id: part.toolCallId, delta: part.input })
      parts.push({ type: 'tool-input-end', id: part.toolCallId }, part)
    } else if (part.type === 'text') {
      parts.push(
        { type: 'text-start', id: 't' },
        { type: 'text-delta', id: 't', delta: part.text },
        { type: 'text-end', id: 't' },
      )
    }
  }
  return parts
}

function finishReasonOf(turn: ScriptedTurn): GenerateResult['finishReason'] {
  const unified = turn.type === 'text' ? 'stop' : (turn.finishReason ?? 'tool-calls')
  return { unified, raw: undefined }
}

/** What the tests need of a major of the AI SDK, in the types of the newest. */
export type HostMajor = {
  ai: Pick<typeof ai7, 'generateText' | 'streamText' | 'stepCountIs' | 'wrapLanguageModel'>
  Agent: typeof ai7.ToolLoopAgent
  Model: typeof MockLanguageModelV4
  /** How its provider specification words the end of a turn. */
  end(turn: ScriptedTurn): Pick<GenerateResult, 'finishReason' | 'usage'>
}

const nestedEnd: HostMajor['end'] = (turn) => ({ finishReason: finishReasonOf(turn), usage })

export const MAJORS: Readonly<Record<'5' | '6' | '7', HostMajor>> = {
  5: {
    ai: ai5 as never,
    Agent: ai5.Experimental_Agent as never,
    Model: MockLanguageModelV2 as never,
    end: (turn) =>
      ({
        finishReason: finishReasonOf(turn).unified,
        usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      }) as never,
  },
  6: {
    ai: ai6 as never,
    Agent: ai6.ToolLoopAgent as never,
    Model: MockLanguageModelV3 as never,
    end: nestedEnd,
  },
  7: { ai: ai7, Agent: ai7.ToolLoopAgent, Model: MockLanguageModelV4, end: nestedEnd },
}

/** The AI SDK's own fake model, driven by a policy, for both ways of asking. */
export function scriptedHostModel(
  policy: ScriptedPolicy,
  { Model, end }: HostMajor = MAJORS[7],
): MockLanguageModelV4 {
  return new Model({
    provider: 'scripted',
    modelId: 'scripted-1b',
    doGenerate: async ({ prompt }) => {
      const turn = policy(conversationOf(prompt))
      return { content: contentOf(turn), ...end(turn), warnings: [] }
    },
    doStream: async ({ prompt }) => {
      const turn = policy(conversationOf(prompt))
      const chunks = [...streamPartsOf(turn), { type: 'finish' as const, ...end(turn) }]
      return { stream: simulateReadableStream({ chunks, initialDelayInMs: null, chunkDelayInMs: null }) }
    },
  })
}

/** Plain tools as AI SDK tools whose schema the host checks. */
export function hostTools(tools: readonly PlainTool[]): ToolSet {
  const entries = tools.map(({ name, description, inputSchema, needsApproval, execute }) => {
    const made = tool({
      ...(description === undefined ? {} : { description }),
      ...(needsApproval === undefined ? {} : { needsApproval }),
      inputSchema: z.fromJSONSchema(inputSchema as Parameters<typeof z.fromJSONSchema>[0]),
      execute: (input, { toolCallId, abortSignal }) =>
        execute(input as never, { callId: toolCallId, ...(abortSignal ? { signal: abortSignal } : {}) }),
    })
    return [name, made]
  })
  return Object.fromEntries(entries) as ToolSet
}

type Ask = (
  host: HostMajor,
  options: {
    model: ReturnType<typeof ai7.wrapLanguageModel>
    tools: ToolSet
    messages: ModelMessage[]
    abortSignal: AbortSignal | undefined
  },
) => Promise<{ steps: { content: HostPart[] }[]; messages: ModelMessage[]; parts?: HostPart[] }>

type HostPart = {
  type: string
  toolCallId?: string
  output?: unknown
  error?: unknown
  approvalId?: string
  providerMetadata?: Record<string, unknown> | undefined
}

/** Before AI SDK 7, messages stand in the response alone. */
export const ask: Record<'generateText' | 'streamText' | 'ToolLoopAgent', Ask> = {
  async generateText({ ai }, options) {
    const stopWhen = ai.stepCountIs(20)
    const { steps, response, responseMessages } = await ai.generateText({
      ...options,
      stopWhen,
      maxRetries: 0,
    })
    return { steps, messages: responseMessages ?? response.messages }
  },
  async ToolLoopAgent({ Agent, ai }, { model, tools, messages, abortSignal }) {
    const agent = new Agent({ model, tools, maxRetries: 0, stopWhen: ai.stepCountIs(20) })
    const signal = abortSignal ? { abortSignal } : {}
    const { steps, response, responseMessages } = await agent.generate({ messages, ...signal })
    return { steps, messages: responseMessages ?? response.messages }
  },
  async streamText({ ai }, options) {
    const stopWhen = ai.stepCountIs(20)
    const result = ai.streamText({ ...options, stopWhen, maxRetries: 0, onError: () => {} })
    const parts: HostPart[] = []
    for await (const part of result.fullStream) {
      // Steps begin and end with ids and times of their own.
      if (!part.type.includes('step')) parts.push(part)
      if (part.type === 'error' || part.type === 'abort') break
    }
    options.abortSignal?.throwIfAborted()
    const messages = (await result.responseMessages) ?? (await result.response).messages
    return { steps: await result.steps, messages, parts }
  },
}

/** One host with one middleware and one tool set. */
export function hostDriver(
  how: keyof typeof ask,
  lifeHarness: LifeHarness | undefined,
  plainTools: readonly PlainTool[],
  host: HostMajor = MAJORS[7],
): Driver {
  const own = hostTools(plainTools)
  const tools = lifeHarness ? lifeHarnessTools(lifeHarness, own) : own
  const middleware = lifeHarness ? [lifeHarnessMiddleware(lifeHarness)] : []
  return {
    async run(script: Script, { signal } = {}): Promise<DriverRun> {
      const scripted = scriptedHostModel(followScript(script), host)
      const model = host.ai.wrapLanguageModel({ model: scripted, middleware })
      const messages: ModelMessage[] = [{ role: 'user', content: 'go' }]
      const reports: Record<string, unknown> = {}
      const streamed: HostPart[] = []
      const run: DriverRun = { toolResults: {}, errors: {}, reports, parts: streamed }
      for (;;) {
        const asked = await ask[how](host, { model, tools, messages: [...messages], abortSignal: signal })
        messages.push(...asked.messages)
        streamed.push(...(asked.parts ?? []))
        const parts = asked.steps.flatMap(({ content }) => content)
        for (const { type, toolCallId = '', output, error, providerMetadata } of parts) {
          if (type === 'tool-result') run.toolResults[toolCallId] = output
          if (type === 'tool-error') run.errors[toolCallId] = error
          if (providerMetadata?.lifeharness) reports[toolCallId] = providerMetadata.lifeharness
        }
        // What was approved is executed before the next step, and only the messages tell of it.
        for (const { role, content } of asked.messages) {
          if (role !== 'tool') continue
          for (const part of content) {
            if (part.type !== 'tool-result' || part.toolCallId in run.errors) continue
            run.toolResults[part.toolCallId] ??= part.output
            const report = reportIn(part.output)
            if (report) reports[part.toolCallId] = report
          }
        }
        const requests = parts.filter(({ type }) => type === 'tool-approval-request')
        if (requests.length === 0) return { ...run, ...readByModel(scripted) }
        messages.push({
          role: 'tool',
          content: requests.map(({ approvalId = '' }) => ({
            type: 'tool-approval-response',
            approvalId,
            approved: true,
          })),
        })
      }
    },
  }
}

/** What stands under `lifeharness` in a result, or in a part of it. */
function reportIn(output: object): unknown {
  const parts = 'value' in output && Array.isArray(output.value) ? output.value : []
  const found = [output, ...parts].map((part) => (part as Reporting).providerOptions?.lifeharness)
  return found.find(Boolean)
}
type Reporting = { providerOptions?: { lifeharness?: unknown } }

/** Calls and results as the model was last shown them. */
function readByModel({ doGenerateCalls, doStreamCalls }: MockLanguageModelV4) {
  const told: Record<string, string> = {}
  const history: Record<string, unknown> = {}
  const asked = [...doGenerateCalls, ...doStreamCalls]
  const prompt = asked.at(-1)?.prompt ?? []
  const modelInput = JSON.stringify(asked.map(({ prompt, tools }) => ({ prompt, tools })))
  for (const message of conversationOf(prompt)) {
    if (message.role === 'tool') told[message.callId] = message.text
    if (message.role !== 'assistant' || message.turn.type !== 'calls') continue
    for (const { id, input } of message.turn.calls) history[id] = input
  }
  return { told, history, modelInput }
}

/** A life harness with active interventions, and what it recorded. */
export async function lifeHarnessWith(
  entries: readonly EntryInit[],
  options: LifeHarnessOptions = {},
): Promise<World> {
  const faults: Fault[] = []
  const store = options.store ?? memoryStore(registryWith(...entries))
  const onFault = (fault: Fault) => faults.push(fault)
  const lifeHarness = await createLifeHarness({ mode: 'frozen', onFault, ...options, store })
  async function allEvents(): Promise<Event[]> {
    await lifeHarness.flush()
    const events: Event[] = []
    for await (const { event } of store.read(0, 10_000)) events.push(event)
    return events
  }
  const toolEvents = async () => (await allEvents()).filter((event) => event.type === 'tool')
  return { lifeHarness, faults, allEvents, toolEvents }
}

export type World = {
  lifeHarness: LifeHarness
  faults: Fault[]
  allEvents(): Promise<Event[]>
  toolEvents(): Promise<Extract<Event, { type: 'tool' }>[]>
}
