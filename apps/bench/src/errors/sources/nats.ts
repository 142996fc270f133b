import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jetstreamManager } from '@nats-io/jetstream'
import { Kvm } from '@nats-io/kv'
import { connect, headers, type NatsConnection } from '@nats-io/transport-node'
import { freePort } from '../../free-port.ts'
import { functionProvocations } from '../function-tool.ts'
import { ownedFolder } from '../owned-folder.ts'
import { type Source, Unavailable } from '../provocation.ts'
import { nobody } from '../shell.ts'

const settings = (port: number) => `listen: "127.0.0.1:${port}"
max_payload: 2000
jetstream { store_dir: store }
accounts { A { jetstream: enabled, users: [
  { user: ada, password: secret }
  { user: eve, password: secret, permissions: { publish: "open.>", subscribe: "open.>" } }
] } }
`

const SERVER = '/usr/sbin/nats-server'

/** A message broker with streams and keys, and its client. */
export const nats: Source = {
  tool: 'nats',
  languages: ['en'],
  async open({ dir }) {
    if (!existsSync(SERVER)) throw new Unavailable('no nats-server')
    const place = await ownedFolder(dir, 'place', nobody)
    const port = await freePort()
    await writeFile(join(place, 'nats.conf'), settings(port))
    const server = spawn(SERVER, ['-c', 'nats.conf'], { ...nobody, cwd: place })
    await new Promise<void>((resolve, reject) => {
      server.stderr.on('data', (text) => String(text).includes('Server is ready') && resolve())
      server.on('close', () => reject(new Error('nats-server')))
    })
    const open = (user: string, pass: string, servers = `127.0.0.1:${port}`) =>
      connect({ servers, user, pass, reconnect: false, timeout: 1_000 })
    const [ada, eve] = [await open('ada', 'secret'), await open('eve', 'secret')]
    const [manager, keys] = [await jetstreamManager(ada), new Kvm(ada)]
    await manager.streams.add({ name: 'orders', subjects: ['orders.>'] })
    const bucket = await keys.create('prices')
    await bucket.create('bread', '1')
    // Somebody listens, and never answers.
    ada.subscribe('slow.>')
    const finish = async (connection: NatsConnection) => connection.close()
    const functions = {
      ask: (subject: string, timeout = 100) => ada.request(subject, '', { timeout }),
      askAs: (user: string, password: string, subject: string) =>
        open(user, password).then((connection) => connection.request(subject)),
      askAt: (servers: string, subject: string) =>
        open('ada', 'secret', servers).then((c) => c.request(subject)),
      askAsEve: (subject: string) => eve.request(subject, '', { timeout: 200 }),
      publish: (subject: string, data: string) => ada.publish(subject, data),
      header: (name: string, value: string) => headers().append(name, value),
      stream: (name: string) => manager.streams.info(name),
      addStream: (how: object) => manager.streams.add(how as { name: string }),
      consumer: (name: string) => manager.consumers.info('orders', name),
      put: (key: string, value: string) => bucket.put(key, value),
      update: (key: string, value: string, revision: number) => bucket.update(key, value, revision),
    }
    return {
      close: async () => {
        await Promise.all([ada, eve].map(finish))
        server.removeAllListeners('close').kill('SIGKILL')
      },
      provocations: functionProvocations(functions, [
        ['no-stream', 'state.not_found', (v) => ['stream', `${v.name()}_s`]],
        ['no-consumer', 'state.not_found', (v) => ['consumer', `${v.name()}_c`]],
        ['no-answer', 'exec.timeout', (v) => ['ask', `slow.${v.word()}`, v.integer(40, 90)]],
        ['subject', 'contract.value', (v) => ['publish', `${v.word()} ${v.word()}`, 'a']],
        ['too-large', 'result.oversize', (v) => ['publish', `a.${v.word()}`, v.word().repeat(900)]],
        ['header', 'contract.value', (v) => ['header', `${v.word()} ${v.word()}:`, 'a']],
        [
          'stream-exists',
          'state.conflict',
          (v) => ['addStream', { name: 'orders', subjects: [`${v.word()}.>`], retention: 'interest' }],
        ],
        [
          'overlap',
          'state.conflict',
          (v) => ['addStream', { name: `${v.name()}_s`, subjects: ['orders.*'] }],
        ],
        ['no-name', 'contract.missing_param', (v) => ['addStream', { subjects: [`${v.word()}.>`] }]],
        ['stream-name', 'contract.value', (v) => ['addStream', { name: `${v.word()}.${v.word()}` }]],
        ['revision', 'state.conflict', (v) => ['update', 'bread', v.word(), v.integer(50, 999)]],
        ['key', 'contract.value', (v) => ['put', `${v.word()} ${v.word()}`, 'a']],
        ['password', 'auth.denied', (v) => ['askAs', 'ada', v.word(), 'a']],
        ['no-right', 'auth.denied', (v) => ['askAsEve', `private.${v.word()}`]],
        ['refused', 'exec.unavailable', (v) => ['askAt', `127.0.0.1:${v.integer(2, 9)}`, v.word()]],
        ['resolve', 'exec.unavailable', (v) => ['askAt', `${v.word()}.invalid`, v.word()]],
      ]),
    }
  },
}
