import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk'
import type { JsonObject } from '@lifeharness/core'
import { answeringApi } from '../answering-api.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'
import { thrownBy } from './node-fs.ts'

/** The client library of a model's service; the server answers in the shape and the words in which the service does. */
export const anthropic: Source = {
  tool: 'anthropic',
  languages: ['en'],
  async open() {
    const api = await answeringApi()
    const client = (options: ClientOptions = {}) =>
      new Anthropic({ apiKey: 'sk-ant-x', baseURL: api.url, maxRetries: 0, ...options })
    const asked = (v: Vary, more: JsonObject = {}) => ({
      model: 'claude-next',
      max_tokens: v.integer(100, 900),
      messages: [{ role: 'user', content: v.phrase() }],
      ...more,
    })
    const call = (status: number, type: string, message: string, input: JsonObject, headers = {}) =>
      api.answering({ status, body: { type: 'error', error: { type, message } }, headers }, input, () =>
        client().messages.create(input as never),
      )
    const invalid = (message: string, input: JsonObject) => call(400, 'invalid_request_error', message, input)
    const unanswered = (v: Vary, options: ClientOptions) => {
      const input = asked(v)
      return api.answering('never', input, () => client(options).messages.create(input as never))
    }
    return {
      close: api.close,
      provocations: provocations(thrownBy, [
        [
          'model',
          'state.not_found',
          (v) => {
            const model = `claude-${v.word()}`
            return call(404, 'not_found_error', `model: ${model}`, asked(v, { model }))
          },
        ],
        [
          'missing',
          'contract.missing_param',
          (v) => invalid('max_tokens: Field required', { model: v.name(), messages: asked(v).messages }),
        ],
        [
          'extra',
          'contract.misnamed_param',
          (v) => {
            const name = v.name()
            return invalid(`${name}: Extra inputs are not permitted`, asked(v, { [name]: v.integer(2, 99) }))
          },
        ],
        [
          'integer',
          'contract.type',
          (v) => invalid('max_tokens: Input should be a valid integer', asked(v, { max_tokens: v.word() })),
        ],
        [
          'list',
          'contract.type',
          (v) =>
            invalid('stop_sequences: Input should be a valid list', asked(v, { stop_sequences: v.word() })),
        ],
        [
          'range',
          'contract.value',
          (v) =>
            invalid(
              'temperature: Input should be less than or equal to 1',
              asked(v, { temperature: v.integer(2, 99) }),
            ),
        ],
        [
          'role',
          'contract.value',
          (v) =>
            invalid(
              `messages.0.role: Input should be 'user' or 'assistant'`,
              asked(v, { messages: [{ role: v.word(), content: 'a' }] }),
            ),
        ],
        [
          'tool-schema',
          'setup.schema_unusable',
          (v) =>
            invalid(
              'tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).',
              asked(v, { tools: [{ name: v.name(), input_schema: { type: v.word() } }] }),
            ),
        ],
        ['key', 'auth.denied', (v) => call(401, 'authentication_error', 'invalid x-api-key', asked(v))],
        [
          'permission',
          'auth.denied',
          (v) =>
            call(
              403,
              'permission_error',
              'Your API key does not have permission to use the specified resource.',
              asked(v),
            ),
        ],
        [
          'too-large',
          'result.oversize',
          (v) => call(413, 'request_too_large', 'Request exceeds the maximum size', asked(v)),
        ],
        [
          'limited',
          'exec.rate_limited',
          (v) =>
            call(
              429,
              'rate_limit_error',
              `This request would exceed your organization's rate limit of ${v.integer(10, 90)},000 input tokens per minute.`,
              asked(v),
              { 'retry-after': String(v.integer(2, 60)) },
            ),
        ],
        ['overloaded', 'exec.unavailable', (v) => call(529, 'overloaded_error', 'Overloaded', asked(v))],
        ['server', 'exec.unavailable', (v) => call(500, 'api_error', 'Internal server error', asked(v))],
        [
          'refused',
          'exec.unavailable',
          (v) => unanswered(v, { baseURL: `http://127.0.0.1:${api.closedPort}` }),
        ],
        ['no-answer', 'exec.timeout', (v) => unanswered(v, { timeout: v.integer(40, 90) })],
      ]),
    }
  },
}
