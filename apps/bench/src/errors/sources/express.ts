import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import framework from 'express'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'

/** The answers that Express and its middleware give by themselves: pages of HTML. */
export const express: Source = {
  tool: 'express',
  languages: ['en'],
  async open({ dir }) {
    const app = framework()
    await mkdir(join(dir, 'files'))
    await writeFile(join(dir, 'files', 'plain.txt'), 'text')
    // It writes every error to the console otherwise.
    app.set('env', 'test')
    app.use(framework.json({ limit: 2_000 }))
    app.post('/orders', (_, response) => void response.json({ ok: true }))
    app.get('/items/:id', (_, response) => void response.format({ 'text/plain': () => response.send('x') }))
    app.use('/files', framework.static(join(dir, 'files'), { dotfiles: 'deny', fallthrough: false }))
    const { url, close } = await localServer(undefined, createServer(app))
    return {
      close,
      provocations: provocations<HttpCall>(httpTool(url), [
        ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.id().replace('#', '')}` })],
        [
          'no-route',
          'state.not_found',
          (v) => ({ method: v.pick(['PUT', 'DELETE', 'PATCH']), path: `/${v.word()}` }),
        ],
        [
          'malformed',
          'parse.malformed_json',
          (v) => ({ path: '/orders', body: `{"${v.name()}": ${v.word()}}` }),
        ],
        [
          'too-large',
          'result.oversize',
          (v) => ({ path: '/orders', body: { [v.name()]: v.word().repeat(900) } }),
        ],
        [
          'charset',
          'contract.value',
          (v) => ({
            path: '/orders',
            body: '{}',
            headers: { 'content-type': `application/json; charset=${v.word()}` },
          }),
        ],
        [
          'encoding',
          'contract.value',
          (v) => ({ path: '/orders', body: '{}', headers: { 'content-encoding': v.word() } }),
        ],
        ['bad-url', 'contract.value', (v) => ({ path: `/items/%z${v.word()}` })],
        [
          'not-acceptable',
          'contract.value',
          (v) => ({ path: `/items/${v.integer(1, 99)}`, headers: { accept: `image/${v.word()}` } }),
        ],
        ['file-missing', 'state.not_found', (v) => ({ path: `/files/${v.file()}` })],
        ['file-forbidden', 'auth.denied', (v) => ({ path: `/files/.${v.word()}` })],
        [
          'precondition',
          'state.precondition',
          (v) => ({ path: '/files/plain.txt', headers: { 'if-match': `"${v.word()}"` } }),
        ],
        [
          'range',
          'contract.value',
          (v) => ({ path: '/files/plain.txt', headers: { range: `bytes=${v.integer(100, 900)}-` } }),
        ],
      ]),
    }
  },
}
