import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { pythonCommand } from '../python-command.ts'

const MAIN = `
from httpie.context import Environment
from httpie.core import main as http
def main(args, printed):
    return http(["http", *args], Environment(stdout=io.TextIOWrapper(io.BytesIO()), stderr=printed))
`

/** Requests from the command line by HTTPie. */
export const httpie: Source = {
  tool: 'httpie',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonCommand(dir, { modules: 'httpie', main: MAIN })
    const server = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'loop') response.writeHead(302, { location: `/loop/${rest}` }).end()
      else if (what === 'closed') request.socket.destroy()
      else if (what === 'page') response.end('text')
      // Any other path is never answered.
    })
    const { url } = server
    const call = (args: string) => `http --ignore-stdin --check-status --timeout=9 ${args}`
    return {
      close: async () => {
        close()
        await server.close()
      },
      provocations: provocations(provoke, [
        ['missing', 'state.not_found', (v) => call(`${url}/status/404?${v.word()}`)],
        ['unauthorized', 'auth.denied', (v) => call(`${url}/status/401?${v.word()}`)],
        ['conflict', 'state.conflict', (v) => call(`PUT ${url}/status/409?${v.word()} name=${v.word()}`)],
        ['unprocessable', 'contract.value', (v) => call(`POST ${url}/status/422 ${v.name()}=${v.word()}`)],
        ['too-many', 'exec.rate_limited', (v) => call(`${url}/status/429?${v.word()}`)],
        ['unavailable', 'exec.unavailable', (v) => call(`${url}/status/503?${v.word()}`)],
        ['refused', 'exec.unavailable', (v) => call(`http://127.0.0.1:${v.integer(2, 9)}/${v.word()}`)],
        ['resolve', 'exec.unavailable', (v) => call(`http://${v.word()}-${v.word()}.invalid/`)],
        ['closed', 'exec.unavailable', (v) => call(`${url}/closed/${v.word()}`)],
        ['silence', 'exec.timeout', (v) => call(`--timeout=0.5 ${url}/silence/${v.word()}`)],
        ['scheme', 'contract.value', (v) => call(`${v.word()}s://example.test/${v.word()}`)],
        ['item', 'contract.value', (v) => call(`POST ${url}/page ${v.word()}`)],
        ['item-file', 'state.not_found', (v) => call(`--form POST ${url}/page ${v.name()}@${v.path()}`)],
        ['option', 'exec.dependency', (v) => call(`--${v.word()}s ${url}/page`)],
        ['nothing', 'contract.missing_param', () => call('')],
        ['no-value', 'contract.missing_param', (v) => call(`${url}/page?${v.word()} --session`)],
        ['auth-type', 'contract.value', (v) => call(`--auth-type=${v.word()} -a a:b ${url}/page`)],
        ['timeout-form', 'contract.value', (v) => call(`--timeout=${v.word()} ${url}/page`)],
        ['output-denied', 'auth.denied', (v) => call(`--output=/etc/${v.word()}.html ${url}/page`)],
        ['forbidden', 'auth.denied', (v) => call(`DELETE ${url}/status/403?${v.word()}`)],
        ['too-large', 'result.oversize', (v) => call(`POST ${url}/status/413 ${v.name()}=${v.word()}`)],
        ['no-host', 'contract.value', (v) => call(`http:///${v.word()}`)],
      ]),
    }
  },
}
