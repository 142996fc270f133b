import type { Category, JsonObject } from '@lifeharness/core'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'

type Answer = readonly [status: number, body: JsonObject | string]

/** The shapes in which well-known kinds of API wrap their errors, on a plain `node:http` server. */
const ANSWERS: readonly (readonly [string, Category, (v: Vary) => Answer])[] = [
  [
    'problem-json',
    'state.not_found',
    (v) => [
      404,
      {
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: `No ${v.word()} with id ${v.id()}`,
        instance: v.path(),
      },
    ],
  ],
  [
    'typed-error',
    'contract.missing_param',
    (v) => [
      400,
      {
        error: {
          type: 'invalid_request_error',
          code: 'parameter_missing',
          message: `Missing required param: ${v.name()}.`,
          param: v.name(),
        },
      },
    ],
  ],
  [
    'typed-unknown',
    'contract.misnamed_param',
    (v) => [
      400,
      {
        error: {
          type: 'invalid_request_error',
          code: 'parameter_unknown',
          message: `Received unknown parameter: ${v.name()}`,
        },
      },
    ],
  ],
  [
    'status-object',
    'auth.denied',
    (v) => [
      403,
      {
        error: {
          code: 403,
          message: `The caller does not have permission to read ${v.name()}`,
          status: 'PERMISSION_DENIED',
        },
      },
    ],
  ],
  [
    'bad-credentials',
    'auth.denied',
    (v) => [
      401,
      { message: 'Bad credentials', documentation_url: `https://docs.test/${v.word()}`, status: '401' },
    ],
  ],
  [
    'rate-limit',
    'exec.rate_limited',
    (v) => [
      429,
      { error: 'Too Many Requests', message: `Rate limit reached, retry in ${v.integer(1, 90)}s` },
    ],
  ],
  [
    'conflict',
    'state.conflict',
    (v) => [
      409,
      {
        errors: [
          {
            code: 'conflict',
            title: `${v.word()} ${v.id()} is already ${v.pick(['cancelled', 'cancelled'])}`,
          },
        ],
      },
    ],
  ],
  [
    'unprocessable',
    'contract.value',
    (v) => [
      422,
      { message: 'Validation Failed', errors: [{ resource: v.word(), field: v.name(), code: 'invalid' }] },
    ],
  ],
  [
    'gone',
    'state.not_found',
    (v) => [
      410,
      {
        error: 'gone',
        message: `The ${v.word()} was deleted on 2024-0${v.integer(1, 9)}-1${v.integer(0, 9)}`,
      },
    ],
  ],
  [
    'unavailable-html',
    'exec.unavailable',
    (v) => [
      503,
      `<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>${v.word()}/1.${v.integer(1, 30)}</center></body></html>`,
    ],
  ],
  [
    'bad-gateway',
    'exec.unavailable',
    (v) => [502, { error: { message: 'Bad gateway', request_id: `req_${v.integer(1e6, 9e6)}${v.word()}` } }],
  ],
  [
    'server-error',
    'exec.unavailable',
    (v) => [500, { message: 'Internal server error', requestId: `${v.integer(1e6, 9e6)}-${v.word()}` }],
  ],
  ['timeout', 'exec.timeout', (v) => [408, { error: 'Request Timeout', waited_ms: v.integer(100, 9_999) }]],
  [
    'precondition',
    'state.precondition',
    (v) => [
      412,
      { error: 'precondition_failed', detail: `etag "${v.word()}${v.integer(1, 99)}" does not match` },
    ],
  ],
  [
    'graphql',
    'contract.value',
    (v) => [
      200,
      {
        errors: [
          {
            message: `Cannot query field "${v.name()}" on type "${v.word()}".`,
            locations: [{ line: v.integer(1, 9), column: v.integer(1, 40) }],
          },
        ],
        data: null,
      },
    ],
  ],
  [
    'soft-not-found',
    'state.not_found',
    (v) => [200, { success: false, error: `${v.word()} ${v.id()} not found` }],
  ],
  [
    'payment',
    'state.precondition',
    (v) => [
      402,
      {
        error: {
          message: `Insufficient balance: ${v.integer(1, 99)}.50 EUR available`,
          code: 'payment_required',
        },
      },
    ],
  ],
]

export const httpApi: Source = {
  tool: 'http-api',
  languages: ['en'],
  async open() {
    const answers = new Map<string, Answer>()
    const { url, close } = await localServer((request, response) => {
      const [status, body] = answers.get(request.url ?? '') ?? [200, {}]
      const type = typeof body === 'string' ? 'text/html' : 'application/json'
      response.writeHead(status, { 'content-type': type })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
    return {
      close,
      provocations: provocations<HttpCall>(
        httpTool(url),
        ANSWERS.map(([template, category, answer]) => [
          template,
          category,
          (v) => {
            const path = `/${v.word()}/${template}/${v.index}`
            answers.set(path, answer(v))
            return { path }
          },
        ]),
      ),
    }
  },
}
