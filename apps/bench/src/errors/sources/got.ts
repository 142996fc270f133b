import client, { type OptionsInit } from 'got'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

/** What the HTTP client throws: its own messages, whatever the server said. */
export const got: Source = {
  tool: 'got',
  languages: ['en'],
  async open() {
    const { url, port, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('{"detail":"no"}')
      else if (what === 'reset') request.socket.destroy()
      else if (what === 'loop') response.writeHead(302, { location: `/loop/${rest}` }).end()
      else if (what === 'html') response.end(`<!DOCTYPE html><title>${rest}</title>`)
      // Any other path is never answered.
    })
    const call = (address: string, options: OptionsInit = {}) => ({
      input: { url: address },
      act: async () => (await client(address, { retry: { limit: 0 }, ...options } as OptionsInit)) as unknown,
    })
    return {
      close,
      provocations: provocations(thrownBy, [
        ['status-404', 'state.not_found', (v) => call(`${url}/status/404?${v.word()}`)],
        ['status-401', 'auth.denied', (v) => call(`${url}/status/401?${v.word()}`)],
        ['status-403', 'auth.denied', (v) => call(`${url}/status/403?${v.word()}`)],
        ['status-409', 'state.conflict', (v) => call(`${url}/status/409?${v.word()}`, { method: 'PUT' })],
        ['status-422', 'contract.value', (v) => call(`${url}/status/422?${v.word()}`, { method: 'POST' })],
        ['status-429', 'exec.rate_limited', (v) => call(`${url}/status/429?${v.word()}`)],
        ['status-500', 'exec.unavailable', (v) => call(`${url}/status/500?${v.word()}`)],
        ['status-503', 'exec.unavailable', (v) => call(`${url}/status/503?${v.word()}`)],
        [
          'timed-out',
          'exec.timeout',
          (v) => call(`${url}/slow/${v.word()}`, { timeout: { request: v.integer(60, 150) } }),
        ],
        ['refused', 'exec.unavailable', (v) => call(`http://127.0.0.1:${v.integer(2, 6)}/${v.word()}`)],
        ['resolve', 'exec.unavailable', (v) => call(`http://${v.word()}-${v.word()}.invalid/`)],
        ['reset', 'exec.unavailable', (v) => call(`${url}/reset/${v.word()}`)],
        ['redirects', 'exec.unavailable', (v) => call(`${url}/loop/${v.word()}`)],
        ['url', 'contract.value', (v) => call(v.phrase())],
        ['scheme', 'contract.value', (v) => call(`${v.word()}://${v.word()}/`)],
        ['html', 'result.contract', (v) => call(`${url}/html/${v.word()}`, { responseType: 'json' })],
        ['option', 'contract.misnamed_param', (v) => call(url, { [`${v.name()}_x`]: 1 } as OptionsInit)],
        ['option-type', 'contract.type', (v) => call(url, { json: {}, method: v.integer(1, 9) as never })],
        ['tls', 'exec.unavailable', (v) => call(`https://127.0.0.1:${port}/${v.word()}`)],
      ]),
    }
  },
}
