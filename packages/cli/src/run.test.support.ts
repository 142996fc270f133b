import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, vi } from 'vitest'

// Each command is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

export const MAIN: string = join(import.meta.dirname, 'main.ts')
export const NODE_ARGS: readonly string[] = ['--conditions=lifeharness-source']

export type Ran = { code: number | null; stdout: string; stderr: string }

/** Runs the real command as its user would: a process of its own, in a folder of its own. */
export function lifeharness(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string },
): Promise<Ran> {
  return runProcess(process.execPath, [...NODE_ARGS, MAIN, ...args], options)
}

export function runProcess(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; input?: string },
): Promise<Ran> {
  return startProcess(command, args, options).ended
}

/** A process under way: what it has written so far, and how it ends. */
export type Started = { written: Omit<Ran, 'code'>; ended: Promise<Ran>; kill(signal: NodeJS.Signals): void }

/** The real command, which does not end by itself; it is killed when the test is over, whatever became of it. */
export function startLifeharness(args: readonly string[], options: { cwd: string }): Started {
  const started = startProcess(process.execPath, [...NODE_ARGS, MAIN, ...args], options)
  running.push(started)
  return started
}

const running: Started[] = []
afterEach(async () => {
  for (const started of running.splice(0)) {
    started.kill('SIGKILL')
    await started.ended
  }
})

function startProcess(
  command: string,
  args: readonly string[],
  { cwd, env = {}, input = '' }: { cwd: string; env?: Record<string, string>; input?: string },
): Started {
  // What the test runner tells its own children about colours is not what a user's shell says.
  const { FORCE_COLOR: _, NO_COLOR: __, COLUMNS: ___, ...inherited } = process.env
  const child = spawn(command, args, { cwd, env: { ...inherited, ...env } })
  const written = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (written.stdout += chunk))
  child.stderr.on('data', (chunk) => (written.stderr += chunk))
  child.stdin.end(input)
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...written }))
  })
  return { written, ended, kill: (signal) => void child.kill(signal) }
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lifeharness-cli-'))
  folders.push(folder)
  return folder
}

/** One tool call with its result; `error` is what the tool said instead. */
export type Called = { tool: string; args: unknown; result?: string; error?: string }

/** An episode as OpenAI chat messages, one line of JSONL. */
export function conversation(
  id: string,
  calls: readonly Called[],
  more: Record<string, unknown> = {},
): string {
  const messages = calls.flatMap(({ tool, args, result = 'done', error }, index) => [
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: `${id}-${index}`,
          type: 'function',
          function: { name: tool, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
        },
      ],
    },
    {
      role: 'tool',
      tool_call_id: `${id}-${index}`,
      content: error === undefined ? result : `Error: ${error}`,
    },
  ])
  return JSON.stringify({
    id,
    model: 'gpt-4o-mini',
    ...more,
    messages: [{ role: 'user', content: 'go on' }, ...messages],
  })
}

const ORDER_TOOL = {
  type: 'function',
  function: {
    name: 'get_order',
    parameters: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  },
}

/**
 * Episodes of an agent that forgets the `#` of an order's number in every fourth, and mends it after the error; and that
 * meets a service which is down now and then, and calls again.
 */
export function orderEpisodes(number: number): string {
  const lines = Array.from({ length: number }, (_, index) => {
    const id = `W${1_000_000 + index * 7_919}`
    const calls: Called[] =
      index % 4 === 0
        ? [
            { tool: 'get_order', args: { id }, error: 'order not found' },
            { tool: 'get_order', args: { id: `#${id}` } },
          ]
        : index % 4 === 1
          ? [
              { tool: 'list_orders', args: { page: index }, error: '503 Service Unavailable' },
              { tool: 'list_orders', args: { page: index } },
            ]
          : [{ tool: 'get_order', args: { id: `#${id}` } }]
    const tools = [ORDER_TOOL, { type: 'function', function: { name: 'list_orders' } }]
    return conversation(`episode-${index}`, calls, { user_id: `user-${index % 9}`, tools })
  })
  return `${lines.join('\n')}\n`
}

/** A folder with `orders.jsonl` in it. */
export function folderWithOrders(number = 40): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'orders.jsonl'), orderEpisodes(number))
  return folder
}

let learnt: Promise<string> | undefined

/** A folder with a registry learnt from such orders, at `registry.db`. Learnt once, copied for each test. */
export async function folderWithRegistry(): Promise<string> {
  learnt ??= learnOrders()
  const folder = temporaryFolder()
  cpSync(await learnt, folder, { recursive: true })
  return folder
}

async function learnOrders(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeharness-cli-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'orders.jsonl'), orderEpisodes(40))
  const { code, stderr } = await lifeharness(['mine', 'orders.jsonl', '--store', 'registry.db'], {
    cwd: folder,
  })
  if (code !== 0) throw new Error(`mine ended with ${code}: ${stderr}`)
  return folder
}

/** Recorded data beside the project; undefined where it is absent. */
export function recordedData(): string | undefined {
  const folder = process.env.LIFEHARNESS_DATA ?? join(import.meta.dirname, '../../../../shared/data')
  return existsSync(join(folder, 'trajectories')) ? folder : undefined
}
