import { errorFacts, type Json, toolResult } from '@lifeharness/core'
import { createTool } from '@mastra/core/tools'
import { z } from 'zod'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'

type Call = { id: string; schema: z.ZodObject; input: Json; execute?: () => Promise<unknown> }

/** A tool of Mastra's, called directly: what it refuses is a value `{ error: true, message }`. */
async function provoke({ id, schema, input, execute = async () => 'done' }: Call): Promise<Provoked> {
  const made = createTool({ id, description: 'x', inputSchema: schema, execute })
  try {
    const value = await made.execute?.(input as never, {} as never)
    return {
      input,
      result: toolResult(
        isRefusal(value) ? 'error' : 'ok',
        value as never,
        isRefusal(value) ? { error: errorFacts(value) } : {},
      ),
    }
  } catch (thrown) {
    return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
  }
}

function isRefusal(value: unknown): boolean {
  return (value as { error?: unknown } | undefined)?.error === true
}

const on = (v: Vary, type: z.ZodType, value: Json): Call => {
  const name = v.name()
  return { id: `${v.word()}-${v.word()}`, schema: z.object({ [name]: type }), input: { [name]: value } }
}

export const mastra: Source = {
  tool: 'mastra',
  languages: ['en'],
  async open() {
    return {
      close: () => {},
      provocations: provocations(provoke, [
        [
          'missing',
          'contract.missing_param',
          (v) => ({ ...on(v, z.string(), ''), input: { [`${v.name()}_x`]: v.word() } }),
        ],
        ['type-number', 'contract.type', (v) => on(v, z.number(), v.word())],
        ['type-boolean', 'contract.type', (v) => on(v, z.boolean(), v.word())],
        ['type-list', 'contract.type', (v) => on(v, z.array(z.number()), v.integer(1, 99))],
        ['enum', 'contract.value', (v) => on(v, z.enum([v.word(), v.word()]), v.id())],
        ['too-small', 'contract.value', (v) => on(v, z.number().min(v.integer(50, 99)), v.integer(1, 9))],
        ['too-long', 'contract.value', (v) => on(v, z.string().max(v.integer(2, 6)), v.path())],
        ['format', 'contract.value', (v) => on(v, z.email(), v.phrase())],
        ['pattern', 'contract.value', (v) => on(v, z.string().regex(/^[A-Z]{3}-\d{4}$/), v.word())],
        [
          'extra',
          'contract.misnamed_param',
          (v) => ({
            ...on(v, z.string(), ''),
            schema: z.strictObject({ a: z.number() }),
            input: { a: 1, [`${v.name()}_x`]: 1 },
          }),
        ],
        [
          'throws',
          'exec.tool_bug',
          (v) => ({
            ...on(v, z.string(), v.word()),
            execute: async () => (undefined as unknown as Record<string, string>)[v.name()],
          }),
        ],
        [
          'throws-refused',
          'exec.unavailable',
          (v) => ({
            ...on(v, z.string(), v.word()),
            execute: () => fetch(`http://127.0.0.1:${v.integer(2, 6)}/${v.word()}`),
          }),
        ],
      ]),
    }
  },
}
