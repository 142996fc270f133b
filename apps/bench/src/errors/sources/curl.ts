import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

export const curl: Source = {
  tool: 'curl',
  languages: ['en'],
  async open({ dir, language }) {
    program('curl')
    const server = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'reset') request.socket.destroy()
      else if (what === 'partial') {
        response.writeHead(200, { 'content-length': 1_000 }).write('x')
        setTimeout(() => request.socket.destroy(), 20)
      } else if (what === 'loop') response.writeHead(302, { location: `/loop/${rest}` }).end()
      // Any other path is never answered.
    })
    const { url, port } = server
    const quiet = 'curl -sS'
    return {
      close: server.close,
      provocations: provocations(shellTool(dir, language), [
        ['refused', 'exec.unavailable', (v) => `${quiet} http://127.0.0.1:${v.integer(2, 8)}/${v.word()}`],
        ['resolve', 'exec.unavailable', (v) => `${quiet} http://${v.word()}-${v.word()}.invalid/`],
        ['timed-out', 'exec.timeout', (v) => `${quiet} -m 0.${v.integer(11, 20)} ${url}/slow/${v.id()}`],
        ['status-404', 'state.not_found', (v) => `${quiet} -f ${url}/status/404?${v.word()}`],
        ['status-401', 'auth.denied', (v) => `${quiet} -f ${url}/status/${v.pick([401, 403])}`],
        ['status-429', 'exec.rate_limited', (v) => `${quiet} -f ${url}/status/429?${v.word()}`],
        ['status-409', 'state.conflict', (v) => `${quiet} -f -X PUT ${url}/status/409?${v.word()}`],
        ['status-5xx', 'exec.unavailable', (v) => `${quiet} -f ${url}/status/${v.pick([500, 502, 503])}`],
        ['status-4xx', 'contract.value', (v) => `${quiet} -f ${url}/status/${v.pick([400, 422])}`],
        ['option', 'exec.dependency', (v) => `${quiet} --${v.word()}s ${url}`],
        ['scheme', 'contract.value', (v) => `${quiet} ${v.word()}://${v.word()}/`],
        ['url', 'contract.value', (v) => `${quiet} 'http://${v.word()}:${v.integer(70_000, 99_999)}/'`],
        ['empty-reply', 'exec.unavailable', (v) => `${quiet} ${url}/reset/${v.word()}`],
        ['partial', 'exec.unavailable', (v) => `${quiet} ${url}/partial/${v.word()}`],
        ['tls', 'exec.unavailable', (v) => `${quiet} https://127.0.0.1:${port}/${v.word()}`],
        ['no-url', 'contract.missing_param', (v) => `${quiet} -m ${v.integer(1, 9)}`],
        ['file-missing', 'state.not_found', (v) => `${quiet} file://${v.path()}`],
        [
          'option-argument',
          'contract.missing_param',
          (v) => `${quiet} ${url}/${v.word()} ${v.pick(['-H', '-d', '-X', '-o'])}`,
        ],
      ]),
    }
  },
}
