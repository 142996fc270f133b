import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'basic-ftp'
import { FtpSrv } from 'ftp-srv'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Files on an FTP server: basic-ftp and ftp-srv. */
export const ftp: Source = {
  tool: 'ftp',
  languages: ['en'],
  async open({ dir }) {
    await mkdir(join(dir, 'kept', 'inner'), { recursive: true })
    await writeFile(join(dir, 'plain.txt'), 'text')
    const port = await freePort()
    const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }
    const server = new FtpSrv({
      url: `ftp://127.0.0.1:${port}`,
      pasv_url: '127.0.0.1',
      blacklist: ['CHMOD', 'DELE'],
      log: quiet as never,
    })
    server.on('login', ({ password }, resolve, reject) =>
      password === 'right' ? resolve({ root: dir }) : reject(new Error()),
    )
    await server.listen()
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port: silentPort } = silent.address() as { port: number }
    const within = async <T>(act: (client: Client) => Promise<T>, timeout = 4_000): Promise<T> => {
      const client = new Client(timeout)
      try {
        return await act(client)
      } finally {
        client.close()
      }
    }
    const session = <T>(act: (client: Client) => Promise<T>) =>
      within(async (client) => {
        await client.access({ host: '127.0.0.1', port, user: 'a', password: 'right' })
        return act(client)
      })
    const functions = {
      open: (host: string, at: number) => within((client) => client.connect(host, at)),
      openWithin: (timeout: number) => within((client) => client.connect('127.0.0.1', silentPort), timeout),
      login: (user: string, password: string) =>
        within((client) => client.access({ host: '127.0.0.1', port, user, password })),
      download: (from: string, to = join(dir, 'x')) => session((client) => client.downloadTo(to, from)),
      upload: (from: string, to: string) => session((client) => client.uploadFrom(from, to)),
      enter: (folder: string) => session((client) => client.cd(folder)),
      rename: (from: string, to: string) => session((client) => client.rename(from, to)),
      removeFolder: (path: string) => session((client) => client.send(`RMD ${path}`)),
      remove: (path: string) => session((client) => client.remove(path)),
      send: (command: string) => session((client) => client.send(command)),
      enterClosed: (folder: string) =>
        session(async (client) => {
          client.close()
          return client.cd(folder)
        }),
    }
    return {
      close: async () => {
        silent.close()
        await server.close()
      },
      provocations: functionProvocations(functions, [
        ['download', 'state.not_found', (v) => ['download', v.file()]],
        ['missing', 'state.not_found', (v) => ['enter', `${v.word()}/${v.word()}`]],
        ['missing', 'state.not_found', (v) => ['rename', v.file(), v.file()]],
        ['upload', 'state.not_found', (v) => ['upload', v.path(), v.file()]],
        ['folder-full', 'state.conflict', (v) => ['removeFolder', v.pick(['kept', '/kept'])]],
        ['enter-file', 'contract.value', (v) => ['enter', v.pick(['plain.txt', '/plain.txt'])]],
        ['rename-first', 'state.precondition', (v) => ['send', `RNTO ${v.file()}`]],
        ['offset', 'contract.value', (v) => ['send', `REST -${v.integer(2, 99)}`]],
        ['option', 'contract.value', (v) => ['send', `OPTS UTF8 ${v.word()}`]],
        ['type', 'contract.value', (v) => ['send', `TYPE ${v.word()}`]],
        ['denied', 'auth.denied', (v) => ['remove', v.file()]],
        ['password', 'auth.denied', (v) => ['login', v.name(), v.id()]],
        ['closed', 'state.precondition', (v) => ['enterClosed', v.word()]],
        ['refused', 'exec.unavailable', (v) => ['open', '127.0.0.1', v.integer(2, 9)]],
        ['resolve', 'exec.unavailable', (v) => ['open', `${v.word()}.invalid`, 21]],
        ['silent', 'exec.timeout', () => ['openWithin', 100]],
      ]),
    }
  },
}

/** The server names its own address to its clients and so has to know its port before it listens. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
