import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { ownedFolder } from './owned-folder.ts'
import { Unavailable } from './provocation.ts'

/** A PostgreSQL server of this machine on a free loopback port, in a folder of its own; it trusts everybody. */
export async function postgresServer(
  dir: string,
): Promise<{ port: number; psql: string; close: () => Promise<void> }> {
  const bin = await newestBin()
  const user = await serverUser()
  const data = await ownedFolder(dir, 'data', user)
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  await finished(
    spawn(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8'], {
      ...user,
      env,
    }),
  )
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=60',
  ]
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, env: { ...env, LC_ALL: '' } },
  )
  await ready(server)
  return {
    port,
    psql: join(bin, 'psql'),
    close: () =>
      new Promise((resolve) => {
        server.once('close', () => resolve())
        server.kill('SIGINT')
      }),
  }
}

async function newestBin(): Promise<string> {
  const root = '/usr/lib/postgresql'
  const versions = await readdir(root).catch(() => [])
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  if (newest === undefined) throw new Unavailable(`no PostgreSQL server in ${root}`)
  return join(root, newest, 'bin')
}

/** PostgreSQL refuses to run as root. */
async function serverUser(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((one) => one.startsWith('postgres:'))
  const [, , uid, gid] = (line ?? '').split(':')
  if (uid === undefined || gid === undefined) throw new Unavailable('no user postgres to run the server as')
  return { uid: Number(uid), gid: Number(gid) }
}

function finished(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (text) => (said += text))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb: ${said}`))))
  })
}

function ready(server: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (text) => {
      said = (said + text).slice(-2_000)
      if (said.includes('ready to accept connections')) resolve()
    })
    server.on('close', () => reject(new Error(`postgres: ${said}`)))
  })
}
