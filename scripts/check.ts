// What every check returns, and how one is run and printed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Result {
  name: string
  ok: boolean
  /** Shown under the name; of a check that passed, only where it says something worth knowing. */
  output?: string
  /** Tests that the check ran, which count for themselves. */
  tests?: { passed: number; failed: number }
}

export const root: string = join(import.meta.dirname, '..')
export const bin: string = join(root, 'node_modules', '.bin')

export interface Ran {
  ok: boolean
  stdout: string
  /** Both streams, as a person would have seen them. */
  output: string
}

export function run(command: string, args: string[], cwd = root, timeout = 600_000): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    timeout,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, PATH: bin + delimiter + process.env.PATH },
  })
  const output = [stdout, stderr, error?.message].filter(Boolean).join('\n').trim()
  return { ok: status === 0, stdout: stdout ?? '', output }
}

export const pnpm = (args: string[], cwd = root): Ran => run('npx', ['--yes', pnpmPin(), ...args], cwd)

function pnpmPin(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
}

/** A check that a command makes: its output matters when it failed. */
export function command(name: string, executable: string, args: string[]): Result {
  const { ok, output } = run(executable, args)
  return ok ? { name, ok } : { name, ok, output: output || `${executable} failed and said nothing` }
}

export function print({ name, ok, output }: Result): void {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`)
  if (output) console.log(output.replace(/^/gm, '     '))
}

/** For a check that is run on its own: prints, and sets the exit code. */
export function printAll(results: Result[]): void {
  for (const result of results) print(result)
  if (results.length === 0 || results.some(({ ok }) => !ok)) process.exitCode = 1
}
