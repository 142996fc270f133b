import { createServer } from 'node:http'
import {
  Conflict,
  Unavailable as Down,
  Forbidden,
  NotAuthenticated,
  Timeout,
  TooManyRequests,
} from '@feathersjs/errors'
import express, { errorHandler, json, notFound, rest } from '@feathersjs/express'
import { feathers as framework, type HookContext } from '@feathersjs/feathers'
import { MemoryService } from '@feathersjs/memory'
import { Ajv, getValidator, validateData } from '@feathersjs/schema'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'

const order = {
  $id: 'Order',
  type: 'object',
  additionalProperties: false,
  required: ['item'],
  properties: { item: { type: 'string' }, count: { type: 'integer' }, size: { enum: ['small', 'large'] } },
} as const

/** What a Feathers application answers by its services, its hooks and its errors. */
export const feathers: Source = {
  tool: 'feathers',
  languages: ['en'],
  async open() {
    const app = express.default(framework())
    app.use(json())
    app.configure(rest())
    app.use(
      'orders',
      new MemoryService({
        multi: false,
        paginate: { default: 2, max: 2 },
        startId: 2,
        store: { 1: { id: 1, item: 'a' } },
      }),
    )
    app.use('reports', { find: async () => [] })
    app.use(notFound())
    app.use(errorHandler({ logger: false as never, html: false as never }))
    const refusals: Readonly<Record<string, () => Error>> = {
      stranger: () => new NotAuthenticated(),
      reader: () => new Forbidden(),
      closed: () => new Conflict(),
      busy: () => new TooManyRequests(),
      down: () => new Down(),
      late: () => new Timeout(),
    }
    app.service('orders').hooks({
      before: {
        all: async ({ params }: HookContext) => {
          const why = refusals[String(params.headers?.['x-as'])]
          if (why) throw why()
        },
        create: [validateData(getValidator(order, new Ajv()) as never)],
      },
    })
    const server = createServer()
    const { url, close } = await localServer(undefined, server)
    await app.setup(server)
    server.on('request', app as never)
    const as = (who: string, path: string): HttpCall => ({ path, headers: { 'x-as': who } })
    return {
      close,
      provocations: provocations<HttpCall>(httpTool(url), [
        ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.integer(2, 99)}` })],
        ['no-order', 'state.not_found', (v) => ({ path: `/orders/${v.integer(50, 999)}` })],
        ['remove', 'contract.value', (v) => ({ method: 'DELETE', path: `/orders?item=${v.word()}` })],
        ['method', 'contract.value', (v) => ({ path: '/reports', body: { item: v.word() } })],
        [
          'missing',
          'contract.missing_param',
          (v) => ({ path: '/orders', body: { count: v.integer(2, 99) } }),
        ],
        ['type', 'contract.type', (v) => ({ path: '/orders', body: { item: 'a', count: v.word() } })],
        [
          'unknown',
          'contract.misnamed_param',
          (v) => ({ path: '/orders', body: { item: 'a', [`${v.name()}_x`]: 1 } }),
        ],
        ['enum', 'contract.value', (v) => ({ path: '/orders', body: { item: 'a', size: v.word() } })],
        ['stranger', 'auth.denied', (v) => as('stranger', `/orders/${v.integer(2, 99)}`)],
        ['forbidden', 'auth.denied', (v) => as('reader', `/orders/${v.integer(2, 99)}`)],
        ['conflict', 'state.conflict', (v) => as('closed', `/orders/${v.integer(2, 99)}`)],
        ['too-many', 'exec.rate_limited', (v) => as('busy', `/orders/${v.integer(2, 99)}`)],
        ['down', 'exec.unavailable', (v) => as('down', `/orders/${v.integer(2, 99)}`)],
        ['late', 'exec.timeout', (v) => as('late', `/orders/${v.integer(2, 99)}`)],
      ]),
    }
  },
}
