import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Jail, type JailCommand, missingJail, openJail, own } from './jail.ts'

const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8' }

describe.skipIf(missingJail() !== undefined)('a jail', () => {
  const ours = mkdtempSync(join(tmpdir(), 'ours-'))
  const [shared, other] = [join(ours, 'shared'), join(ours, 'other')]
  let jail: Jail
  beforeAll(async () => {
    chmodSync(ours, 0o755)
    for (const folder of [shared, other]) mkdirSync(folder)
    own(shared)
    writeFileSync(join(other, 'secret'), 'of the machine')
    jail = await openJail({ folders: [shared] })
  })
  afterAll(async () => {
    await jail.close()
    rmSync(ours, { recursive: true })
  })

  const bash = (command: string, options: Partial<JailCommand> = {}) =>
    jail.run({ program: 'bash', args: ['-c', command], cwd: '/', env, timeoutMs: 20_000, ...options })

  it.each([
    ['echo $PATH', '/usr/local/bin:/usr/bin:/bin\n'],
    ['id -u; hostname; pwd', '0\njail\n/\n'],
    ['cat <(echo 1) /proc/loadavg', '1\n0.00 0.00 0.00 1/1 1\n'],
    ['echo x > /etc/new; mkdir -p /srv/a; ls /etc/new /srv', '/etc/new\n\n/srv:\na\n'],
  ])('runs: %s', async (command, stdout) => {
    expect(await bash(command)).toEqual({ stdout, stderr: '', exitCode: 0, late: false })
  })

  it.each([
    ['a file of the machine', `cat ${join(other, 'secret')}`],
    ['the folder of the one who runs this', `ls ${process.cwd()}`],
    ['a password', 'cat /etc/shadow'],
    ['a program', 'echo > /usr/bin/env'],
    ['a new program', 'echo > /usr/bin/new-program'],
    ['a device', 'mknod /tmp/device b 254 0'],
    ['a mount', 'mount -t tmpfs none /tmp'],
    ['a mount that is read only', 'mount -o remount,rw /usr'],
    ['a namespace', 'unshare --user --mount --map-root-user true'],
    ['the place of a folder it shares', `mv ${ours} /gone`],
    ['the place of what that lies in', `mv ${tmpdir()} /gone`],
    ['the old root', 'chroot /proc/1/root/.. ls'],
    ['a setting of the system', 'echo 1 > /proc/sys/kernel/panic'],
    ['the key of the system', 'echo h > /proc/sysrq-trigger'],
    ['the keeper', 'kill -KILL 1; kill -0 1 && exit 1'],
    ['whoever runs this', 'kill -KILL 0'],
    ['another process', `kill -KILL ${process.pid}`],
    ['the network', 'echo > /dev/tcp/127.0.0.1/9'],
    ['more than a file may hold', 'head -c 40000000 /dev/zero > /tmp/big'],
  ])('has no way to %s', async (_, command) => {
    expect((await bash(command)).exitCode).not.toBe(0)
    expect((await bash('true')).exitCode).toBe(0)
  })

  it('shares the folders it was given, and no file in it is owned by the one who runs it', async () => {
    writeFileSync(join(shared, 'ours'), 'ours')
    own(join(shared, 'ours'))
    const { stdout } = await bash(`cd ${shared} && cat ours && echo theirs > theirs && echo more >> ours`)
    expect(stdout).toBe('ours')
    expect(readFileSync(join(shared, 'theirs'), 'utf8')).toBe('theirs\n')
    expect(readFileSync(join(shared, 'ours'), 'utf8')).toBe('oursmore\n')
    if (process.getuid?.() === 0) expect(statSync(join(shared, 'theirs')).uid).toBe(65534)
  })

  it('keeps what was written in it, and shows it where its root is', async () => {
    await bash('echo kept > /home/file')
    expect((await bash('cat /home/file')).stdout).toBe('kept\n')
    expect(readFileSync(join(jail.root, 'home/file'), 'utf8')).toBe('kept\n')
  })

  it('ends what a command left in the background, whatever its session is', async () => {
    const { stdout } = await bash('setsid sleep 1000 & sleep 1000 & echo begun')
    expect(stdout).toBe('begun\n')
    expect((await bash('pgrep sleep')).exitCode).toBe(1)
  })

  it.each([
    ['an exit code', 'exit 3', {}, { exitCode: 3, late: false }],
    ['a signal', 'kill -SEGV $$', {}, { exitCode: 139 }],
    ['the time that is over', 'sleep 1000', { timeoutMs: 50 }, { exitCode: 137, late: true }],
    ['the time of what stopped', 'kill -STOP $$', { timeoutMs: 50 }, { exitCode: 137, late: true }],
    ['the time of what stopped all', 'kill -STOP 0', { timeoutMs: 50 }, { exitCode: 137, late: true }],
    ['what is read', 'cat', { input: 'in' }, { stdout: 'in' }],
    ['streams apart', 'echo a; echo b >&2', {}, { stdout: 'a\n', stderr: 'b\n' }],
    ['streams as one', 'echo a; echo b >&2; echo c', { merged: true }, { stdout: 'a\nb\nc\n', stderr: '' }],
    ['the folder', 'pwd', { cwd: '/var/tmp' }, { stdout: '/var/tmp\n' }],
  ])('tells %s', async (_, command, options, told) => {
    expect(await bash(command, options)).toMatchObject(told)
  })

  it('runs one command after the other', async () => {
    const runs = ['sleep 0.02; echo 1', 'echo 2', 'echo 3'].map((command) =>
      bash(`(${command}) >> /tmp/order`),
    )
    await Promise.all(runs)
    expect((await bash('cat /tmp/order')).stdout).toBe('1\n2\n3\n')
  })

  it('can be read only but for its folders', async () => {
    const sealed = await openJail({ folders: [shared], readOnly: true })
    const run = (command: string) =>
      sealed.run({ program: 'bash', args: ['-c', command], cwd: shared, env, timeoutMs: 20_000 })
    expect((await run('echo > /home/file')).stderr).toContain('Read-only file system')
    expect((await run('echo > file')).exitCode).toBe(0)
    expect((await run(`mv ${ours} /tmp/gone && ln -s ${other} ${ours}`)).exitCode).not.toBe(0)
    sealed.clear()
    expect(existsSync(join(other, 'secret'))).toBe(true)
    expect((await run('echo > file')).exitCode).toBe(0)
    await sealed.close()
    expect(existsSync(sealed.root)).toBe(false)
  })
})
