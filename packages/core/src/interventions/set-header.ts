import { editEvery, editedCall, OPTION_LITERAL, OPTION_PATH, parentOf } from '../edit.ts'
import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type JsonObject, valuesAt } from '../json.ts'
import { mayNameSecret } from '../redaction/secret-keys.ts'
import { argumentSchema } from '../tool.ts'

type Options = JsonObject & { path: string; name: string; value: string; create?: boolean }

/**
 * Adds a header that a request lacks: `{ path: '/headers', name: 'Api-Version', value: '2024-05-01' }`. One that is there
 * in any case is left alone, whatever it holds. `create`: also where the request has no headers at all, and its contract
 * takes an object there. What only says how to write and to read is a matter of value; of any other
 * name nobody knows what it does, and a person decides. Never set are headers that carry a secret (it would stand in an
 * intervention, and the model must not be told one), and those that make another request of it: another method, host,
 * path, target or body, on behalf of somebody else, without its conditions, or as if it were another one's repetition.
 */
export const setHeader: Kind = defineIntervention<Options>({
  kind: 'set-header',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path, create }) => (create ? '' : path),
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      name: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9!#$%&*+.^_|~-]+$' },
      value: OPTION_LITERAL,
      create: { type: 'boolean' },
    },
    required: ['path', 'name', 'value'],
    additionalProperties: false,
  },
  riskFor: ({ name }) => (NEGOTIATES.test(name) ? 'value' : 'effect'),
  compile({ path, name, value, create = false }) {
    if (mayNameSecret(name) || CHANGES_REQUEST.test(name)) throw new Error(`set-header may not set ${name}`)
    const wanted = name.toLowerCase()
    const place = create ? parentOf(path) : undefined
    if (create && !place) throw new Error('set-header creates headers at the name of an argument')
    return (context) => {
      const { call, contract } = context
      if (place && valuesAt(call.input, path).length === 0) {
        if (argumentSchema(contract, path)?.type !== 'object') return undefined
        const created = editEvery(call.input, place.parent, (parent) =>
          isJsonObject(parent) ? { to: { ...parent, [place.name]: { [name]: value } } } : 'refuse',
        )
        return editedCall(context, created)
      }
      const edited = editEvery(call.input, path, (headers) => {
        if (!isJsonObject(headers)) return 'refuse'
        if (Object.keys(headers).some((own) => own.toLowerCase() === wanted)) return 'keep'
        return { to: { ...headers, [name]: value } }
      })
      return editedCall(context, edited)
    }
  },
})

/** What RFC 9110 negotiates by (§12.5, §8.3), and the edition of an interface: `Notion-Version`, `X-GitHub-Api-Version`. */
const NEGOTIATES =
  /^(?:accept(?:-language|-charset|-encoding)?|content-(?:type|language)|user-agent|(?:[\w.]+-)*version)$/i

/** By a word of its name, as gateways and frameworks have many names for the same. */
const CHANGES_REQUEST = new RegExp(
  [
    // As who, and with what right.
    'auth|cookie|user(?!-agent$)|tenant|account|organi[sz]ation|behalf|impersonat|role|scope|permission|acl|grant|admin|sudo',
    // Another method, host, path or body: RFC 9110 §7.2 and §8.6, RFC 9112 §6, RFC 7239, and what frameworks listen to.
    'method|override|host|forward|origin|referer|rewrite|url|uri|path|proxy|real-ip|client-ip|via$|length|transfer|content-(?:encoding|range)',
    '^(?:connection|te|trailer|upgrade|expect|range|keep-alive|http2-settings|max-forwards)$|^(?:sec|:)-?',
    // Conditions (RFC 9110 §13), WebDAV (RFC 4918 §10), one key for all requests, and consent.
    '^if|idempot|destination|depth|overwrite|lock|^timeout$|force|bypass|confirm|delete|dry-?run|prefer',
  ].join('|'),
  'i',
)
