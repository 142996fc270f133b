import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastify from 'fastify'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

const ORDER = {
  type: 'object',
  required: ['product', 'count'],
  properties: {
    product: { type: 'string' },
    count: { type: 'integer', minimum: 1 },
    size: { enum: ['S', 'M'] },
  },
} as const

/** A shop's HTTP API, described by OpenAPI, each of whose operations an MCP server makes a tool. */
export const mcpOpenapi: Source = {
  tool: 'mcp-openapi',
  languages: ['en'],
  async open({ dir }) {
    const app = fastify()
    app.post('/orders', { schema: { body: ORDER } }, async () => ({ id: 1 }))
    app.get<{ Params: { id: string } }>('/orders/:id', async ({ params: { id } }, reply) => {
      const status = { 4: 404, 3: 403, 9: 409, 2: 429, 5: 503 }[id[0] ?? ''] ?? 404
      const message = {
        404: `order ${id} does not exist`,
        403: 'orders of other customers may not be read',
        409: `order ${id} was cancelled already`,
        429: 'too many requests, wait 30 seconds',
        503: 'the warehouse does not answer',
      }[status]
      return reply.code(status).send({ code: status, message })
    })
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const answers = { 200: { description: 'x' } }
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
    const requestBody = { required: true, content: { 'application/json': { schema: ORDER } } }
    const spec = join(dir, 'openapi.json')
    await writeFile(
      spec,
      JSON.stringify({
        openapi: '3.0.0',
        info: { title: 'shop', version: '1' },
        paths: {
          '/orders': { post: { operationId: 'createOrder', requestBody, responses: answers } },
          '/orders/{id}': { get: { operationId: 'getOrder', parameters, responses: answers } },
          '/refunds': { get: { operationId: 'listRefunds', responses: answers } },
        },
      }),
    )
    const manifest = new URL('../package.json', import.meta.resolve('@ivotoby/openapi-mcp-server')).href
    const args = ['--api-base-url', url, '--openapi-spec', spec, '--disable-abbreviation', 'true']
    const { call, close } = await mcpServer(manifest, args, { cwd: dir })
    const get = (id: string): McpCall => ['get-order', { id }]
    return {
      close: async () => {
        await close()
        await app.close()
      },
      provocations: provocations<McpCall>(call, [
        ['no-order', 'state.not_found', (v) => get(`4${v.integer(100, 999)}`)],
        ['no-route', 'state.not_found', () => ['list-refunds', {}]],
        ['forbidden', 'auth.denied', (v) => get(`3${v.integer(100, 999)}`)],
        ['cancelled', 'state.conflict', (v) => get(`9${v.integer(100, 999)}`)],
        ['limited', 'exec.rate_limited', (v) => get(`2${v.integer(100, 999)}`)],
        ['down', 'exec.unavailable', (v) => get(`5${v.integer(100, 999)}`)],
        ['missing', 'contract.missing_param', (v) => ['create-order', { product: v.word() }]],
        ['integer', 'contract.type', (v) => ['create-order', { product: v.word(), count: v.word() }]],
        [
          'minimum',
          'contract.value',
          (v) => ['create-order', { product: v.word(), count: -v.integer(2, 99) }],
        ],
        [
          'one-of',
          'contract.value',
          (v) => ['create-order', { product: v.word(), count: 2, size: v.word() }],
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`delete-${v.word()}`, {}]],
      ]),
    }
  },
}
