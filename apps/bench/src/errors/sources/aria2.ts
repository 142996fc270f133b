import type { IncomingMessage, ServerResponse } from 'node:http'
import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const [, status] = (request.url ?? '').split('/')
  if (status === 'silence') return
  response.writeHead(Number(status)).end('text')
}

/** Downloads by aria2. */
export const aria2: Source = {
  tool: 'aria2',
  languages: ['en'],
  async open({ dir, language }) {
    program('aria2c')
    await requireLocale(language, dir)
    const { url, close } = await localServer(answer)
    const get = (args: string) =>
      `aria2c --no-conf --enable-color=false --max-tries=1 --console-log-level=error --summary-interval=0 --download-result=hide ${args}`
    return {
      close,
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => get(`${url}/404/${v.file()}`)],
        ['unauthorized', 'auth.denied', (v) => get(`${url}/401/${v.file()}`)],
        ['forbidden', 'auth.denied', (v) => get(`${url}/403/${v.file()}`)],
        ['too-many', 'exec.rate_limited', (v) => get(`${url}/429/${v.file()}`)],
        ['unavailable', 'exec.unavailable', (v) => get(`${url}/503/${v.file()}`)],
        ['refused', 'exec.unavailable', (v) => get(`http://127.0.0.1:${v.integer(2, 9)}/${v.file()}`)],
        ['resolve', 'exec.unavailable', (v) => get(`http://${v.word()}-${v.word()}.invalid/`)],
        ['silence', 'exec.timeout', (v) => get(`--timeout=1 ${url}/silence/${v.file()}`)],
        ['nothing', 'contract.missing_param', () => get('')],
        ['option', 'exec.dependency', (v) => get(`--${v.word()}s ${url}`)],
        ['connections', 'contract.value', (v) => get(`-x ${v.integer(17, 99)} ${url}/200/a`)],
        ['allocation', 'contract.value', (v) => get(`--file-allocation=${v.word()} ${url}/200/a`)],
        ['limit', 'contract.value', (v) => get(`--max-download-limit=${v.word()} ${url}/200/a`)],
        ['list', 'state.not_found', (v) => get(`-i ${v.path()}`)],
        ['denied', 'auth.denied', (v) => get(`-d /etc -o ${v.file()} ${url}/200/a`)],
        [
          'exists',
          'state.conflict',
          (v) => `echo a > kept.txt; ${get(`--auto-file-renaming=false -o kept.txt ${url}/200/${v.word()}`)}`,
        ],
        ['checksum', 'contract.value', (v) => get(`--checksum=${v.word()}=ab ${url}/200/a`)],
      ]),
    }
  },
}
