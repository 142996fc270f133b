import type { JsonObject } from '@lifeharness/core'
import OpenAi, { type ClientOptions } from 'openai'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** The client library of a model's service, whose errors are typed by status; the server answers in its shape. */
export const openai: Source = {
  tool: 'openai',
  languages: ['en'],
  async open() {
    const answers = new Map<string, [status: number, body: JsonObject | undefined]>()
    const { url, close } = await localServer((request, response) => {
      const found = answers.get(request.url?.split('/')[1] ?? '')
      if (found)
        response
          .writeHead(found[0], { 'content-type': 'application/json' })
          .end(found[1] ? JSON.stringify(found[1]) : '')
      // Any other path is never answered.
    })
    const call = (model: string, options: ClientOptions) => ({
      input: { model },
      act: async () =>
        new OpenAi({ apiKey: 'sk-x', maxRetries: 0, ...options }).chat.completions.create({
          model,
          messages: [{ role: 'user', content: 'x' }],
        }),
    })
    const answered = (model: string, status: number, error?: JsonObject) => {
      answers.set(`${status}${error?.code ?? ''}`, [status, error && { error }])
      return call(model, { baseURL: `${url}/${status}${error?.code ?? ''}` })
    }
    return {
      close,
      provocations: provocations(thrownBy, [
        [
          'key',
          'auth.denied',
          (v) =>
            answered(v.name(), 401, {
              message: `Incorrect API key provided: sk-${v.word()}.`,
              type: 'invalid_request_error',
              param: null,
              code: 'invalid_api_key',
            }),
        ],
        [
          'model',
          'state.not_found',
          (v) => {
            const m = v.name()
            return answered(m, 404, {
              message: `The model \`${m}\` does not exist or you do not have access to it.`,
              type: 'invalid_request_error',
              param: null,
              code: 'model_not_found',
            })
          },
        ],
        [
          'rate-limit',
          'exec.rate_limited',
          (v) =>
            answered(v.name(), 429, {
              message: `Rate limit reached for requests: limit ${v.integer(3, 90)} / min. Please try again in ${v.integer(2, 20)}s.`,
              type: 'requests',
              param: null,
              code: 'rate_limit_exceeded',
            }),
        ],
        ['server', 'exec.unavailable', (v) => answered(v.name(), 500)],
        ['overloaded', 'exec.unavailable', (v) => answered(v.name(), 503)],
        ['not-found', 'state.not_found', (v) => answered(v.name(), 404)],
        ['forbidden', 'auth.denied', (v) => answered(v.name(), 403)],
        [
          'refused',
          'exec.unavailable',
          (v) => call(v.name(), { baseURL: `http://127.0.0.1:${v.integer(2, 6)}` }),
        ],
        [
          'timed-out',
          'exec.timeout',
          (v) => call(v.name(), { baseURL: `${url}/slow`, timeout: v.integer(40, 90) }),
        ],
      ]),
    }
  },
}
