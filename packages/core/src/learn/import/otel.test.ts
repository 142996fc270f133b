import { context, ROOT_CONTEXT, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { generateText, stepCountIs, tool } from 'ai-6'
import { MockLanguageModelV3 } from 'ai-6/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Json } from '../../json.ts'
import type { ToolStep, Trajectory } from '../../trajectory.ts'
import { otelFormat } from './otel.ts'

function read(records: readonly Json[]) {
  const faults: string[] = []
  const fault = (reason: string) => faults.push(reason)
  const context = { file: 'spans.jsonl', place: 'spans.jsonl:1', fault, contracts: () => [] }
  return { trajectories: otelFormat.readAll(records, context), faults }
}

/** What the SDK exports of the spans that \`run\` makes, as OTLP's JSON, in batches of \`size\`. */
async function exported(run: (tracer: Tracer) => Promise<unknown>, size = 100): Promise<Json[]> {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  await run(provider.getTracer('test'))
  await provider.forceFlush()
  const spans = exporter.getFinishedSpans()
  const batches: Json[] = []
  for (let from = 0; from < spans.length; from += size) {
    const bytes = JsonTraceSerializer.serializeRequest(spans.slice(from, from + size))
    batches.push(JSON.parse(new TextDecoder().decode(bytes)) as Json)
  }
  return batches
}

const toolSteps = ({ steps }: Trajectory) => steps.filter((step) => step.type === 'tool') as ToolStep[]
const summary = (trajectory: Trajectory) =>
  toolSteps(trajectory).map(({ call, result }) => [
    call.tool.name,
    call.rawInput ?? call.input,
    result.outcome,
    result.error?.message,
  ])

/** A real run of the AI SDK with its own telemetry: a call that fails, then one that does not. */
async function aiSdkRun(tracer: Tracer): Promise<unknown> {
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 1, text: 1, reasoning: undefined },
  }
  const model = new MockLanguageModelV3({
    provider: 'openai',
    modelId: 'gpt-4o-mini',
    doGenerate: async ({ prompt }) => {
      const turn = prompt.filter(({ role }) => role === 'assistant').length
      const input = JSON.stringify({ query: turn === 0 ? 'bad' : 'good' })
      return {
        content:
          turn < 2
            ? [{ type: 'tool-call', toolCallId: `call-${turn}`, toolName: 'search', input }]
            : [{ type: 'text', text: 'done' }],
        finishReason: { unified: turn < 2 ? 'tool-calls' : 'stop', raw: undefined },
        usage,
        warnings: [],
      }
    },
  })
  const search = tool({
    inputSchema: z.object({ query: z.string() }),
    execute: async ({ query }) => {
      if (query === 'bad') throw new TypeError('no such index')
      return { found: query }
    },
  })
  return generateText({
    ...{ model, tools: { search }, prompt: 'go', stopWhen: stepCountIs(5) },
    experimental_telemetry: { isEnabled: true, tracer },
  })
}

/** Spans as the GenAI semantic conventions name them: an agent, and another one inside its tool. */
async function agentRun(tracer: Tracer): Promise<void> {
  const within = <T>(
    name: string,
    attributes: Record<string, string>,
    parent: unknown,
    body: (span: never) => T,
  ): T => {
    const span = tracer.startSpan(name, { attributes }, parent as never)
    try {
      return body(span as never)
    } finally {
      span.end()
    }
  }
  for (const agent of ['desk', 'shop'])
    within(
      'invoke_agent',
      { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': agent },
      ROOT_CONTEXT,
      (own) => {
        const inside = trace.setSpan(ROOT_CONTEXT, own)
        const chat = {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': 'qwen3-4b',
          'gen_ai.provider.name': 'ollama',
        }
        within('chat qwen3-4b', chat, inside, () => {})
        const call = {
          ...{
            'gen_ai.operation.name': 'execute_tool',
            'gen_ai.tool.name': 'refund',
            'gen_ai.tool.call.id': agent,
          },
          'gen_ai.tool.call.arguments': '{"order": ',
          'error.type': 'timeout',
        }
        within('execute_tool refund', call, inside, (span) => {
          const failing = span as unknown as ReturnType<Tracer['startSpan']>
          failing.setStatus({ code: SpanStatusCode.ERROR, message: 'no answer in time' })
          const inner = trace.setSpan(inside, span)
          within('invoke_agent', { 'gen_ai.operation.name': 'invoke_agent' }, inner, () => {})
        })
      },
    )
}

// As an application that traces has it: what runs inside a span is part of it.
beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
afterAll(() => context.disable())

describe('otel', () => {
  it.each([100, 1])('reads the spans of a real run of the AI SDK, %i a record', async (size) => {
    const records = await exported(aiSdkRun, size)
    expect(records.every((record) => otelFormat.detects(record))).toBe(true)
    const { trajectories, faults } = read(records)
    expect(faults).toEqual([])
    expect(trajectories.length).toBe(1)
    const [trajectory] = trajectories as [Trajectory]
    expect(trajectory.family).toBe('gpt-4o-mini')
    expect(summary(trajectory)).toEqual([
      ['search', { query: 'bad' }, 'error', 'no such index'],
      ['search', { query: 'good' }, 'ok', undefined],
    ])
    expect(toolSteps(trajectory).map(({ call }) => call.turn)).toEqual([0, 1])
    expect(toolSteps(trajectory)[1]?.result.value).toEqual({ found: 'good' })
  })

  it('reads spans of the semantic conventions: each run of an agent is an episode', async () => {
    const { trajectories, faults } = read(await exported(agentRun))
    expect(faults).toEqual([])
    expect(trajectories.map(({ family }) => family)).toEqual(['qwen3-4b', 'qwen3-4b'])
    for (const trajectory of trajectories) {
      expect(summary(trajectory)).toEqual([['refund', '{"order": ', 'error', 'no answer in time']])
      expect(toolSteps(trajectory)[0]?.result.error?.name).toBe('timeout')
    }
  })

  it('passes over traces without a tool', async () => {
    const records = await exported(async (tracer) => tracer.startSpan('GET /').end())
    expect(read(records)).toEqual({ trajectories: [], faults: [] })
  })

  it.each<[Json]>([[{ spans: [] }], [{ resourceSpans: {} }], [{ resourceLogs: [] }], [[]], [null]])(
    '%j does not match',
    (record) => {
      expect(otelFormat.detects(record)).toBe(false)
    },
  )
})
