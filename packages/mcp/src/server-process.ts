import { spawn } from 'node:child_process'
import { readLines, writeLine } from './lines.ts'
import type { ServerEnd, ServerEvents } from './server-end.ts'

/** A server that is started here and spoken to over stdio. */
export type ServerProcess = {
  /** The server to start, with its arguments. It inherits this process' environment and standard error. */
  command: string
  args?: readonly string[]
  /** Added to the environment that it inherits. */
  env?: Record<string, string | undefined>
  /** Default: that of this process. */
  cwd?: string
}

/** Time a server has to end after its input did, and then after it was told to, in milliseconds; clients give us two seconds. */
const GRACE_MS = 700

/** Starts a server that speaks MCP over stdio. */
export function startServer(
  { command, args = [], env, cwd }: ServerProcess,
  { line, ended }: ServerEvents,
): ServerEnd {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  const timers: NodeJS.Timeout[] = []
  const exited = new Promise<void>((resolve) => {
    const end = (how: number | Error) => {
      for (const timer of timers) clearTimeout(timer)
      ended(how)
      resolve()
    }
    child.once('error', end)
    child.once('close', (code) => end(code ?? 1))
  })
  // A side that is gone shows itself by its end; writing to it is no error of ours.
  child.stdin.on('error', () => {})
  readLines(child.stdout, line)
  const finish = () => void child.stdin.end()
  return {
    send: (sent) => writeLine(child.stdin, sent),
    // A server over stdio ends when its input does, as it would without us in between.
    finish,
    close() {
      finish()
      if (child.exitCode !== null || child.signalCode !== null) return exited
      for (const [index, signal] of (['SIGTERM', 'SIGKILL'] as const).entries())
        timers.push(setTimeout(() => child.kill(signal), GRACE_MS * (index + 1)))
      return exited
    },
  }
}
