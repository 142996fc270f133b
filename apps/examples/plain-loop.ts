// What the plain tool loops have in common: their tool, and how a result reads.
import assert from 'node:assert/strict'
import type { ActionType, Json, JsonObject, RunResult, ToolContract } from '@lifeharness/core'
import { z } from 'zod'

const input = z.strictObject({ city: z.string() })

export const contract: ToolContract & { inputSchema: JsonObject } = {
  tool: { origin: 'local', name: 'weather' },
  description: 'The weather in a city.',
  inputSchema: { ...(z.toJSONSchema(input) as JsonObject), type: 'object' },
}

/** What these loops can do for the layer. */
export const actions: ActionType[] = [
  'replace-tools',
  'replace-call',
  'insert-call',
  'respond',
  'retry',
  'replace-result',
]

export function execute(name: string, given: Json | undefined): string {
  assert.equal(name, contract.tool.name, `there is no tool ${name}`)
  return `It is sunny in ${input.parse(given).city}.`
}

/** Arguments as a provider writes them: JSON text, or something else. */
export function parsed(text: string): { input: Json } | { rawInput: string } {
  try {
    return { input: JSON.parse(text) }
  } catch {
    return { rawInput: text }
  }
}

/** What the model is told of a call. */
export function told({ edited, result, notes }: RunResult): string {
  const shown = edited ?? result.view()
  return [typeof shown === 'string' ? shown : JSON.stringify(shown), ...notes].join('\n')
}
