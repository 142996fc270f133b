import { spawn } from 'node:child_process'
import { freePort } from '../../free-port.ts'
import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source } from '../provocation.ts'
import { answering } from '../server-process.ts'
import { nobody, program, setUp, shellTool } from '../shell.ts'

/** A configuration store and its client on the command line. */
export const etcd: Source = {
  tool: 'etcd',
  languages: ['en'],
  async open({ dir, language }) {
    program('etcdctl')
    const data = await ownedFolder(dir, 'data', nobody)
    const [port, peers] = [await freePort(), await freePort()]
    const [url, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peers}`]
    const args = ['--data-dir', data, '--listen-client-urls', url, '--advertise-client-urls', url]
    const peering = ['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer]
    const cluster = ['--initial-cluster', `default=${peer}`]
    const all = [...args, ...peering, ...cluster]
    const server = spawn(program('etcd'), all, { ...nobody, cwd: dir, stdio: 'ignore' })
    await answering(`${url}/health`, server)
    const tool = shellTool(dir, language)
    const as = (user: string) => `ETCDCTL_API=3 etcdctl --endpoints=${url} --user=${user}`
    const ctl = as('root:secret')
    const users = [
      'user add root:secret',
      'user add ada:secret',
      'role add reader',
      'user grant-role ada reader',
    ]
    const steps = [...users, 'user grant-role root root', 'auth enable']
    await setUp(steps.map((step) => `ETCDCTL_API=3 etcdctl --endpoints=${url} ${step}`).join(' && '), dir)
    return {
      close: () => void server.kill('SIGKILL'),
      provocations: provocations(tool, [
        ['command', 'exec.dependency', (v) => `${ctl} ${v.word()}s ${v.name()}`],
        ['flag', 'exec.dependency', (v) => `${ctl} get ${v.name()} --${v.word()}s`],
        ['no-value', 'contract.missing_param', () => `${ctl} put`],
        ['no-key', 'contract.missing_param', () => `${ctl} get`],
        ['limit', 'contract.value', (v) => `${ctl} get ${v.name()} --limit=${v.word()}`],
        ['order', 'contract.value', (v) => `${ctl} get ${v.name()} --sort-by=key --order=${v.word()}`],
        ['sort', 'contract.value', (v) => `${ctl} get ${v.name()} --order=ASCEND --sort-by=${v.word()}`],
        ['no-lease', 'state.not_found', (v) => `${ctl} lease revoke ${v.integer(1_000, 9_999)}`],
        ['put-no-lease', 'state.not_found', (v) => `${ctl} put a b --lease=${v.integer(1_000, 9_999)}`],
        ['lease-id', 'contract.value', (v) => `${ctl} lease revoke ${v.word()}`],
        ['ttl', 'contract.value', (v) => `${ctl} lease grant ${v.word()}`],
        ['no-user', 'state.not_found', (v) => `${ctl} user get ${v.name()}_u`],
        ['no-role', 'state.not_found', (v) => `${ctl} role get ${v.name()}_r`],
        ['user-exists', 'state.conflict', (v) => `${ctl} user add ada:${v.word()}`],
        ['role-exists', 'state.conflict', (v) => `${ctl} role add ${v.pick(['reader'])}`],
        [
          'permission',
          'contract.value',
          (v) => `${ctl} role grant-permission reader ${v.word()} ${v.name()}`,
        ],
        ['no-member', 'state.not_found', (v) => `${ctl} member remove ${v.integer(1_000, 9_999)}`],
        ['denied', 'auth.denied', (v) => `${as('ada:secret')} put ${v.name()} ${v.word()}`],
        ['password', 'auth.denied', (v) => `${as(`ada:${v.word()}`)} get ${v.name()}`],
        [
          'refused',
          'exec.unavailable',
          (v) => `ETCDCTL_API=2 etcdctl --endpoints=http://127.0.0.1:${v.integer(2, 9)} get ${v.name()}`,
        ],
        ['no-snapshot', 'state.not_found', (v) => `${ctl} snapshot status ${v.path()}`],
      ]),
    }
  },
}
