import { COMMAND_WORDS, OPTION_LITERAL, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject, jsonEqual, valuesAt } from '../json.ts'
import { toolKey } from '../tool.ts'
import type { ToolStep } from '../trajectory.ts'

type Source = { argument: string } | { value: Json }
type Options = JsonObject & {
  insert: string
  place: 'before' | 'after'
  input?: { [argument: string]: Source }
  note?: boolean
  max?: number
}

/**
 * Calls another tool of the same origin beside the model's own call: `{ insert: 'get_order', place: 'before', input: {
 * order_id: { argument: '/order_id' } } }`. Its arguments are those of the model's call, or literals that somebody must
 * have proven. Before a call: unless exactly this has succeeded already. After it: where it succeeded. What it returns is
 * told as a note (`note: false`: not at all); it never enters the history. `max`: times in an episode, 1 by default. The
 * runtime refuses what is neither read-only nor allowed by the user, and nothing that was inserted inserts anything.
 */
export const insertStep: Kind = defineIntervention<Options>({
  kind: 'insert-step',
  layer: 'action',
  risk: 'effect',
  phase: 'call',
  validation: 'hint',
  actions: ['insert-call'],
  needsEpisode: true,
  inserts: ({ insert }) => insert,
  options: {
    type: 'object',
    properties: {
      insert: { type: 'string', minLength: 1, maxLength: 256 },
      place: { enum: ['before', 'after'] },
      input: {
        type: 'object',
        maxProperties: 16,
        propertyNames: { type: 'string', maxLength: 256 },
        additionalProperties: {
          type: 'object',
          properties: {
            argument: OPTION_PATH,
            value: { anyOf: [OPTION_LITERAL, COMMAND_WORDS, { type: ['number', 'boolean'] }] },
          },
          minProperties: 1,
          maxProperties: 1,
          additionalProperties: false,
        },
      },
      note: { type: 'boolean' },
      max: { type: 'integer', minimum: 1, maximum: 10 },
    },
    required: ['insert', 'place'],
    additionalProperties: false,
  },
  cap: ({ max = 1 }) => max,
  compile({ insert, place, input: sources = {}, note = true }) {
    return ({ call, history, forgot, hasSucceeded }) => {
      if (call.input === undefined || call.tool.name === insert) return undefined
      const tool = { origin: call.tool.origin, name: insert }
      const input: JsonObject = {}
      for (const [name, source] of Object.entries(sources)) {
        const values = 'value' in source ? [source.value] : valuesAt(call.input, source.argument)
        if (values.length !== 1 || isJsonObject(values[0])) return undefined
        input[name] = values[0] as Json
      }
      const wasCalled = ({ executed, result }: ToolStep) =>
        result.outcome === 'ok' &&
        toolKey(executed.tool) === toolKey(tool) &&
        jsonEqual(executed.input, input)
      const isDone = history.some(wasCalled) || (forgot && hasSucceeded(tool))
      if (place === 'before' && isDone) return undefined
      const { turn, index } = call
      const added = { id: `${call.id}-${place}`, tool, turn, index, attempt: 1, approved: false, input }
      return { type: 'insert-call', call: added, place, note }
    }
  },
})
