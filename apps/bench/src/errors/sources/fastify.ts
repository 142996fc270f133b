import type { JsonObject } from '@lifeharness/core'
import Fastify from 'fastify'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { provocations, type Source } from '../provocation.ts'

const schema = {
  body: {
    type: 'object',
    required: ['item', 'count'],
    properties: {
      item: { type: 'string', minLength: 2, maxLength: 40 },
      count: { type: 'integer', minimum: 1 },
      size: { enum: ['small', 'large'] },
      due: { type: 'string', format: 'date' },
      address: { type: 'object' },
    },
  },
}

export const fastify: Source = {
  tool: 'fastify',
  languages: ['en'],
  async open() {
    const app = Fastify({ bodyLimit: 2_000, forceCloseConnections: true })
    app.post('/orders', { schema }, async () => ({ ok: true }))
    app.get('/crash/:id', async (request) => {
      const rows = new Map<string, { total: number }>()
      return (rows.get((request.params as { id: string }).id) as { total: number }).total.toFixed()
    })
    app.get(
      '/page',
      {
        schema: { querystring: { type: 'object', properties: { limit: { type: 'integer', maximum: 100 } } } },
      },
      async () => [],
    )
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const order = (body: HttpCall['body']): HttpCall => ({
      path: '/orders',
      ...(body === undefined ? {} : { body }),
    })
    return {
      close: () => app.close(),
      provocations: provocations<HttpCall>(httpTool(url), [
        [
          'missing',
          'contract.missing_param',
          (v) => order(v.pick<JsonObject>([{ item: v.name() }, { count: v.integer(1, 9) }])),
        ],
        ['type-integer', 'contract.type', (v) => order({ item: v.name(), count: v.word() })],
        ['type-object', 'contract.type', (v) => order({ item: v.name(), count: 1, address: v.phrase() })],
        ['enum', 'contract.value', (v) => order({ item: v.name(), count: 1, size: v.word() })],
        ['minimum', 'contract.value', (v) => order({ item: v.name(), count: -v.integer(0, 99) })],
        ['too-long', 'contract.value', (v) => order({ item: v.path().repeat(3), count: 1 })],
        [
          'format',
          'contract.value',
          (v) => order({ item: v.name(), count: 1, due: `${v.integer(1, 28)}/${v.integer(1, 12)}/2024` }),
        ],
        ['type-integer', 'contract.type', (v) => ({ path: `/page?limit=${v.word()}` })],
        ['query-maximum', 'contract.value', (v) => ({ path: `/page?limit=${v.integer(101, 999)}` })],
        ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.id().replace('#', '')}` })],
        [
          'no-route',
          'state.not_found',
          (v) => ({ method: v.pick(['PUT', 'DELETE', 'PATCH']), path: `/${v.word()}` }),
        ],
        [
          'media-type',
          'contract.value',
          (v) => ({ ...order(v.phrase()), headers: { 'content-type': `text/${v.word()}` } }),
        ],
        ['too-large', 'result.oversize', (v) => order({ item: v.word().repeat(800) })],
        ['empty-body', 'contract.missing_param', (v) => ({ ...order(''), headers: { 'x-id': v.word() } })],
        ['malformed', 'parse.malformed_json', (v) => order(`{"item": ${v.word()}}`)],
        ['bad-url', 'contract.value', (v) => ({ path: `/%${v.pick(['z', 'q', 'x'])}${v.word()}` })],
        ['crash', 'exec.unavailable', (v) => ({ path: `/crash/${v.id().replace('#', '')}` })],
      ]),
    }
  },
}
