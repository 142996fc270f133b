import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../free-port.ts'
import { functionProvocations } from '../function-tool.ts'
import { ownedFolder } from '../owned-folder.ts'
import type { Source } from '../provocation.ts'
import { answering } from '../server-process.ts'
import { nobody, program } from '../shell.ts'

const settings = (data: string, ports: readonly [number, number]) => `reporting-disabled = true
bind-address = "127.0.0.1:${ports[1]}"
[meta]
dir = "${data}/meta"
[data]
dir = "${data}/data"
wal-dir = "${data}/wal"
[http]
bind-address = "127.0.0.1:${ports[0]}"
auth-enabled = true
max-body-size = 2000
[monitor]
store-enabled = false
`

type Answer = { error?: string; results?: readonly { error?: string }[] }

/** A store of measurements, and its HTTP interface. */
export const influxdb: Source = {
  tool: 'influxdb',
  languages: ['en'],
  async open({ dir }) {
    const data = await ownedFolder(dir, 'data', nobody)
    const ports = [await freePort(), await freePort()] as const
    await writeFile(join(dir, 'influx.conf'), settings(data, ports))
    const args = ['-config', 'influx.conf']
    const server = spawn(program('influxd'), args, { ...nobody, cwd: dir, stdio: 'ignore' })
    const url = `http://127.0.0.1:${ports[0]}`
    await answering(`${url}/ping`, server)
    const ask = async (path: string, parameters: Record<string, string>, body?: string) => {
      const who = { db: 'shop', u: 'ada', p: 'secret' }
      const search = new URLSearchParams({ ...who, ...parameters })
      const text = await (
        await fetch(`${url}/${path}?${search}`, { method: 'POST', body: body ?? null })
      ).text()
      const { error, results } = JSON.parse(text || '{}') as Answer
      const wrong = error ?? results?.find((result) => result.error)?.error
      // The answer to a statement that fails is an HTTP 200: clients look into it.
      if (wrong !== undefined) throw new Error(wrong)
    }
    const functions = {
      query: (q: string) => ask('query', { q }),
      queryAs: (u: string, p: string, q: string) => ask('query', { u, p, q }),
      write: (line: string, how: Record<string, string> = {}) => ask('write', how, line),
    }
    await ask('query', { q: "CREATE USER ada WITH PASSWORD 'secret' WITH ALL PRIVILEGES", db: '' })
    for (const statement of [
      "CREATE USER eve WITH PASSWORD 'secret'",
      'CREATE DATABASE shop',
      'CREATE RETENTION POLICY week ON shop DURATION 7d REPLICATION 1',
    ])
      await functions.query(statement)
    await functions.write('orders,item=a total=5')
    return {
      close: () => void server.kill('SIGKILL'),
      provocations: functionProvocations(functions, [
        ['no-database', 'state.not_found', (v) => ['write', 'a b=1', { db: `${v.name()}_d` }]],
        ['no-policy', 'state.not_found', (v) => ['write', 'a b=1', { rp: `${v.name()}_p` }]],
        ['no-user', 'state.not_found', (v) => ['query', `DROP USER ${v.name()}_u`]],
        ['user-exists', 'state.conflict', (v) => ['query', `CREATE USER eve WITH PASSWORD '${v.word()}x'`]],
        [
          'policy-exists',
          'state.conflict',
          (v) => ['query', `CREATE RETENTION POLICY week ON shop DURATION ${v.integer(2, 9)}d REPLICATION 1`],
        ],
        ['field-type', 'contract.type', (v) => ['write', `orders,item=a total="${v.word()}"`]],
        ['no-fields', 'contract.missing_param', (v) => ['write', `orders,item=${v.word()}`]],
        ['number', 'contract.value', (v) => ['write', `orders total=${v.word()}`]],
        ['time', 'contract.value', (v) => ['write', `orders total=1 ${v.word()}`]],
        ['syntax', 'contract.value', (v) => ['query', `SELECT FROM ${v.word()}`]],
        ['statement', 'contract.value', (v) => ['query', `UPDATE ${v.word()} SET total = 1`]],
        [
          'duration',
          'contract.value',
          (v) => ['query', `CREATE RETENTION POLICY a ON shop DURATION ${v.integer(2, 9)}m REPLICATION 1`],
        ],
        ['mixed', 'contract.value', (v) => ['query', `SELECT mean(total), ${v.word()} FROM orders`]],
        ['consistency', 'contract.value', (v) => ['write', 'a b=1', { consistency: v.word() }]],
        ['password', 'auth.denied', (v) => ['queryAs', 'ada', v.word(), 'SHOW DATABASES']],
        ['no-right', 'auth.denied', (v) => ['queryAs', 'eve', 'secret', `CREATE DATABASE ${v.name()}_d`]],
        ['no-read', 'auth.denied', (v) => ['queryAs', 'eve', 'secret', `SELECT ${v.word()} FROM orders`]],
        ['too-large', 'result.oversize', (v) => ['write', `orders note="${v.word().repeat(900)}"`]],
      ]),
    }
  },
}
