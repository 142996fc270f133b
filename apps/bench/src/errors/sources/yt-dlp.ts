import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { pythonCommand } from '../python-command.ts'

const MAIN = `
import yt_dlp
sys.argv[0] = "yt-dlp"
def main(args, printed):
    yt_dlp.main(args)
`

/** Downloads of films and sound by yt-dlp. */
export const ytDlp: Source = {
  tool: 'yt-dlp',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonCommand(dir, { modules: 'yt_dlp', main: MAIN })
    const server = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'page')
        response.setHeader('content-type', 'text/html').end('<html><p>page</p></html>')
      else if (what === 'film') response.setHeader('content-type', 'video/mp4').end('film')
      else if (what === 'closed') request.socket.destroy()
      // Any other path is never answered.
    })
    const { url } = server
    const get = (args: string) =>
      `yt-dlp --no-config --no-warnings --quiet --retries 0 --extractor-retries 0 --socket-timeout 9 ${args}`
    return {
      close: async () => {
        close()
        await server.close()
      },
      provocations: provocations(provoke, [
        ['missing', 'state.not_found', (v) => get(`${url}/status/404?${v.word()}`)],
        ['forbidden', 'auth.denied', (v) => get(`${url}/status/403?${v.word()}`)],
        ['too-many', 'exec.rate_limited', (v) => get(`${url}/status/429?${v.word()}`)],
        ['unavailable', 'exec.unavailable', (v) => get(`${url}/status/503?${v.word()}`)],
        ['refused', 'exec.unavailable', (v) => get(`http://127.0.0.1:${v.integer(2, 9)}/${v.word()}`)],
        ['resolve', 'exec.unavailable', (v) => get(`http://${v.word()}-${v.word()}.invalid/film`)],
        ['silence', 'exec.timeout', (v) => get(`--socket-timeout 0.5 ${url}/silence/${v.word()}`)],
        ['closed', 'exec.unavailable', (v) => get(`${url}/closed/${v.word()}`)],
        ['address', 'contract.value', (v) => get(`${v.word()}`)],
        ['unsupported', 'contract.value', (v) => get(`${url}/page/${v.word()}`)],
        ['format-syntax', 'contract.value', (v) => get(`-f '${v.word()}[' ${url}/film/a.mp4`)],
        ['nothing', 'contract.missing_param', () => get('')],
        ['option', 'exec.dependency', (v) => get(`--${v.word()}s ${url}/film/a.mp4`)],
        ['no-value', 'contract.missing_param', (v) => get(`${url}/film/${v.word()}.mp4 --output`)],
        ['rate', 'contract.value', (v) => get(`--limit-rate ${v.word()} ${url}/film/a.mp4`)],
        ['date', 'contract.value', (v) => get(`--dateafter ${v.word()} ${url}/film/a.mp4`)],
        ['audio-format', 'contract.value', (v) => get(`-x --audio-format ${v.word()} ${url}/film/a.mp4`)],
        ['denied', 'auth.denied', (v) => get(`-o /etc/${v.word()}.mp4 ${url}/film/a.mp4`)],
        [
          'converter',
          'exec.dependency',
          (v) => get(`-x -o ${v.word()}.mp4 --ffmpeg-location /srv/${v.word()} ${url}/film/a.mp4`),
        ],
        ['cookies', 'contract.value', (v) => get(`--cookies-from-browser ${v.word()} ${url}/film/a.mp4`)],
      ]),
    }
  },
}
