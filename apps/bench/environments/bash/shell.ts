import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EnvironmentTool } from '../environment.ts'
import { type Jail, type JailRun, place } from '../jail.ts'
import { ENVIRONMENT } from './machine.ts'

/** Commands in a jail, each in a bash of its own that begins in the folder in which the last one ended. */
export type Shell = {
  jail: Jail
  /** To be called when the root is laid anew. */
  begin(): void
  run(command: string, merged: boolean): Promise<JailRun>
  folder(): string
}

export const SHELL_CONTRACT: Omit<EnvironmentTool, 'execute'> = {
  name: 'bash',
  description:
    'Runs one bash command and returns what it prints. What your last command prints is your answer.',
  inputSchema: {
    type: 'object',
    properties: { command: { type: 'string' } },
    required: ['command'],
    additionalProperties: false,
  },
}
export const MAX_MS = 10_000
const REMEMBER = "unset BASH_ENV; trap 'pwd -P > /run/folder' EXIT\n"

export function shellIn(jail: Jail, start: string): Shell {
  const memory = join(jail.root, 'run/folder')
  const folder = () => {
    // Whoever is in the jail may have put anything there.
    if (!lstatSync(memory, { throwIfNoEntry: false })?.isFile()) return start
    const last = readFileSync(memory, 'utf8').replace(/\n$/, '')
    return last !== '' && existsSync(join(jail.root, last)) ? last : start
  }
  return {
    jail,
    begin() {
      place(join(jail.root, 'run/remember'), REMEMBER)
      place(memory, start)
    },
    run: (command, merged) =>
      jail.run({
        ...{ program: '/bin/bash', args: ['-c', command], merged, timeoutMs: MAX_MS, cwd: folder() },
        env: { ...ENVIRONMENT, BASH_ENV: '/run/remember' },
      }),
    folder,
  }
}

/** What the one who runs commands sees. */
export function shown({ stdout, stderr, late, exitCode }: JailRun): { output: string; exitCode: number } {
  const stopped = late ? `\nThe command was stopped after ${MAX_MS / 1000} seconds.` : ''
  return { output: `${stdout}${stderr}${stopped}`, exitCode }
}
