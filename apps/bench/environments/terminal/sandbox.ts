import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Ran = { stdout: string; stderr: string; exitCode: number; truncated?: true }

/** A folder of its own with a home and a work folder, in which programs run as they are, without a network. */
export type Sandbox = {
  home: string
  work: string
  /** Both folders anew and empty. */
  clear(): void
  run(program: string, args: readonly string[], options?: RunOptions): Promise<Ran>
  remove(): void
}

type RunOptions = { cwd?: string; timeoutMs?: number; input?: string }

const NEEDED = ['bash', 'python3', 'git', 'make']
const PATH = '/usr/local/bin:/usr/bin:/bin'
const MAX_MS = 20_000
/** What is shown of each stream. */
const SHOWN = 4_000

/** The first of these programs that this machine lacks. */
export function missingProgram(): string | undefined {
  return NEEDED.find((name) => !PATH.split(':').some((folder) => existsSync(join(folder, name))))
}

/**
 * Folders are numbered, so that paths in what programs print are the same in each run: the first number that no living
 * process has.
 */
export function openSandbox(): Sandbox {
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
  const [first, ...before] = [...withoutNetwork()]
  return {
    home,
    work,
    clear() {
      for (const one of [home, work]) {
        rmSync(one, { recursive: true, force: true })
        mkdirSync(one)
      }
    },
    run(program, args, { cwd = work, timeoutMs = MAX_MS, input } = {}) {
      const [file = program, ...rest] = first === undefined ? [program] : [first, ...before, program]
      return new Promise((resolve, reject) => {
        // Of its own group, so that what it started in the background ends with it.
        const child = spawn(file, [...rest, ...args], { cwd, env, detached: true })
        let out = ''
        let err = ''
        let late = false
        const end = () => {
          try {
            process.kill(-(child.pid as number), 'SIGKILL')
          } catch {}
        }
        const timer = setTimeout(
          () => {
            late = true
            end()
          },
          Math.min(timeoutMs, MAX_MS),
        )
        child.stdout.setEncoding('utf8').on('data', (text) => (out += text))
        child.stderr.setEncoding('utf8').on('data', (text) => (err += text))
        child.stdin.on('error', () => {}).end(input ?? '')
        child.on('error', reject)
        child.on('exit', end)
        child.on('close', (code) => {
          clearTimeout(timer)
          if (late) err += `\nThe command was stopped after ${timeoutMs / 1000} seconds.`
          resolve(shown(out, err, late ? 124 : (code ?? 137)))
        })
      })
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
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

let isolation: readonly string[] | undefined

/** Where the system lets it, programs run in a network namespace of their own. */
function withoutNetwork(): readonly string[] {
  isolation ??=
    [
      ['unshare', '-rn'],
      ['unshare', '-n'],
    ].find(([name = '', ...args]) => spawnSync(name, [...args, 'true']).status === 0) ?? []
  return isolation
}

function claimFolder(): string {
  for (let number = 0; ; number++) {
    const folder = join(tmpdir(), `lifeharness-terminal-${number}`)
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
