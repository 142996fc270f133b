import { server as framework } from '@hapi/hapi'
import joi from 'joi'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { provocations, type Source } from '../provocation.ts'

/** The answers that hapi gives by itself: `{ statusCode, error, message }`. */
export const hapi: Source = {
  tool: 'hapi',
  languages: ['en'],
  async open() {
    const app = framework({
      port: 0,
      host: '127.0.0.1',
      debug: false,
      routes: { payload: { maxBytes: 2_000 } },
    })
    const failAction = (_: unknown, __: unknown, error?: Error) => {
      throw error
    }
    const order = joi.object({
      item: joi.string().required(),
      count: joi.number().integer().min(1).required(),
      size: joi.valid('small', 'large'),
    })
    app.route([
      {
        method: 'POST',
        path: '/orders',
        handler: () => ({ ok: true }),
        options: { validate: { payload: order, failAction } },
      },
      {
        method: 'GET',
        path: '/page',
        handler: () => [],
        options: { validate: { query: joi.object({ limit: joi.number().max(100) }), failAction } },
      },
      { method: 'GET', path: '/crash/{id}', handler: () => (undefined as unknown as { id: string }).id },
    ])
    await app.start()
    const send = (body: HttpCall['body']): HttpCall => ({
      path: '/orders',
      ...(body === undefined ? {} : { body }),
    })
    return {
      close: () => app.stop({ timeout: 1 }),
      provocations: provocations<HttpCall>(httpTool(app.info.uri), [
        ['missing', 'contract.missing_param', (v) => send({ count: v.integer(1, 9) })],
        ['type-number', 'contract.type', (v) => send({ item: v.name(), count: v.word() })],
        ['type-string', 'contract.type', (v) => send({ item: v.integer(1, 99), count: 1 })],
        ['minimum', 'contract.value', (v) => send({ item: v.name(), count: -v.integer(1, 99) })],
        ['enum', 'contract.value', (v) => send({ item: v.name(), count: 1, size: v.word() })],
        ['extra', 'contract.misnamed_param', (v) => send({ item: v.name(), count: 1, [`${v.name()}_x`]: 1 })],
        ['query-maximum', 'contract.value', (v) => ({ path: `/page?limit=${v.integer(101, 999)}` })],
        ['query-extra', 'contract.misnamed_param', (v) => ({ path: `/page?${v.name()}_x=1` })],
        ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.id().replace('#', '')}` })],
        [
          'media-type',
          'contract.value',
          (v) => ({ ...send(v.phrase()), headers: { 'content-type': `x/${v.word()}` } }),
        ],
        ['malformed', 'parse.malformed_json', (v) => send(`{"item": ${v.word()}}`)],
        ['too-large', 'result.oversize', (v) => send({ item: v.word().repeat(900) })],
        ['crash', 'exec.unavailable', (v) => ({ path: `/crash/${v.id().replace('#', '')}` })],
        ['bad-cookie', 'contract.value', (v) => ({ path: '/page', headers: { cookie: v.phrase() } })],
      ]),
    }
  },
}
