import { withAdvice } from '../advice.ts'
import { renderAdvice } from '../advice-text.ts'
import { type HttpResponse, headerOf, responseOf } from '../http-response.ts'
import { defineIntervention, type Kind, type ResultContext } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { askedDelay } from '../retry-after.ts'

const RULE_NAMES = [
  ...([
    'retry-after',
    'allow',
    'sign-in',
    'media-type',
    'conflict',
    'changed',
    'condition',
    'key-required',
  ] as const),
  ...(['key-used', 'key-running', 'place', 'graphql-partial', 'graphql-refused'] as const),
]
type RuleName = (typeof RULE_NAMES)[number]
type Options = JsonObject & { rule: RuleName; max?: number }
type Advice = { advice: string; slots?: JsonObject }

/**
 * Tells the model of a response what the standard behind it says and its text mostly does not: `{ rule: 'retry-after' }`.
 * Each rule answers what it can read in status, headers and members that RFC 9110, 9457, 6585, the draft on idempotency
 * keys or the GraphQL specification define; of prose, nothing. Names and tokens of the response stand in slots. `max`:
 * times in an episode, 1 by default.
 */
export const explainResponse: Kind = defineIntervention<Options>({
  kind: 'explain-response',
  layer: 'trajectory',
  risk: 'form',
  phase: 'result',
  // GraphQL answers in part with the status of a success.
  everyResult: true,
  validation: 'hint',
  actions: ['replace-result'],
  options: {
    type: 'object',
    properties: {
      rule: { enum: [...RULE_NAMES] },
      max: { type: 'integer', minimum: 1, maximum: 5 },
    },
    required: ['rule'],
    additionalProperties: false,
  },
  cap: ({ max = 1 }) => max,
  compile({ rule }) {
    const { statuses, advise } = RULES[rule]
    return (context) => {
      const { failure, result } = context
      if (result.outcome === 'interrupted' || failure?.expectedNegative || failure?.dead) return undefined
      if (statuses.length > 0 && !failure) return undefined
      const response = responseOf(result)
      if (!response || (statuses.length > 0 && !statuses.includes(response.status ?? 0))) return undefined
      const told = advise(response, context)
      if (!told) return undefined
      const text = renderAdvice(told.advice, told.slots ?? {})
      return { type: 'replace-result', edit: (view) => withAdvice(view, text) }
    }
  },
})

type Rule = {
  /** Of which failures; of any result where there are none. */
  statuses: readonly number[]
  advise(response: HttpResponse, context: ResultContext): Advice | undefined
}

const RULES: Readonly<Record<RuleName, Rule>> = {
  'retry-after': {
    statuses: [429, 503],
    advise(_, { result }) {
      const ms = askedDelay(result)
      return ms === undefined || ms > 86_400_000
        ? { advice: 'try-later' }
        : { advice: 'wait-first', slots: { seconds: Math.ceil(ms / 1_000) } }
    },
  },
  allow: {
    statuses: [405],
    advise: ({ headers }) => valuesAdvice('allowed-methods', headerOf(headers, 'allow'), /^[A-Z]+$/),
  },
  'sign-in': { statuses: [401], advise: () => ({ advice: 'sign-in' }) },
  'media-type': {
    statuses: [406, 415],
    advise({ status, headers }) {
      const listed =
        status === 415 ? (headerOf(headers, 'accept-post') ?? headerOf(headers, 'accept-patch')) : undefined
      return valuesAdvice('media-type', listed, /^[\w.+*-]+\/[\w.+*-]+$/, { header: 'Content-Type' })
    },
  },
  conflict: {
    statuses: [409],
    advise: (response) => (isAboutKey(response) ? undefined : { advice: 'in-conflict' }),
  },
  changed: { statuses: [412], advise: () => ({ advice: 'read-again' }) },
  condition: {
    statuses: [428],
    advise: () => ({ advice: 'name-version', slots: { header: 'If-Match' } }),
  },
  'key-required': aboutKey([400], 'key-required', { header: 'Idempotency-Key' }),
  'key-used': aboutKey([422], 'key-used'),
  'key-running': aboutKey([409], 'key-running'),
  place: { statuses: [400, 422], advise: wrongPlace },
  'graphql-partial': {
    statuses: [],
    advise({ status = 200, body }) {
      const errors = graphqlErrors(body)
      if (!errors || status >= 400 || !holdsData((body as JsonObject).data)) return undefined
      const places = errors.map(pathOfError).filter((place) => place !== undefined)
      return places.length === errors.length ? { advice: 'partly-answered', slots: { places } } : undefined
    },
  },
  'graphql-refused': {
    statuses: [],
    advise({ status = 200, body }) {
      const errors = graphqlErrors(body)
      return errors && status < 400 && !holdsData((body as JsonObject).data)
        ? { advice: 'query-refused' }
        : undefined
    },
  },
}

function valuesAdvice(
  advice: string,
  listed: string | undefined,
  token: RegExp,
  slots: JsonObject = {},
): Advice | undefined {
  const values = (listed ?? '').split(',').map((value) => value.trim())
  const all = values.every((value) => token.test(value) && value.length <= 64)
  return all ? { advice, slots: { ...slots, values } } : undefined
}

function aboutKey(statuses: readonly number[], advice: string, slots: JsonObject = {}): Rule {
  return {
    statuses,
    advise(response, { call }) {
      if (!isAboutKey(response)) return undefined
      // A key that is malformed is another matter than one that is not there.
      if (advice === 'key-required' && /idempotency[-_]?key"?\s*:/i.test(JSON.stringify(call.input ?? null)))
        return undefined
      return { advice, slots }
    },
  }
}

/** By the type or the code of the problem, which the draft defines, or by the name of the header. */
function isAboutKey({ body }: HttpResponse): boolean {
  if (!isJsonObject(body)) return false
  const { type, code, title, detail, error, message } = {
    ...(isJsonObject(body.error) ? body.error : {}),
    ...body,
  }
  return [type, code, title, detail, error, message].some(
    (said) =>
      typeof said === 'string' &&
      /idempoten(?:cy|t)[-_ ]?(?:key|request)|\/idempotency|^idempotency/i.test(said),
  )
}

/** RFC 9457 names where a fault is; a parameter that the server names, of a request whose body it reads. */
function wrongPlace({ body }: HttpResponse, { call }: ResultContext): Advice | undefined {
  if (!isJsonObject(body) || !Array.isArray(body.errors) || !isJsonObject(call.input)) return undefined
  const { query, body: sent, method } = call.input
  const hasBody = typeof method === 'string' && /^(?:POST|PUT|PATCH)$/i.test(method)
  const names = body.errors.flatMap((error) => (isJsonObject(error) ? [error.parameter] : []))
  const misplaced = names.filter(
    (name): name is string => typeof name === 'string' && isJsonObject(query) && Object.hasOwn(query, name),
  )
  const isMember = (name: string) => isJsonObject(sent) && Object.hasOwn(sent, name)
  if (!hasBody || misplaced.length === 0 || misplaced.length !== names.length || misplaced.some(isMember))
    return undefined
  if (!misplaced.every((name) => /^[\w.-]{1,64}$/.test(name))) return undefined
  return { advice: 'wrong-place', slots: { names: misplaced, place: 'query' } }
}

/** GraphQL §7.1: a non-empty list, each with a message. */
function graphqlErrors(body: Json | undefined): JsonObject[] | undefined {
  if (!isJsonObject(body) || !Array.isArray(body.errors) || body.errors.length === 0) return undefined
  const errors = body.errors.filter((error): error is JsonObject => {
    if (!isJsonObject(error) || typeof error.message !== 'string') return false
    return Array.isArray(error.locations) || Array.isArray(error.path)
  })
  return errors.length === body.errors.length ? errors : undefined
}

function holdsData(data: Json | undefined): boolean {
  return isJsonObject(data) && Object.values(data).some((value) => value !== null)
}

function pathOfError({ path }: JsonObject): string | undefined {
  if (!Array.isArray(path)) return undefined
  const text = path.join('.')
  return /^[\w.]{1,64}$/.test(text) ? text : undefined
}
