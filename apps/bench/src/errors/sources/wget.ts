import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

export const wget: Source = {
  tool: 'wget',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('wget')
    await requireLocale(language, dir)
    const { url, port, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'reset') request.socket.destroy()
      else if (what === 'loop') response.writeHead(302, { location: `/loop/${rest}` }).end()
      else if (what === 'file') response.end('x')
      // Any other path is never answered.
    })
    const get = 'cd "$(mktemp -d)"; wget -nv --tries=1'
    return {
      close,
      provocations: provocations(shellTool(dir, language), [
        ['status-404', 'state.not_found', (v) => `${get} ${url}/status/404?${v.word()}`],
        ['status-403', 'auth.denied', (v) => `${get} ${url}/status/403?${v.word()}`],
        ['status-401', 'auth.denied', (v) => `${get} ${url}/status/401?${v.word()}`],
        ['status-5xx', 'exec.unavailable', (v) => `${get} ${url}/status/503?${v.word()}`],
        ['status-400', 'contract.value', (v) => `${get} ${url}/status/400?${v.word()}`],
        ['refused', 'exec.unavailable', (v) => `${get} http://127.0.0.1:${v.integer(2, 8)}/${v.word()}`],
        ['resolve', 'exec.unavailable', (v) => `${get} http://${v.word()}-${v.word()}.invalid/`],
        ['timed-out', 'exec.timeout', (v) => `${get} -T 0.2 ${url}/slow/${v.word()}`],
        ['no-data', 'exec.unavailable', (v) => `${get} ${url}/reset/${v.word()}`],
        [
          'redirects',
          'exec.unavailable',
          (v) => `${get} --max-redirect=${v.integer(1, 4)} ${url}/loop/${v.word()}`,
        ],
        ['scheme', 'contract.value', (v) => `${get} ${v.word()}://${v.word()}/`],
        ['port', 'contract.value', (v) => `${get} http://${v.word()}:${v.integer(70_000, 99_999)}/`],
        ['no-url', 'contract.missing_param', (v) => `wget -T ${v.integer(1, 9)}`],
        ['option', 'exec.dependency', (v) => `wget --${v.word()}s ${url}/file`],
        ['tls', 'exec.unavailable', (v) => `${get} https://127.0.0.1:${port}/${v.word()}`],
        ['output-missing', 'state.not_found', (v) => `${get} -O ${v.path()} ${url}/file`],
        ['output-denied', 'auth.denied', (v) => `${get} -O /etc/${v.file()} ${url}/file`],
      ]),
    }
  },
}
