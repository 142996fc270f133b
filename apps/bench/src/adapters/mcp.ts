import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { freePort } from '../free-port.ts'
import type { AdapterRow } from './row.ts'

const require = createRequire(import.meta.url)
const SERVER = require.resolve('@modelcontextprotocol/server-everything/dist/index.js')
const CLI = fileURLToPath(new URL('../../../../packages/cli/src/main.ts', import.meta.url))
const OTHER = join(dirname(require.resolve('mcp-proxy')), 'bin', 'mcp-proxy.mjs')
const PLAIN = fileURLToPath(new URL('./plain-proxy.ts', import.meta.url))
const PROMISED = { p50: 500, p99: 1_500 }

const stdioServer = [process.execPath, SERVER, 'stdio']

/** The proxy as its users start it: a process of its own, which records every call in a SQLite file. */
function proxy(folder: string, name: string, ...args: string[]): string[] {
  const store = join(folder, `${name}.db`)
  return [process.execPath, '--conditions=lifeharness-source', CLI, 'mcp', '--store', store, ...args]
}

type Bench = { folder: string; started: ChildProcess[]; clients: Client[] }

async function call({ clients }: Bench, transport: Transport): Promise<() => Promise<unknown>> {
  const client = new Client({ name: 'bench', version: '1' })
  await client.connect(transport)
  clients.push(client)
  let calls = 0
  // An agent that makes the same call again and again would be a failure, which takes longer to look into.
  return () => client.callTool({ name: 'echo', arguments: { message: `hello ${calls++}` } })
}

function stdio(bench: Bench, [command = '', ...args]: readonly string[]) {
  return call(bench, new StdioClientTransport({ command, args, stderr: 'ignore' }))
}

/** Starts what serves HTTP at the port, and calls it there. */
async function http(bench: Bench, port: number, [command = '', ...args]: readonly string[]) {
  const env = { ...process.env, PORT: String(port) }
  bench.started.push(spawn(command, args, { stdio: 'ignore', env }))
  await listening(port)
  return call(bench, new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)))
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await fetch(`http://127.0.0.1:${port}/`).then(
      (response) => response.arrayBuffer().then(() => true),
      () => false,
    )
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function opened(): { bench: Bench; close(): Promise<void> } {
  const bench: Bench = { folder: mkdtempSync(join(tmpdir(), 'lifeharness-')), started: [], clients: [] }
  async function close(): Promise<void> {
    await Promise.all(bench.clients.map((client) => client.close()))
    const ended = bench.started.map((child) => new Promise((resolve) => child.once('exit', resolve)))
    for (const child of bench.started) child.kill('SIGTERM')
    await Promise.all(ended)
    rmSync(bench.folder, { recursive: true })
  }
  return { bench, close }
}

export const mcpRows: readonly AdapterRow[] = [
  {
    name: 'mcp over stdio: one tools/call',
    async open() {
      const { bench, close } = opened()
      return {
        bare: await stdio(bench, stdioServer),
        others: { lifeharness: await stdio(bench, proxy(bench.folder, 'stdio', '--', ...stdioServer)) },
        promised: { lifeharness: PROMISED },
        close,
      }
    },
  },
  {
    name: 'mcp over HTTP: one tools/call',
    async open() {
      const { bench, close } = opened()
      const listen = async (command: (port: string) => readonly string[]) => {
        const port = await freePort()
        return { port, call: await http(bench, port, command(String(port))) }
      }
      const bare = await listen(() => [process.execPath, SERVER, 'streamableHttp'])
      const server = `http://127.0.0.1:${bare.port}`
      const own = (name: string, ...args: string[]) =>
        listen((port) => proxy(bench.folder, name, '--listen', port, ...args))
      const overHttp = await own('http', '--url', `${server}/mcp`)
      const plain = await listen((port) => [process.execPath, PLAIN, port, server])
      const mixed = await own('mixed', '--', ...stdioServer)
      const other = await listen((port) => [
        ...[process.execPath, OTHER, '--port', port, '--host', '127.0.0.1'],
        ...['--server', 'stream', '--', ...stdioServer],
      ])
      return {
        bare: bare.call,
        others: {
          lifeharness: overHttp.call,
          'plain proxy of node:http': plain.call,
          'lifeharness, server over stdio': mixed.call,
          'mcp-proxy, server over stdio': other.call,
        },
        promised: { lifeharness: PROMISED },
        close,
      }
    },
  },
]
