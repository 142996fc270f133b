import { correctedCall, editEvery, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import type { JsonObject } from '../json.ts'
import { filledTemplate, templateOf } from '../statement-template.ts'

type Options = JsonObject & { path: string; corrections: { from: string; to: string }[] }

const STATEMENT: JsonObject = { type: 'string', minLength: 1, maxLength: 2_000 }

/**
 * Sends a failed statement again as it was corrected when it failed before, with its own literals:
 * `{ path: '/query', corrections: [{ from: 'SELECT name FROM shops WHERE id = {1}', to: 'SELECT Name FROM shop WHERE
 * Shop_ID = {1}' }] }`. Only of calls that read, and only after this very statement has failed again.
 */
export const recallCorrection: Kind = defineIntervention<Options>({
  kind: 'recall-correction',
  layer: 'trajectory',
  risk: 'value',
  phase: 'result',
  validation: 'edit',
  actions: ['retry'],
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      corrections: {
        type: 'array',
        minItems: 1,
        maxItems: 512,
        items: {
          type: 'object',
          properties: { from: STATEMENT, to: STATEMENT },
          required: ['from', 'to'],
          additionalProperties: false,
        },
      },
    },
    required: ['path', 'corrections'],
    additionalProperties: false,
  },
  compile({ path, corrections }) {
    const known = new Map(corrections.map(({ from, to }) => [from, to]))
    if (corrections.some(({ to }) => known.has(to)))
      throw new Error('recall-correction must not correct what it corrects to')
    return (context) =>
      correctedCall(
        context,
        editEvery(context.call.input, path, (value) => {
          const template = typeof value === 'string' ? templateOf(value) : undefined
          const to = template && known.get(template.text)
          const text = to === undefined ? undefined : filledTemplate(to, template?.literals ?? [])
          return text === undefined ? 'keep' : { to: text }
        }),
      )
  },
})
