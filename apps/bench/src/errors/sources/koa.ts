import { createServer } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import Framework from 'koa'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'

/** The answers that Koa and its body parser give by themselves: short texts. */
export const koa: Source = {
  tool: 'koa',
  languages: ['en'],
  async open() {
    const app = new Framework()
    app.silent = true
    app.use(bodyParser({ jsonLimit: '2kb' }))
    app.use((context) => {
      const [, what = '', id = ''] = context.path.split('/')
      const body = (context.request.body ?? {}) as { item?: string }
      if (what === 'orders') {
        if (!body.item) context.throw(422, 'item is required')
        context.body = { ok: true }
      } else if (what === 'private') context.throw(401)
      else if (what === 'forbidden') context.throw(403, `${id} is of another customer`)
      else if (what === 'sent') context.throw(409, `Order ${id} was already sent`)
      else if (what === 'busy') context.throw(429)
      else if (what === 'crash') context.body = (undefined as unknown as { id: string }).id
      else if (what === 'down') context.throw(503)
    })
    const { url, close } = await localServer(undefined, createServer(app.callback()))
    const plain = (id: string) => id.replace('#', '')
    return {
      close,
      provocations: provocations<HttpCall>(httpTool(url), [
        ['no-route', 'state.not_found', (v) => ({ path: `/x${v.word()}/${plain(v.id())}` })],
        [
          'missing',
          'contract.missing_param',
          (v) => ({ path: '/orders', body: { [`${v.name()}_x`]: v.word() } }),
        ],
        [
          'malformed',
          'parse.malformed_json',
          (v) => ({ path: '/orders', body: `{"${v.name()}": ${v.word()}}` }),
        ],
        ['too-large', 'result.oversize', (v) => ({ path: '/orders', body: { item: v.word().repeat(900) } })],
        ['unauthorized', 'auth.denied', (v) => ({ path: `/private/${plain(v.id())}` })],
        ['forbidden', 'auth.denied', (v) => ({ path: `/forbidden/${plain(v.id())}` })],
        ['conflict', 'state.conflict', (v) => ({ path: `/sent/${plain(v.id())}` })],
        ['busy', 'exec.rate_limited', (v) => ({ path: `/busy/${plain(v.id())}` })],
        ['crash', 'exec.unavailable', (v) => ({ path: `/crash/${plain(v.id())}` })],
        ['down', 'exec.unavailable', (v) => ({ path: `/down/${plain(v.id())}` })],
      ]),
    }
  },
}
