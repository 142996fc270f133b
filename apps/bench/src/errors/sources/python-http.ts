import type { JsonObject } from '@lifeharness/core'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import asyncio
import aiohttp, httpx
async def fetch(method, url, shown, **more):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.3)) as session:
        async with session.request(method, url, **more) as answer:
            answer.raise_for_status()
            await (answer.json() if shown == "json" else answer.text())
def act(client, url, method="GET", shown="text", **more):
    if client == "aiohttp":
        asyncio.run(fetch(method, url, shown, **more))
    else:
        answer = httpx.request(method, url, timeout=0.3, **more)
        answer.raise_for_status()
        if shown == "json": answer.json()
def told(error):
    return f"{type(error).__name__}: {error}"
`

/** Requests by httpx and aiohttp. */
export const pythonHttp: Source = {
  tool: 'python-http',
  languages: ['en'],
  async open({ dir }) {
    const python = await pythonSession(dir, { modules: 'aiohttp, httpx', prelude: PRELUDE })
    const server = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'html') response.setHeader('content-type', 'text/html').end('<html>')
      else if (what === 'text') response.setHeader('content-type', 'application/json').end('{"a": ')
      else if (what === 'cut')
        response.writeHead(200, { 'content-length': 99 }).write('a', () => request.socket.destroy())
      else if (what === 'closed') request.socket.destroy()
      // Any other path is never answered.
    })
    const by =
      (client: string) =>
      (path: string, more: JsonObject = {}) => ({
        client,
        url: path.startsWith('/') ? server.url + path : path,
        ...more,
      })
    const [httpx, aiohttp] = [by('httpx'), by('aiohttp')]
    const json = { shown: 'json' }
    return {
      close: async () => {
        python.close()
        await server.close()
      },
      provocations: provocations(python.provoke, [
        ['httpx-404', 'state.not_found', (v) => httpx(`/status/404?${v.word()}`)],
        ['httpx-401', 'auth.denied', (v) => httpx(`/status/401?${v.word()}`)],
        ['httpx-409', 'state.conflict', (v) => httpx(`/status/409?${v.word()}`, { method: 'PUT' })],
        ['httpx-422', 'contract.value', (v) => httpx(`/status/422?${v.word()}`, { method: 'POST' })],
        ['httpx-429', 'exec.rate_limited', (v) => httpx(`/status/429?${v.word()}`)],
        ['httpx-503', 'exec.unavailable', (v) => httpx(`/status/503?${v.word()}`)],
        [
          'httpx-refused',
          'exec.unavailable',
          (v) => httpx(`http://127.0.0.1:${v.integer(2, 8)}/${v.word()}`),
        ],
        ['httpx-host', 'exec.unavailable', (v) => httpx(`http://${v.word()}.invalid/`)],
        ['httpx-late', 'exec.timeout', (v) => httpx(`/${v.word()}`)],
        ['httpx-closed', 'exec.unavailable', (v) => httpx(`/closed/${v.word()}`)],
        ['httpx-cut', 'exec.unavailable', (v) => httpx(`/cut/${v.word()}`)],
        ['httpx-no-scheme', 'contract.value', (v) => httpx(`${v.word()}.example/${v.word()}`)],
        ['httpx-scheme', 'contract.value', (v) => httpx(`ftp://${v.word()}.example/`)],
        ['httpx-html', 'result.contract', (v) => httpx(`/html/${v.word()}`, json)],
        ['aiohttp-404', 'state.not_found', (v) => aiohttp(`/status/404?${v.word()}`)],
        ['aiohttp-403', 'auth.denied', (v) => aiohttp(`/status/403?${v.word()}`)],
        ['aiohttp-429', 'exec.rate_limited', (v) => aiohttp(`/status/429?${v.word()}`)],
        ['aiohttp-502', 'exec.unavailable', (v) => aiohttp(`/status/502?${v.word()}`)],
        [
          'aiohttp-refused',
          'exec.unavailable',
          (v) => aiohttp(`http://127.0.0.1:${v.integer(2, 8)}/${v.word()}`),
        ],
        ['aiohttp-late', 'exec.timeout', (v) => aiohttp(`/${v.word()}`)],
        ['aiohttp-closed', 'exec.unavailable', (v) => aiohttp(`/closed/${v.word()}`)],
        ['aiohttp-cut', 'exec.unavailable', (v) => aiohttp(`/cut/${v.word()}`)],
        ['aiohttp-url', 'contract.value', (v) => aiohttp(`${v.word()}/${v.word()}`)],
        ['aiohttp-html', 'result.contract', (v) => aiohttp(`/html/${v.word()}`, json)],
      ]),
    }
  },
}
