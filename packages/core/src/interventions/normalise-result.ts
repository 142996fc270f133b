import { OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { editAt, isJsonObject, type Json, type JsonObject, valuesAt } from '../json.ts'
import { parseExactly } from '../json-text.ts'
import { schemaCheck } from '../schema.ts'

type Options = JsonObject & { op: 'unwrap' | 'wrap' | 'parse'; path: string }

/**
 * Brings a result into the shape that its tool declares: takes it out of a member that the shape does not have (`{ op:
 * 'unwrap', path: '/data' }`), puts it into one (`wrap`), or reads a text as the JSON that it is (`parse`). Only where the
 * contract declares a shape, the result breaks it, and what is left fits it; where anything stood beside what is
 * unwrapped it would be lost.
 */
export const normaliseResult: Kind = defineIntervention<Options>({
  kind: 'normalise-result',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  everyResult: true,
  validation: 'edit',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: { op: { enum: ['unwrap', 'wrap', 'parse'] }, path: OPTION_PATH },
    required: ['op', 'path'],
    additionalProperties: false,
  },
  compile({ op, path }) {
    const normalise = { unwrap, wrap, parse }[op]
    return ({ contract, result }) => {
      if (!contract?.outputSchema || result.outcome !== 'ok') return undefined
      const broken = schemaCheck(contract.outputSchema)
      const edit = (view: Json): Json => {
        if (broken(view).length === 0) return view
        const normal = normalise(view, path)
        return normal === undefined || broken(normal).length > 0 ? view : normal
      }
      return { type: 'replace-result', edit }
    }
  },
})

function unwrap(view: Json, path: string): Json | undefined {
  if (!isJsonObject(view) || Object.keys(view).length !== 1) return undefined
  const [inner, ...others] = valuesAt(view, path)
  return others.length === 0 ? inner : undefined
}

function wrap(view: Json, path: string): Json | undefined {
  const name = path.slice(1)
  return name === '' || name.includes('/') ? undefined : { [name]: view }
}

function parse(view: Json, path: string): Json | undefined {
  return editAt(view, path, (text) => (typeof text === 'string' ? parseExactly(text) : undefined))
}
