import { AIMessage, isToolMessage } from '@langchain/core/messages'
import { type StructuredToolInterface, tool } from '@langchain/core/tools'
import { Annotation, StateGraph } from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { errorFacts, type JsonObject, toolResult } from '@lifeharness/core'
import { z } from 'zod'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'

type Call = { tool: StructuredToolInterface; name?: string; args: JsonObject; direct?: boolean }

/** Through a ToolNode, whose error is a message; or called directly, where the error is thrown. */
async function provoke({ tool: called, name = called.name, args, direct = false }: Call): Promise<Provoked> {
  const call = { name, args, id: 'call-1', type: 'tool_call' as const }
  try {
    if (direct) return { input: args, result: toolResult('ok', await called.invoke(call)) }
    const node = new ToolNode([called])
    const { messages } = await node.invoke({ messages: [new AIMessage({ content: '', tool_calls: [call] })] })
    const [message] = messages
    if (!isToolMessage(message) || message.status !== 'error')
      return { input: args, result: toolResult('ok', message?.content) }
    const error = { message: String(message.content) }
    return { input: args, result: toolResult('error', message.content, { error }) }
  } catch (thrown) {
    return { input: args, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
  }
}

function withSchema(v: Vary, schema: z.ZodObject, args: JsonObject): Call {
  const made = tool(async () => 'done', { name: `${v.word()}_${v.word()}`, description: 'x', schema })
  return { tool: made, args }
}

function acting(v: Vary, act: () => Promise<unknown>): Call {
  const made = tool(act, { name: `${v.word()}_${v.word()}`, description: 'x', schema: z.object({}) })
  return { tool: made, args: {} }
}

const Loop = Annotation.Root({ count: Annotation<number>() })

/** ToolNode, ToolInvocationError and the graph's own limits. */
export const langchain: Source = {
  tool: 'langchain',
  languages: ['en'],
  async open() {
    return {
      close: () => {},
      provocations: provocations(provoke, [
        [
          'unknown-tool',
          'resolve.unknown_tool',
          (v) => ({
            ...withSchema(v, z.object({}), {}),
            name: `${v.name()}_tool`,
          }),
        ],
        [
          'missing',
          'contract.missing_param',
          (v) => withSchema(v, z.object({ [v.name()]: z.string() }), { [`${v.word()}_`]: v.phrase() }),
        ],
        [
          'type',
          'contract.type',
          (v) => {
            const field = v.name()
            return withSchema(v, z.object({ [field]: z.number() }), {
              [field]: v.pick([v.word(), '12', true, null]),
            })
          },
        ],
        [
          'enum',
          'contract.value',
          (v) => {
            const field = v.name()
            const options = Array.from({ length: v.integer(2, 5) }, () => v.word())
            return withSchema(v, z.object({ [field]: z.enum(options) }), { [field]: v.id() })
          },
        ],
        [
          'too-long',
          'contract.value',
          (v) => {
            const field = v.name()
            return withSchema(v, z.object({ [field]: z.string().max(v.integer(2, 6)) }), {
              [field]: v.path(),
            })
          },
        ],
        [
          'unrecognized',
          'contract.misnamed_param',
          (v) => {
            const field = v.name()
            return withSchema(v, z.strictObject({ [field]: z.string() }), {
              [field]: v.word(),
              [`${v.word()}_x`]: 1,
            })
          },
        ],
        [
          'thrown-missing',
          'contract.missing_param',
          (v) => ({
            ...withSchema(v, z.object({ [v.name()]: z.string() }), { [`${v.word()}_`]: v.phrase() }),
            direct: true,
          }),
        ],
        [
          'thrown-type',
          'contract.type',
          (v) => {
            const field = v.name()
            return {
              ...withSchema(v, z.object({ [field]: z.boolean() }), { [field]: v.pick([v.word(), 1, null]) }),
              direct: true,
            }
          },
        ],
        [
          'throws-property',
          'exec.tool_bug',
          (v) => acting(v, async () => (undefined as unknown as Record<string, string>)[v.name()]),
        ],
        [
          'throws-refused',
          'exec.unavailable',
          (v) => acting(v, () => fetch(`http://127.0.0.1:${v.integer(2, 6)}/${v.word()}`)),
        ],
        [
          'throws-missing-file',
          'state.not_found',
          (v) => acting(v, async () => (await import('node:fs/promises')).readFile(v.path())),
        ],
        [
          'recursion',
          'traj.budget',
          (v) => {
            const graph = new StateGraph(Loop)
              .addNode('again', async ({ count }) => ({ count: count + 1 }))
              .addEdge('__start__', 'again')
              .addConditionalEdges('again', () => 'again')
              .compile()
            return acting(v, () => graph.invoke({ count: 0 }, { recursionLimit: v.integer(3, 30) }))
          },
        ],
      ]),
    }
  },
}
