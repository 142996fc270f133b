import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../free-port.ts'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source } from '../provocation.ts'
import { answering } from '../server-process.ts'
import { nobody, program, speaking } from '../shell.ts'

const settings = (port: number) => `[server]
hosts = 127.0.0.1:${port}
max_content_length = 3000
[auth]
type = htpasswd
htpasswd_filename = users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = data
[logging]
level = critical
`
const event = (uid: string, more = '') =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\r\nBEGIN:VEVENT\r\nUID:${uid}\r\n${more || 'DTSTART:20240102T100000Z\r\n'}DTSTAMP:20240101T000000Z\r\nSUMMARY:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`

/** A calendar server of CalDAV. */
export const radicale: Source = {
  tool: 'radicale',
  languages: ['en'],
  async open({ dir }) {
    const place = await ownedFolder(dir, 'place', nobody)
    const port = await freePort()
    await writeFile(join(place, 'config'), settings(port))
    await writeFile(join(place, 'users'), 'ada:secret\n')
    const how = { ...nobody, cwd: place, env: { ...speaking('en'), HOME: place }, stdio: 'ignore' as const }
    const server = spawn(program('radicale'), ['-C', 'config'], how)
    const url = `http://127.0.0.1:${port}`
    await answering(`${url}/`, server)
    const request = httpTool(url)
    const as = (call: HttpCall, user = 'ada:secret'): HttpCall => ({
      ...call,
      headers: { authorization: `Basic ${btoa(user)}`, ...call.headers },
    })
    const put = (path: string, body: string, headers = {}) =>
      as({ method: 'PUT', path, body, headers: { 'content-type': 'text/calendar', ...headers } })
    await request(as({ method: 'MKCALENDAR', path: '/ada/work/' }))
    await request(put('/ada/work/one.ics', event('one')))
    return {
      close: () => void server.kill('SIGKILL'),
      provocations: provocations<HttpCall>(request, [
        ['no-event', 'state.not_found', (v) => as({ path: `/ada/work/${v.word()}.ics` })],
        ['calendar-exists', 'state.conflict', () => as({ method: 'MKCALENDAR', path: '/ada/work/' })],
        [
          'changed',
          'state.precondition',
          (v) => put('/ada/work/one.ics', event('one'), { 'if-match': `"${v.word()}"` }),
        ],
        ['same-id', 'state.conflict', (v) => put(`/ada/work/${v.word()}-2.ics`, event('one'))],
        ['calendar', 'contract.value', (v) => put(`/ada/work/${v.word()}.ics`, v.phrase())],
        [
          'method',
          'contract.value',
          (v) => as({ method: v.pick(['PATCH', 'POST']), path: '/ada/work/', body: 'a' }),
        ],
        ['password', 'auth.denied', (v) => as({ path: '/ada/work/one.ics' }, `ada:${v.word()}`)],
        [
          'too-large',
          'result.oversize',
          (v) => put('/ada/work/c.ics', event('c', `DESCRIPTION:${v.word().repeat(900)}\r\n`)),
        ],
      ]),
    }
  },
}
