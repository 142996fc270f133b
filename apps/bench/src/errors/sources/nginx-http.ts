import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../free-port.ts'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source, Unavailable } from '../provocation.ts'
import { answering } from '../server-process.ts'
import { nobody } from '../shell.ts'

const SERVER = '/usr/sbin/nginx'

const settings = (port: number) => `pid nginx.pid;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${of};`).join(' ')}
  limit_req_zone $server_addr zone=all:1m rate=1r/m;
  server {
    listen 127.0.0.1:${port};
    root root;
    client_max_body_size 100;
    location /members { auth_basic "members"; auth_basic_user_file users; }
    location /orders { proxy_pass http://127.0.0.1:9; }
    location /search { limit_req zone=all; limit_req_status 429; }
    location /maintenance { return 503; }
    location /closed { return 444; }
  }
}
`

/** What nginx itself answers: pages that tell a status and its name. */
export const nginxHttp: Source = {
  tool: 'nginx-http',
  languages: ['en'],
  async open({ dir }) {
    if (!existsSync(SERVER)) throw new Unavailable('no nginx')
    const place = await ownedFolder(dir, 'place', nobody)
    await mkdir(join(place, 'root', 'private'), { recursive: true })
    await writeFile(join(place, 'root', 'plain.txt'), 'abc')
    await chmod(join(place, 'root', 'private'), 0o700)
    await writeFile(join(place, 'users'), 'ada:{PLAIN}secret\n')
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    await writeFile(join(place, 'nginx.conf'), settings(port))
    const server = spawn(SERVER, ['-p', place, '-e', 'stderr', '-c', 'nginx.conf', '-g', 'daemon off;'], {
      ...nobody,
      cwd: place,
    })
    // It lets everyone ask this once: the one question has been asked then.
    await answering(`${url}/search`, server)
    return {
      close: () =>
        new Promise((resolve) => {
          server.once('close', () => resolve())
          server.kill('SIGTERM')
        }),
      provocations: provocations<HttpCall>(httpTool(url), [
        ['missing', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.file()}` })],
        ['forbidden', 'auth.denied', (v) => ({ path: `/private/${v.file()}` })],
        ['unauthorized', 'auth.denied', (v) => ({ path: `/members/${v.name()}` })],
        ['too-large', 'result.oversize', (v) => ({ path: `/${v.word()}`, body: v.phrase().repeat(20) })],
        ['method', 'contract.value', (v) => ({ path: '/plain.txt', body: { name: v.word() } })],
        ['gateway', 'exec.unavailable', (v) => ({ path: `/orders/${v.id().replace('#', '')}` })],
        ['too-many', 'exec.rate_limited', (v) => ({ path: `/search?q=${v.word()}` })],
        [
          'range',
          'contract.value',
          (v) => ({ path: '/plain.txt', headers: { range: `bytes=${v.integer(5, 99)}-` } }),
        ],
        ['maintenance', 'exec.unavailable', (v) => ({ path: `/maintenance/${v.word()}` })],
        ['closed', 'exec.unavailable', (v) => ({ path: `/closed/${v.word()}` })],
      ]),
    }
  },
}
