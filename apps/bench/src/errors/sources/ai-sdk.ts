import { errorFacts, type Json, toolResult } from '@lifeharness/core'
import { generateText, jsonSchema, type Tool, tool } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { z } from 'zod'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'

type Call = { tools: Record<string, Tool>; name: string; input: string }

/** One model turn that calls a tool with a text; what the SDK makes of it is the error part it returns. */
async function provoke({ tools, name, input }: Call): Promise<Provoked> {
  const model = new MockLanguageModelV4({
    doGenerate: {
      content: [{ type: 'tool-call', toolCallId: 'call-1', toolName: name, input }],
      finishReason: { unified: 'tool-calls', raw: undefined },
      usage: {
        inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: 1, text: 1, reasoning: undefined },
      },
      warnings: [],
    },
  })
  const { content } = await generateText({ model, tools, prompt: 'go' })
  const part = content.find(({ type }) => type === 'tool-error')
  const given = parsed(input)
  const arguments_ = given === undefined ? { rawInput: input } : { input: given }
  if (part?.type !== 'tool-error') return { ...arguments_, result: toolResult('ok', content) }
  return { ...arguments_, result: toolResult('error', part.error, { error: errorFacts(part.error) }) }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const json = (value: Json) => JSON.stringify(value)

function withTool(v: Vary, schema: z.ZodType, input: (name: string) => string): Call {
  const name = `${v.pick(['get', 'find', 'update'])}_${v.word()}`
  const made = tool({ inputSchema: schema, execute: async () => 'done' })
  return { tools: { [name]: made as Tool }, name, input: input(name) }
}

function throwing(v: Vary, act: () => Promise<unknown>): Call {
  const name = `read_${v.word()}`
  const made = tool({ inputSchema: jsonSchema({ type: 'object' }), execute: act })
  return { tools: { [name]: made as Tool }, name, input: '{}' }
}

export const aiSdk: Source = {
  tool: 'ai-sdk',
  languages: ['en'],
  async open() {
    return {
      close: () => {},
      provocations: provocations(provoke, [
        [
          'no-such-tool',
          'resolve.unknown_tool',
          (v) => {
            const call = withTool(v, z.object({}), () => json({ [v.name()]: v.word() }))
            const others = Object.fromEntries(
              Array.from({ length: v.integer(0, 3) }, () => [
                `list_${v.word()}`,
                Object.values(call.tools)[0] as Tool,
              ]),
            )
            return { ...call, tools: { ...call.tools, ...others }, name: `${v.word()}_${v.word()}` }
          },
        ],
        [
          'missing',
          'contract.missing_param',
          (v) => {
            const field = v.name()
            return withTool(v, z.object({ [field]: z.string() }), () =>
              json(v.pick([{}, { [v.word()]: v.phrase() }])),
            )
          },
        ],
        [
          'type',
          'contract.type',
          (v) => {
            const field = v.name()
            return withTool(v, z.object({ [field]: z.number() }), () =>
              json({ [field]: v.pick([v.word(), String(v.integer(1, 99)), null, true]) }),
            )
          },
        ],
        [
          'type',
          'contract.type',
          (v) => {
            const [list, field] = [v.name(), v.name()]
            return withTool(v, z.object({ [list]: z.array(z.object({ [field]: z.boolean() })) }), () =>
              json({
                [list]: [{ [field]: true }, { [field]: v.pick(['yes', 1, 'true']) }].slice(v.integer(0, 1)),
              }),
            )
          },
        ],
        [
          'enum',
          'contract.value',
          (v) => {
            const field = v.name()
            const options = Array.from({ length: v.integer(2, 5) }, () => v.word())
            return withTool(v, z.object({ [field]: z.enum(options) }), () => json({ [field]: v.id() }))
          },
        ],
        [
          'too-small',
          'contract.value',
          (v) => {
            const field = v.name()
            const least = v.integer(1, 50)
            return withTool(v, z.object({ [field]: z.number().min(least) }), () =>
              json({ [field]: least - v.integer(1, 99) }),
            )
          },
        ],
        [
          'format',
          'contract.value',
          (v) => {
            const field = v.name()
            return withTool(v, z.object({ [field]: z.email() }), () => json({ [field]: v.phrase() }))
          },
        ],
        [
          'unrecognized',
          'contract.misnamed_param',
          (v) => {
            const field = v.name()
            return withTool(v, z.strictObject({ [field]: z.string() }), () =>
              json({ [field]: v.word(), [`${v.name()}_x`]: v.integer(1, 9) }),
            )
          },
        ],
        [
          'misnamed',
          'contract.misnamed_param',
          (v) => {
            const field = v.name()
            return withTool(v, z.strictObject({ [field]: z.string() }), () =>
              json({ [`${field}_x`]: v.phrase() }),
            )
          },
        ],
        [
          'wrong-container',
          'parse.wrong_container',
          (v) => {
            const field = v.name()
            return withTool(v, z.object({ [field]: z.object({}) }), () =>
              json({ [field]: json({ [v.word()]: v.integer(1, 99) }) }),
            )
          },
        ],
        [
          'wrong-container',
          'parse.wrong_container',
          (v) => withTool(v, z.object({ [v.name()]: z.string() }), () => json([v.word(), v.integer(1, 9)])),
        ],
        [
          'trailing-comma',
          'parse.malformed_json',
          (v) => withTool(v, z.object({ [v.name()]: z.string() }), () => `{"${v.name()}": "${v.word()}",}`),
        ],
        [
          'single-quotes',
          'parse.malformed_json',
          (v) => withTool(v, z.object({ [v.name()]: z.string() }), () => `{'${v.name()}': '${v.word()}'}`),
        ],
        [
          'prose',
          'parse.malformed_json',
          (v) =>
            withTool(
              v,
              z.object({ [v.name()]: z.string() }),
              () => `the ${v.word()} of {"${v.name()}": ${v.integer(1, 9)}}`,
            ),
        ],
        [
          'truncated',
          'emit.truncated',
          (v) => withTool(v, z.object({ [v.name()]: z.string() }), () => `{"${v.name()}": "${v.phrase()}`),
        ],
        [
          'execute-throws',
          'exec.tool_bug',
          (v) =>
            throwing(v, async () => {
              const row: Record<string, Record<string, string>> = {}
              return row[v.name()]?.[v.word()] ?? (row[v.word()] as Record<string, string>)[v.name()]
            }),
        ],
        [
          'execute-refused',
          'exec.unavailable',
          (v) => throwing(v, () => fetch(`http://127.0.0.1:${v.integer(2, 6)}/${v.word()}`)),
        ],
        [
          'execute-timeout',
          'exec.timeout',
          (v) =>
            throwing(v, async () => {
              const controller = new AbortController()
              const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError')
              setTimeout(() => controller.abort(reason), v.integer(1, 5))
              await fetch('data:,x').then(() => new Promise((resolve) => setTimeout(resolve, 20)))
              controller.signal.throwIfAborted()
            }),
        ],
      ]),
    }
  },
}
