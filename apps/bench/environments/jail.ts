import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

export type JailRun = { stdout: string; stderr: string; exitCode: number; late: boolean }
export type JailCommand = {
  program: string
  args: readonly string[]
  /** A folder that is there. */
  cwd: string
  env: Readonly<Record<string, string>>
  input?: string
  timeoutMs: number
  /** Both streams in stdout, in the order in which they were written. */
  merged?: boolean
}

/**
 * A root of its own with the machine's programs in it, read only, in namespaces of its own: no network, no other process
 * and no other file can be reached, and whoever runs there has no capabilities.
 */
export type Jail = {
  /** Where the root is for us. What we make there is the jail's own after `own`. */
  root: string
  /** One at a time. What a program leaves in the background ends with it. */
  run(command: JailCommand): Promise<JailRun>
  /** All that can be written to as it was, its folders too. */
  clear(): void
  close(): Promise<void>
}

const ROOT = process.getuid?.() === 0
/** To the machine whoever is in a jail is nobody, or at most the one who made it. */
const NOBODY = ROOT ? { uid: 65534, gid: 65534 } : {}
/** Of util-linux. */
const [MAKES, ENTERS] = ['unshare', 'nsenter'] as const
const NAMESPACES = ['--mount', '--net', '--pid', '--ipc', '--uts']
/** Mounts, leaves the machine's root behind for good, and says who it is. Then each line ends all that runs beside it. */
const ENTER = `set -e
mount -a -T mounts
read -r pid _ < /proc/self/stat
cd root
pivot_root . mnt
umount -l /mnt
hostname jail
echo "$pid"
set +e
while read -r _; do kill -KILL -1 2> /dev/null; echo; done`
const ENTERING = ['--map-root-user', ...NAMESPACES, '--fork', '--kill-child', 'bash', '-c', ENTER, 'jail']
const CONFINED = ['setpriv', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--']
const LIMITS = ['prlimit', '--core=0', '--fsize=33554432', '--cpu=20', '--nproc=512', '--as=4294967296', '--']
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom']
/** Of the machine; where it has no such thing, the jail has none. */
const PROGRAMS = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/alternatives', '/etc/ld.so.cache']
const FILES = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\nnogroup:x:65534:\n',
  'etc/hosts': '127.0.0.1 localhost jail\n',
}
/** Whatever the mask of the one who makes them is. */
const SHARED = new Set(['tmp', 'var/tmp'])
const FOLDERS = [
  'dev',
  'etc',
  'home',
  'mnt',
  'opt',
  'proc',
  'root',
  'run',
  'tmp',
  'var',
  'var/log',
  'var/tmp',
]
/** More of a stream is not read. */
const READ_BYTES = 1_000_000
/** Of a group of its own: `kill 0` reaches whoever is of one group with it, in whatever namespace. */
const APART = { detached: true, ...NOBODY }

/** Gives to the jail what was made in it from here. */
export function own(...paths: readonly string[]): void {
  if (NOBODY.uid !== undefined) for (const path of paths) lchownSync(path, NOBODY.uid, NOBODY.gid)
}

/** Writes a file that is the jail's own; its folders are made where they are missing. */
export function place(file: string, content: string, flag: 'w' | 'a' = 'w'): void {
  const made = mkdirSync(dirname(file), { recursive: true })
  for (let at = dirname(file); made !== undefined && at.startsWith(made); at = dirname(at)) own(at)
  writeFileSync(file, content, { flag })
  own(file)
}

let missing: string | false | undefined

/** Why no jail can be had here, where so. */
export function missingJail(): string | undefined {
  if (missing === undefined) {
    const { folder } = layJail({})
    const { status, stderr, error } = spawnSync(MAKES, ENTERING, {
      ...{ ...NOBODY, cwd: folder, input: '', encoding: 'utf8' },
    })
    missing = status !== 0 && `no jail can be made here: ${error?.message ?? stderr.trim()}`
    rmSync(folder, { recursive: true })
  }
  return missing || undefined
}

export type JailSize = {
  /** Of ours, which anybody can reach; they are in the jail too, at the same place. */
  folders?: readonly string[]
  /** Only these folders can be written to, and /tmp. */
  readOnly?: boolean
  /** Files of the machine in the place of others, where it has both. */
  instead?: Readonly<Record<string, string>>
  /** Where its root is kept; default: where temporary files are. */
  within?: string
}

export async function openJail(size: JailSize = {}): Promise<Jail> {
  const { folder, root, open, mounted } = layJail(size)
  const keeper = spawn(MAKES, ENTERING, { ...APART, cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => {
    keeper.once('exit', () => resolve())
    keeper.once('error', () => resolve())
  })
  keeper.stdin.on('error', () => {})
  const answers = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]()
  const close = async () => {
    keeper.stdin.end()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const { value: pid, done } = await answers.next()
  if (done) {
    await close()
    throw new Error('no jail can be made here')
  }
  const endAll = async () => {
    keeper.stdin.write('\n')
    if ((await answers.next()).done) throw new Error('the jail has ended')
  }
  const inside = ['--target', pid, '--user', '--preserve-credentials', ...NAMESPACES, '--']
  let last: Promise<unknown> = Promise.resolve()
  const runNow = async ({ program, args, cwd, env, input = '', timeoutMs, merged }: JailCommand) => {
    // Files and no sockets: bash takes whoever comes by a socket for a login from elsewhere, and reads another start file.
    writeFileSync(join(folder, 'stdin'), input)
    const files = Object.entries({ stdin: 'r', stdout: 'w+', stderr: 'w+' }).map(([name, flag]) =>
      openSync(join(folder, name), flag),
    )
    const [stdin = 0, out = 0, err = 0] = files
    try {
      const child = spawn(
        ENTERS,
        [...inside, ...CONFINED, ...LIMITS, 'env', `--chdir=${cwd}`, program, ...args],
        { ...APART, cwd: '/', env, stdio: [stdin, out, merged ? out : err] },
      )
      let late = false
      const timer = setTimeout(() => {
        late = true
        // Who enters waits for what it runs, and stops with it: killed inside, a command that had stopped never ends for it.
        void endAll()
          .catch(() => {})
          .then(() => child.kill('SIGKILL'))
      }, timeoutMs)
      const exitCode = await new Promise<number>((resolve, reject) => {
        child.once('error', reject)
        child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']))
      })
      clearTimeout(timer)
      await endAll()
      return { stdout: readBack(out), stderr: readBack(err), exitCode, late }
    } finally {
      for (const file of files) closeSync(file)
    }
  }
  return {
    root,
    clear() {
      for (const { place, mode } of open) {
        empty(place, mounted)
        chmodSync(place, mode)
      }
      if (!size.readOnly) furnish(root)
    },
    run(command) {
      const run = last.then(() => runNow(command))
      last = run.catch(() => {})
      return run
    },
    close,
  }
}

type Lodging = {
  folder: string
  root: string
  /** All that can be written to. */
  open: { place: string; mode: number }[]
  mounted: string[]
}

/** The root and what is to be mounted in it, without a mount yet. */
function layJail({ folders = [], readOnly = false, instead = {}, within = tmpdir() }: JailSize): Lodging {
  const folder = mkdtempSync(join(within, 'jail-'))
  const [root, scratch] = [join(folder, 'root'), join(folder, 'tmp')]
  const lines: string[] = []
  const mounted: string[] = []
  const mount = (from: string, to: string, type: string, how: string) => {
    lines.push([from, join(root, to), type, how].map((field) => field.replaceAll(' ', '\\040')).join(' '))
    mounted.push(join(root, to))
  }
  mkdirSync(root)
  furnish(root)
  mount(root, '.', 'none', readOnly ? 'bind,ro' : 'bind')
  // What is mounted on can neither be moved nor removed, and so what is mounted in it stays where it is.
  if (!readOnly) for (const name of ['dev', 'etc']) mount(join(root, name), name, 'none', 'bind')
  for (const path of PROGRAMS) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found || lstatSync(path).isSymbolicLink()) continue
    if (found.isDirectory()) mkdirSync(join(root, path))
    else writeFileSync(join(root, path), '')
    mount(path, path, 'none', 'bind,ro,nosuid,nodev')
  }
  for (const [path, other] of Object.entries(instead))
    if (existsSync(path) && existsSync(other)) mount(other, path, 'none', 'bind,ro,nosuid,nodev')
  for (const name of DEVICES) {
    writeFileSync(join(root, 'dev', name), '')
    mount(`/dev/${name}`, `dev/${name}`, 'none', 'bind')
  }
  mkdirSync(scratch)
  if (readOnly) mount(scratch, 'tmp', 'none', 'bind,nosuid,nodev')
  for (const path of folders) {
    const inTmp = readOnly && path.startsWith('/tmp/')
    const place = join(inTmp ? folder : root, path)
    mkdirSync(place, { recursive: true })
    // Nor can what a folder lies in be moved away: `clear` would follow a link in its place.
    if (inTmp || !readOnly)
      for (const above of foldersAbove(path))
        if (!mounted.includes(join(root, above)))
          mount(join(inTmp ? folder : root, above), above, 'none', 'bind,nosuid,nodev')
    mount(path, path, 'none', 'bind,nosuid,nodev')
    mounted.push(place)
  }
  mount('none', 'proc', 'proc', 'nosuid,nodev,noexec')
  // The load of the machine would be another each time.
  writeFileSync(join(folder, 'load'), '0.00 0.00 0.00 1/1 1\n')
  mount(join(folder, 'load'), 'proc/loadavg', 'none', 'bind,ro')
  writeFileSync(join(folder, 'mounts'), `${lines.join('\n')}\n`)
  own(folder, root, scratch)
  chmodSync(scratch, 0o1777)
  const writable = readOnly ? { place: scratch, mode: 0o1777 } : { place: root, mode: 0o755 }
  return { folder, root, open: [writable, ...folders.map((place) => ({ place, mode: 0o755 }))], mounted }
}

/** `/a` and `/a/b` of `/a/b/c`. */
function foldersAbove(path: string): string[] {
  const above = dirname(path)
  return above === '/' ? [] : [...foldersAbove(above), above]
}

/** What each root has; anew where it is there already. */
function furnish(root: string): void {
  for (const name of FOLDERS) mkdirSync(join(root, name), { recursive: true })
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(root, name), content)
  const links = PROGRAMS.filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
  for (const path of links) symlinkSync(readlinkSync(path), join(root, path))
  symlinkSync('/proc/self/fd', join(root, 'dev/fd'))
  own(root, ...[...FOLDERS, ...Object.keys(FILES)].map((name) => join(root, name)))
  for (const name of FOLDERS) chmodSync(join(root, name), SHARED.has(name) ? 0o1777 : 0o755)
  chmodSync(root, 0o755)
}

/** Whatever is mounted on stays. No link is followed. */
function empty(folder: string, mounted: readonly string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && mounted.some((one) => one.startsWith(`${path}/`))) empty(path, mounted)
    else if (!mounted.includes(path)) rmSync(path, { recursive: true, force: true })
  }
}

function readBack(file: number): string {
  const bytes = Buffer.alloc(Math.min(fstatSync(file).size, READ_BYTES))
  readSync(file, bytes, 0, bytes.length, 0)
  return bytes.toString()
}
