import { lifeHarnessMiddleware, lifeHarnessTools } from '@lifeharness/ai-sdk'
import { createLifeHarness } from '@lifeharness/core'
import { generateText, isStepCount, streamText, tool, wrapLanguageModel } from 'ai'
import { MockLanguageModelV4, simulateReadableStream } from 'ai/test'
import { z } from 'zod'
import type { AdapterRow } from './row.ts'

const usage = {
  inputTokens: { total: 10, noCache: 10, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
}
const finish = (unified: 'stop' | 'tool-calls') => ({ unified, raw: undefined })

/** A model that calls the tool once and then answers; ids differ, as a provider's do. */
function scriptedModel(): MockLanguageModelV4 {
  let calls = 0
  const call = () => ({
    ...{ type: 'tool-call' as const, toolCallId: `call-${calls++}`, toolName: 'add' },
    input: '{"a":1,"b":2}',
  })
  const answered = (prompt: readonly { role: string }[]) => prompt.some(({ role }) => role === 'tool')
  return new MockLanguageModelV4({
    doGenerate: async ({ prompt }) =>
      answered(prompt)
        ? { content: [{ type: 'text', text: 'done' }], finishReason: finish('stop'), usage, warnings: [] }
        : { content: [call()], finishReason: finish('tool-calls'), usage, warnings: [] },
    doStream: async ({ prompt }) => {
      const end = answered(prompt) ? 'stop' : 'tool-calls'
      const text = [
        { type: 'text-start' as const, id: 't' },
        { type: 'text-delta' as const, id: 't', delta: 'done' },
        { type: 'text-end' as const, id: 't' },
      ]
      const chunks = [
        { type: 'stream-start' as const, warnings: [] },
        ...(end === 'stop' ? text : [call()]),
        { type: 'finish' as const, finishReason: finish(end), usage },
      ]
      return { stream: simulateReadableStream({ chunks, initialDelayInMs: null, chunkDelayInMs: null }) }
    },
  })
}

function row(name: string, ask: typeof generateText | typeof streamText): AdapterRow {
  return {
    name,
    async open() {
      const add = tool({
        inputSchema: z.object({ a: z.number(), b: z.number() }),
        execute: ({ a, b }) => a + b,
      })
      const lifeHarness = await createLifeHarness({ mode: 'progressive', registry: EMPTY })
      const way = (layered: boolean) => {
        const model = scriptedModel()
        const middleware = layered ? [lifeHarnessMiddleware(lifeHarness)] : []
        const tools = layered ? lifeHarnessTools(lifeHarness, { add }) : { add }
        const options = {
          ...{ model: wrapLanguageModel({ model, middleware }), tools, prompt: 'go' },
          stopWhen: isStepCount(3),
        }
        return async () => {
          const result = await ask(options)
          if ('consumeStream' in result) await result.consumeStream()
          // The fake keeps every prompt; a real model does not.
          model.doGenerateCalls.length = 0
          model.doStreamCalls.length = 0
        }
      }
      return { bare: way(false), others: { lifeharness: way(true) } }
    },
  }
}

const EMPTY = { version: 1, entries: [], templates: {}, settings: {} }

export const aiSdkRows: readonly AdapterRow[] = [
  row('ai-sdk generateText: two model calls, one tool call', generateText),
  row('ai-sdk streamText: two model calls, one tool call', streamText),
]
