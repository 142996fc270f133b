import type { Json } from '@lifeharness/core'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { thrownBy } from './node-fs.ts'

type Init = RequestInit & { json?: boolean }

/** What Node's own `fetch` throws. */
export const fetchTool: Source = {
  tool: 'fetch',
  languages: ['en'],
  async open() {
    const { url, port, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split('/')
      if (what === 'reset') request.socket.destroy()
      else if (what === 'partial') {
        response.writeHead(200, { 'content-length': 1_000 }).write('x')
        setTimeout(() => request.socket.destroy(), 20)
      } else if (what === 'loop') response.writeHead(302, { location: `/loop/${rest}` }).end()
      else if (what === 'html') response.end(`<!DOCTYPE html><title>${rest}</title>`)
      else if (what === 'garbage') request.socket.end('what\r\n')
    })
    const get = (address: string, { json = false, ...init }: Init = {}) => ({
      input: { url: address, ...(init.method ? { method: init.method } : {}) } as Json,
      act: async () => {
        const response = await fetch(address, init)
        return json ? response.json() : response.text()
      },
    })
    return {
      close,
      provocations: provocations(thrownBy, [
        ['refused', 'exec.unavailable', (v) => get(`http://127.0.0.1:${v.integer(2, 6)}/${v.word()}`)],
        ['resolve', 'exec.unavailable', (v) => get(`http://${v.word()}-${v.word()}.invalid/`)],
        [
          'timed-out',
          'exec.timeout',
          (v) =>
            get(`${url}/slow/${v.id().replace('#', '')}`, { signal: AbortSignal.timeout(v.integer(20, 60)) }),
        ],
        ['url', 'contract.value', (v) => get(v.pick([v.word(), v.path(), `http://${v.phrase()}`]))],
        ['scheme', 'contract.value', (v) => get(`${v.word()}://${v.word()}/`)],
        [
          'blocked-port',
          'contract.value',
          (v) => get(`http://127.0.0.1:${v.pick([1, 7, 9, 11, 13, 15, 17, 19, 21, 22])}/${v.word()}`),
        ],
        ['reset', 'exec.unavailable', (v) => get(`${url}/reset/${v.word()}`)],
        ['partial', 'exec.unavailable', (v) => get(`${url}/partial/${v.word()}`)],
        ['tls', 'exec.unavailable', (v) => get(`https://127.0.0.1:${port}/${v.word()}`)],
        ['redirects', 'exec.unavailable', (v) => get(`${url}/loop/${v.word()}`)],
        ['html', 'result.contract', (v) => get(`${url}/html/${v.word()}`, { json: true })],
        ['garbage', 'exec.unavailable', (v) => get(`${url}/garbage/${v.word()}`)],
        ['get-body', 'contract.value', (v) => get(`${url}/${v.word()}`, { method: 'GET', body: v.phrase() })],
        ['method', 'contract.value', (v) => get(`${url}/${v.word()}`, { method: v.phrase() })],
        ['header', 'contract.value', (v) => get(`${url}/x`, { headers: { [v.phrase()]: '1' } })],
      ]),
    }
  },
}
