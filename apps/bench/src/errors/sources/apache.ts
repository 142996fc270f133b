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

const SERVER = '/usr/sbin/apache2'
const MODULES = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_user',
  'auth_basic',
  'alias',
  'dir',
  'proxy',
  'proxy_http',
  'dav',
  'dav_fs',
  'dav_lock',
  'rewrite',
]

const settings = (port: number) => `ServerRoot "."
PidFile pid
ServerName shop.example
Listen 127.0.0.1:${port}
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
ErrorLog /dev/null
DocumentRoot root
DavLockDB locks
<Directory root>
  Require all granted
</Directory>
<Location /members>
  AuthType Basic
  AuthName members
  AuthUserFile users
  Require valid-user
</Location>
<Location /private>
  Require all denied
</Location>
<Location /files>
  Dav On
  LimitRequestBody 100
</Location>
ProxyPass /orders http://127.0.0.1:9
Redirect gone /old
RewriteEngine On
RewriteRule ^/busy - [R=429]
`

/** What Apache itself answers: pages that tell a status in a sentence. */
export const apache: Source = {
  tool: 'apache',
  languages: ['en'],
  async open({ dir }) {
    if (!existsSync(SERVER)) throw new Unavailable('no Apache')
    const place = await ownedFolder(dir, 'place', nobody)
    for (const folder of ['root', 'root/files']) {
      await mkdir(join(place, folder), { recursive: true })
      await chmod(join(place, folder), 0o777)
    }
    await writeFile(join(place, 'root', 'plain.txt'), 'text')
    await writeFile(join(place, 'users'), 'ada:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n')
    const port = await freePort()
    await writeFile(join(place, 'apache.conf'), settings(port))
    const args = ['-d', place, '-f', join(place, 'apache.conf'), '-DFOREGROUND']
    const server = spawn(SERVER, args, { ...nobody, cwd: place, stdio: 'ignore' })
    const url = `http://127.0.0.1:${port}`
    await answering(url, server)
    return {
      close: () => void server.kill('SIGTERM'),
      provocations: provocations<HttpCall>(httpTool(url), [
        ['no-file', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.file()}` })],
        ['gone', 'state.not_found', (v) => ({ path: `/old/${v.word()}` })],
        ['forbidden', 'auth.denied', (v) => ({ path: `/private/${v.word()}` })],
        ['stranger', 'auth.denied', (v) => ({ path: `/members/${v.word()}` })],
        [
          'method',
          'contract.value',
          (v) => ({ method: v.pick(['PUT', 'DELETE']), path: '/plain.txt', body: v.word() }),
        ],
        [
          'range',
          'contract.value',
          (v) => ({ path: '/plain.txt', headers: { range: `bytes=${v.integer(50, 999)}-` } }),
        ],
        ['url', 'contract.value', (v) => ({ path: `/%${v.pick(['z', 'q', 'x'])}${v.word()}` })],
        [
          'changed',
          'state.precondition',
          (v) => ({ path: '/plain.txt', headers: { 'if-match': `"${v.word()}"` } }),
        ],
        [
          'too-large',
          'result.oversize',
          (v) => ({ method: 'PUT', path: `/files/${v.file()}`, body: v.word().repeat(50) }),
        ],
        ['down', 'exec.unavailable', (v) => ({ path: `/orders/${v.word()}` })],
        ['busy', 'exec.rate_limited', (v) => ({ path: `/busy/${v.word()}` })],
      ]),
    }
  },
}
