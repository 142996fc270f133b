import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { missingJail, openJail, own, place } from '../jail.ts'

export type Ran = { stdout: string; stderr: string; exitCode: number; truncated?: true }

/** A folder of its own with a home and a work folder, in a jail in which nothing else can be written to. */
export type Sandbox = {
  home: string
  work: string
  /** Both folders anew and empty. */
  clear(): void
  /** @throws where the path leads out of the work folder, by a link too */
  inside(path: string): string
  /** Writes a file in the work folder; its folders are made where they are missing. */
  write(path: string, content: string, flag?: 'w' | 'a'): void
  run(program: string, args: readonly string[], options?: RunOptions): Promise<Ran>
  remove(): Promise<void>
}

type RunOptions = { cwd?: string; timeoutMs?: number; input?: string }

const NEEDED = ['bash', 'python3', 'git', 'make']
const PATH = '/usr/local/bin:/usr/bin:/bin'
const MAX_MS = 20_000
/** What is shown of each stream. */
const SHOWN = 4_000

/** Why there is no terminal here, where so. */
export function missingTerminal(): string | undefined {
  const program = NEEDED.find((name) => !PATH.split(':').some((folder) => existsSync(join(folder, name))))
  return program === undefined ? missingJail() : `there is no ${program} here`
}

/**
 * Folders are numbered, so that paths in what programs print are the same in each run: the first number that no living
 * process has.
 */
export async function openSandbox(): Promise<Sandbox> {
  const folder = claimFolder()
  const home = join(folder, 'home')
  const work = join(folder, 'work')
  const env = {
    ...{
      PATH,
      HOME: home,
      PWD: work,
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
      TERM: 'dumb',
      NO_COLOR: '1',
    },
    ...{ PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: '.deps', PYTHONNOUSERSITE: '1' },
    ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: DATE, GIT_COMMITTER_DATE: DATE, GIT_EDITOR: 'false' },
  }
  for (const one of [home, work]) {
    mkdirSync(one)
    own(one)
  }
  const jail = await openJail({ folders: [home, work], readOnly: true })
  return {
    home,
    work,
    clear: jail.clear,
    inside: (path) => inside(work, path),
    write: (path, content, flag) => place(inside(work, path), content, flag),
    async run(program, args, { cwd = work, timeoutMs = MAX_MS, input = '' } = {}) {
      const limit = Math.min(timeoutMs, MAX_MS)
      const ran = await jail.run({ program, args, cwd, env, input, timeoutMs: limit })
      const { late, stdout, stderr, exitCode } = ran
      return late
        ? shown(stdout, `${stderr}\nThe command was stopped after ${timeoutMs / 1000} seconds.`, 124)
        : shown(stdout, stderr, exitCode)
    },
    async remove() {
      await jail.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const DATE = '2026-03-02T09:00:00Z'

function shown(stdout: string, stderr: string, exitCode: number): Ran {
  const cut = stdout.length > SHOWN || stderr.length > SHOWN
  return {
    ...{ stdout: stdout.slice(0, SHOWN), stderr: stderr.slice(0, SHOWN), exitCode },
    ...(cut ? { truncated: true as const } : {}),
  }
}

function inside(work: string, path: string): string {
  const full = resolve(work, path)
  for (let at = full; ; at = dirname(at)) {
    if (at !== work && !at.startsWith(work + sep)) throw new Error(`${path} is outside the work folder`)
    if (!lstatSync(at, { throwIfNoEntry: false })) continue
    const real = realpathSync(at)
    if (real !== work && !real.startsWith(work + sep))
      throw new Error(`${path} is a link out of the work folder`)
    // To open a pipe is to wait for its other end.
    const found = statSync(real)
    if (!found.isFile() && !found.isDirectory()) throw new Error(`${path} is no file`)
    return full
  }
}

function claimFolder(): string {
  for (let number = 0; ; number++) {
    const folder = join(realpathSync(tmpdir()), `lifeharness-terminal-${number}`)
    const owner = join(folder, 'owner')
    try {
      mkdirSync(folder)
    } catch {
      if (isAlive(owner)) continue
      rmSync(folder, { recursive: true, force: true })
      try {
        mkdirSync(folder)
      } catch {
        continue
      }
    }
    writeFileSync(owner, String(process.pid))
    return folder
  }
}

function isAlive(owner: string): boolean {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
