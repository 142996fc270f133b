import { editEvery, editedCall, OPTION_LITERAL, OPTION_PATH } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import { mayNameSecret } from '../redaction/secret-keys.ts'

type Options = JsonObject & { path: string; name: string; value: string }

/**
 * Adds a header that a request lacks: `{ path: '/headers', name: 'Api-Version', value: '2024-05-01' }`. One that is there
 * in any case is left alone, whatever it holds. Headers that carry secrets cannot be set: a secret is never written into
 * an intervention, and the model must not be told one.
 */
export const setHeader: Kind = defineIntervention<Options>({
  kind: 'set-header',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      name: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9!#$%&*+.^_|~-]+$' },
      value: OPTION_LITERAL,
    },
    required: ['path', 'name', 'value'],
    additionalProperties: false,
  },
  compile({ path, name, value }) {
    if (mayNameSecret(name) || /auth|cookie/i.test(name)) throw new Error(`set-header may not set ${name}`)
    const wanted = name.toLowerCase()
    return (context) =>
      editedCall(
        context,
        editEvery(context.call.input, path, (headers) => {
          if (!isJsonObject(headers)) return 'refuse'
          if (Object.keys(headers).some((own) => own.toLowerCase() === wanted)) return 'keep'
          return { to: { ...headers, [name]: value } }
        }),
      )
  },
})
