import { existsSync } from 'node:fs'
import { provocations, type Source, Unavailable } from '../provocation.ts'
import { shellTool } from '../shell.ts'

const SERVER = '/usr/sbin/nginx'

/** What nginx says of its configuration, which a call writes and has tested. */
export const nginx: Source = {
  tool: 'nginx',
  languages: ['en'],
  async open({ dir, language }) {
    if (!existsSync(SERVER)) throw new Unavailable('no nginx')
    const tool = shellTool(dir, language)
    const main = (settings: string) =>
      `cd "$(mktemp -d -p .)"; printf '%s\\n' 'pid nginx.pid;' '${settings}' > nginx.conf; ${SERVER} -p . -e stderr -t -c nginx.conf`
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((of) => `${of}_temp_path t;`)
      .join(' ')
    const http = (settings: string) => main(`events {} http { access_log off; ${temporary} ${settings} }`)
    const server = (settings: string) => http(`server { listen 127.0.0.1:8090; ${settings} }`)
    return {
      close: () => {},
      provocations: provocations(tool, [
        ['directive', 'contract.value', (v) => server(`${v.name()}s on;`)],
        ['not-terminated', 'contract.value', (v) => server(`root /srv/${v.word()}`)],
        ['end-of-file', 'contract.value', (v) => main(`events {} http { server { server_name ${v.word()};`)],
        ['switch', 'contract.value', (v) => server(`gzip ${v.word()};`)],
        ['size', 'contract.value', (v) => server(`client_max_body_size ${v.word()};`)],
        ['number', 'contract.value', (v) => main(`events { worker_connections ${v.word()}; }`)],
        ['port', 'contract.value', (v) => http(`server { listen 127.0.0.1:${v.integer(70_000, 99_999)}; }`)],
        ['place', 'contract.value', (v) => main(`events {} server { server_name ${v.word()}; }`)],
        [
          'host',
          'exec.unavailable',
          (v) => server(`location / { proxy_pass http://${v.word()}-${v.word()}.invalid; }`),
        ],
        ['include', 'state.not_found', (v) => server(`include ${v.path()};`)],
        [
          'module',
          'exec.dependency',
          (v) => main(`load_module modules/ngx_${v.word()}_module.so; events {}`),
        ],
        ['variable', 'contract.value', (v) => server(`return 200 $${v.name()}_x;`)],
        [
          'certificate',
          'state.not_found',
          (v) =>
            http(`server { listen 127.0.0.1:8091 ssl; ssl_certificate ${v.path()}; ssl_certificate_key a; }`),
        ],
        ['bind-denied', 'auth.denied', (v) => http(`server { listen 127.0.0.1:${v.integer(80, 999)}; }`)],
        ['log-denied', 'auth.denied', (v) => server(`error_log /etc/${v.word()}.log;`)],
        ['configuration', 'state.not_found', (v) => `${SERVER} -e stderr -t -c ${v.path()}`],
        ['option', 'exec.dependency', (v) => `${SERVER} -e stderr --${v.word()}`],
        ['no-file', 'contract.missing_param', () => `${SERVER} -e stderr -t -c`],
      ]),
    }
  },
}
