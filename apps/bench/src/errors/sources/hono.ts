import { serve } from '@hono/node-server'
import type { JsonObject } from '@lifeharness/core'
import { Hono } from 'hono'
import { basicAuth } from 'hono/basic-auth'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { jwt } from 'hono/jwt'
import { timeout } from 'hono/timeout'
import { validator } from 'hono/validator'
import { httpTool } from '../http-tool.ts'
import { provocations, type Source } from '../provocation.ts'

/** The answers that Hono and its middleware give by themselves. */
export const hono: Source = {
  tool: 'hono',
  languages: ['en'],
  async open() {
    const app = new Hono()
    // It writes every error to the console otherwise.
    app.onError((error, context) =>
      error instanceof HTTPException ? error.getResponse() : context.text('Internal Server Error', 500),
    )
    app.use('/basic/*', basicAuth({ username: 'a', password: 'b' }))
    app.use('/token/*', jwt({ secret: 'secret', alg: 'HS256' }))
    app.use('/small', bodyLimit({ maxSize: 1_000 }))
    app.use('/slow/*', timeout(40))
    app.get('/basic/:id', (context) => context.text('x'))
    app.get('/token/:id', (context) => context.text('x'))
    app.post('/small', (context) => context.text('x'))
    app.get('/slow/:id', () => new Promise<Response>(() => {}))
    app.post(
      '/json',
      validator('json', (value: JsonObject) => value),
      (context) => context.text('x'),
    )
    app.get('/conflict/:id', (context) => {
      throw new HTTPException(409, { message: `Order ${context.req.param('id')} was already sent` })
    })
    app.get('/gone/:id', (context) => {
      throw new HTTPException(404, { message: `Order ${context.req.param('id')} is not here` })
    })
    app.get('/crash/:id', (context) => {
      const rows = new Map<string, { total: number }>()
      return context.text((rows.get(context.req.param('id')) as { total: number }).total.toFixed())
    })
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const plain = (id: string) => id.replace('#', '')
    return {
      close: () =>
        new Promise((resolve) => {
          if ('closeAllConnections' in server) server.closeAllConnections()
          server.close(() => resolve())
        }),
      provocations: provocations(httpTool(`http://127.0.0.1:${port}`), [
        ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${plain(v.id())}` })],
        ['no-route', 'state.not_found', (v) => ({ method: v.pick(['PUT', 'DELETE']), path: `/${v.word()}` })],
        ['unauthorized', 'auth.denied', (v) => ({ path: `/basic/${plain(v.id())}` })],
        [
          'unauthorized',
          'auth.denied',
          (v) => ({ path: '/basic/1', headers: { authorization: `Basic ${btoa(`a:${v.word()}`)}` } }),
        ],
        ['unauthorized', 'auth.denied', (v) => ({ path: `/token/${plain(v.id())}` })],
        [
          'unauthorized',
          'auth.denied',
          (v) => ({ path: '/token/1', headers: { authorization: `Bearer ${v.word()}.${v.word()}` } }),
        ],
        [
          'too-large',
          'result.oversize',
          (v) => ({ path: '/small', body: { [v.name()]: v.word().repeat(400) } }),
        ],
        ['timed-out', 'exec.timeout', (v) => ({ path: `/slow/${plain(v.id())}` })],
        [
          'malformed',
          'parse.malformed_json',
          (v) => ({ path: '/json', body: `{"${v.name()}": ${v.word()}}` }),
        ],
        ['conflict', 'state.conflict', (v) => ({ path: `/conflict/${plain(v.id())}` })],
        ['not-here', 'state.not_found', (v) => ({ path: `/gone/${plain(v.id())}` })],
        ['crash', 'exec.unavailable', (v) => ({ path: `/crash/${plain(v.id())}` })],
      ]),
    }
  },
}
