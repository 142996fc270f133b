import ky from 'ky'
import nodeFetch from 'node-fetch'
import superagent from 'superagent'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

/** Three clients of HTTP, and a server which answers with the status that an address names, or not at all. */
export const httpClients: Source = {
  tool: 'http-clients',
  languages: ['en'],
  async open() {
    const server = await localServer((request, response) => {
      const [, what, rest] = (request.url ?? '').split('/')
      if (what === 'text') response.end(decodeURIComponent(rest ?? ''))
      else if (what === 'loop') response.writeHead(302, { location: request.url }).end()
      else if (what === 'cut') response.socket?.destroy()
      else if (what === 'json')
        response.writeHead(200, { 'content-type': 'application/json' }).end(`{"a": ${rest}`)
      else if (Number(what)) response.writeHead(Number(what)).end()
    })
    const { url } = server
    const at = (path: string) => (path.startsWith('/') ? url + path : path)
    const kyAt = (path: string, how: object = {}) => ky(at(path), { retry: 0, timeout: 2_000, ...how })
    const functions = {
      ky: (path: string, how?: object) => kyAt(path, how).text(),
      superagent: (path: string, timeout = 2_000) => superagent.get(at(path)).timeout(timeout).redirects(2),
      superagentSend: (path: string, size: number) => superagent.get(at(path)).maxResponseSize(size),
      nodeFetch: (path: string, how?: object) => nodeFetch(at(path), how).then((answer) => answer.text()),
      nodeFetchJson: (path: string) => nodeFetch(at(path)).then((answer) => answer.json()),
    }
    return {
      close: () => server.close(),
      provocations: functionProvocations(functions, [
        ['ky-404', 'state.not_found', (v) => ['ky', `/404/${v.word()}`]],
        ['ky-401', 'auth.denied', (v) => ['ky', `/401/${v.word()}`]],
        ['ky-409', 'state.conflict', (v) => ['ky', `/409/${v.word()}`, { method: 'put' }]],
        ['ky-422', 'contract.value', (v) => ['ky', `/422/${v.word()}`, { method: 'post' }]],
        ['ky-429', 'exec.rate_limited', (v) => ['ky', `/429/${v.word()}`]],
        ['ky-503', 'exec.unavailable', (v) => ['ky', `/503/${v.word()}`]],
        ['ky-late', 'exec.timeout', (v) => ['ky', `/never/${v.word()}`, { timeout: v.integer(40, 90) }]],
        ['ky-url', 'contract.value', (v) => ['ky', `${v.word()}//${v.word()}`]],
        ['ky-method', 'contract.value', (v) => ['ky', '/200', { method: `${v.word()} x` }]],
        ['ky-refused', 'exec.unavailable', (v) => ['ky', `http://127.0.0.1:${v.integer(2, 6)}/a`]],
        ['superagent-404', 'state.not_found', (v) => ['superagent', `/404/${v.word()}`]],
        ['superagent-403', 'auth.denied', (v) => ['superagent', `/403/${v.word()}`]],
        ['superagent-413', 'result.oversize', (v) => ['superagent', `/413/${v.word()}`]],
        ['superagent-429', 'exec.rate_limited', (v) => ['superagent', `/429/${v.word()}`]],
        ['superagent-500', 'exec.unavailable', (v) => ['superagent', `/500/${v.word()}`]],
        ['superagent-late', 'exec.timeout', (v) => ['superagent', `/never/${v.word()}`, v.integer(40, 90)]],
        ['superagent-json', 'result.contract', (v) => ['superagent', `/json/${v.word()}`]],
        [
          'superagent-large',
          'result.oversize',
          (v) => ['superagentSend', `/text/${v.word()}`, v.integer(2, 3)],
        ],
        ['superagent-cut', 'exec.unavailable', (v) => ['superagent', `/cut/${v.word()}`]],
        ['node-fetch-url', 'contract.value', (v) => ['nodeFetch', `${v.word()}//${v.word()}`]],
        ['node-fetch-scheme', 'contract.value', (v) => ['nodeFetch', `${v.word()}x://127.0.0.1/`]],
        ['node-fetch-body', 'contract.value', (v) => ['nodeFetch', '/200', { body: v.word() }]],
        ['node-fetch-json', 'result.contract', (v) => ['nodeFetchJson', `/text/${v.word()}`]],
        [
          'node-fetch-refused',
          'exec.unavailable',
          (v) => ['nodeFetch', `http://127.0.0.1:${v.integer(2, 9)}/${v.word()}`],
        ],
        ['node-fetch-resolve', 'exec.unavailable', (v) => ['nodeFetch', `http://${v.word()}.invalid/`]],
        ['node-fetch-cut', 'exec.unavailable', (v) => ['nodeFetch', `/cut/${v.word()}`]],
        [
          'node-fetch-large',
          'result.oversize',
          (v) => ['nodeFetch', `/text/${v.phrase()}`, { size: v.integer(2, 3) }],
        ],
      ]),
    }
  },
}
