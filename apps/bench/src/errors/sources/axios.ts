import type { JsonObject } from '@lifeharness/core'
import client, { type AxiosRequestConfig } from 'axios'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** What the HTTP client throws: its own messages, whatever the server said. */
export const axios: Source = {
  tool: 'axios',
  languages: ['en'],
  async open() {
    const { url, port, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('{"detail":"no"}')
      else if (what === 'reset') request.socket.destroy()
      else if (what === 'loop') response.writeHead(302, { location: `/loop/${rest}` }).end()
      else if (what === 'large') response.end('x'.repeat(5_000))
      // Any other path is never answered.
    })
    const call = (address: string, options: AxiosRequestConfig = {}) => ({
      input: { url: address, ...(options.data ? { data: options.data as JsonObject } : {}) },
      act: async () => (await client({ url: address, ...options })).data,
    })
    return {
      close,
      provocations: provocations(thrownBy, [
        ['status-404', 'state.not_found', (v) => call(`${url}/status/404?${v.word()}`)],
        ['status-denied', 'auth.denied', (v) => call(`${url}/status/401?${v.word()}`)],
        ['status-denied', 'auth.denied', (v) => call(`${url}/status/403?${v.word()}`)],
        ['status-409', 'state.conflict', (v) => call(`${url}/status/409?${v.word()}`, { method: 'PUT' })],
        [
          'status-422',
          'contract.value',
          (v) => call(`${url}/status/422?${v.word()}`, { method: 'POST', data: { [v.name()]: 1 } }),
        ],
        ['status-429', 'exec.rate_limited', (v) => call(`${url}/status/429?${v.word()}`)],
        ['status-5xx', 'exec.unavailable', (v) => call(`${url}/status/500?${v.word()}`)],
        ['status-5xx', 'exec.unavailable', (v) => call(`${url}/status/503?${v.word()}`)],
        ['timed-out', 'exec.timeout', (v) => call(`${url}/slow/${v.word()}`, { timeout: v.integer(30, 90) })],
        ['refused', 'exec.unavailable', (v) => call(`http://127.0.0.1:${v.integer(2, 6)}/${v.word()}`)],
        ['resolve', 'exec.unavailable', (v) => call(`http://${v.word()}-${v.word()}.invalid/`)],
        ['reset', 'exec.unavailable', (v) => call(`${url}/reset/${v.word()}`)],
        ['redirects', 'exec.unavailable', (v) => call(`${url}/loop/${v.word()}`)],
        ['url', 'contract.value', (v) => call(`http://${v.phrase()}:x`)],
        ['scheme', 'contract.value', (v) => call(`${v.word()}://${v.word()}/`)],
        [
          'response-size',
          'result.oversize',
          (v) => call(`${url}/large/${v.word()}`, { maxContentLength: v.integer(100, 900) }),
        ],
        ['tls', 'exec.unavailable', (v) => call(`https://127.0.0.1:${port}/${v.word()}`)],
      ]),
    }
  },
}
