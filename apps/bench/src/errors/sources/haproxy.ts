import { existsSync } from 'node:fs'
import { localServer } from '../local-server.ts'
import { provocations, type Source, Unavailable } from '../provocation.ts'
import { shellTool } from '../shell.ts'

const SERVER = '/usr/sbin/haproxy'
const DEFAULTS = [
  'defaults',
  ' mode http',
  ...['connect', 'client', 'server'].map((of) => ` timeout ${of} 1s`),
]

/** What HAProxy says of its configuration, which a call writes and has tested or started. */
export const haproxy: Source = {
  tool: 'haproxy',
  languages: ['en'],
  async open({ dir, language }) {
    if (!existsSync(SERVER)) throw new Unavailable('no HAProxy')
    const { port, close } = await localServer(undefined)
    const written = (lines: readonly string[]) =>
      `cd "$(mktemp -d -p .)"; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > a.cfg;`
    const check = (...lines: string[]) => `${written(lines)} ${SERVER} -c -f a.cfg`
    const front = (...lines: string[]) =>
      check(...DEFAULTS, 'frontend web', ' bind 127.0.0.1:8090', ...lines.map((line) => ` ${line}`))
    const back = (...lines: string[]) => check(...DEFAULTS, 'backend app', ...lines.map((line) => ` ${line}`))
    const start = (at: number) =>
      `${written([...DEFAULTS, 'frontend web', ` bind 127.0.0.1:${at}`])} timeout 5 ${SERVER} -db -f a.cfg`
    return {
      close,
      provocations: provocations(shellTool(dir, language), [
        ['keyword', 'contract.value', (v) => front(`${v.name()}s on`)],
        ['section', 'contract.value', (v) => check(`${v.word()} ${v.word()}`)],
        ['port', 'contract.value', (v) => front(`bind 127.0.0.1:${v.integer(70_000, 99_999)}`)],
        ['port-word', 'contract.value', (v) => front(`bind 127.0.0.1:${v.word()}`)],
        ['no-address', 'contract.missing_param', () => front('bind')],
        ['server-address', 'contract.missing_param', (v) => back(`server ${v.word()}`)],
        ['server-resolve', 'exec.unavailable', (v) => back(`server a ${v.word()}-${v.word()}.invalid:80`)],
        ['server-keyword', 'contract.value', (v) => back(`server a 127.0.0.1:80 ${v.word()}`)],
        ['balance', 'contract.value', (v) => back(`balance ${v.word()}`)],
        ['timeout', 'contract.value', (v) => back(`timeout server ${v.word()}`)],
        ['mode', 'contract.value', (v) => back(`mode ${v.word()}`)],
        ['fetch-method', 'contract.value', (v) => front(`acl a ${v.word()} b`)],
        ['certificate', 'state.not_found', (v) => front(`bind 127.0.0.1:8091 ssl crt ${v.path()}`)],
        ['script', 'state.not_found', (v) => check('global', ` lua-load ${v.path()}`)],
        ['user', 'state.not_found', (v) => check('global', ` user ${v.name()}`)],
        ['configuration', 'state.not_found', (v) => `${SERVER} -c -f ${v.path()}`],
        ['bind-denied', 'auth.denied', (v) => start(v.integer(100, 999))],
        ['in-use', 'state.conflict', (v) => `: ${v.word()}; ${start(port)}`],
      ]),
    }
  },
}
