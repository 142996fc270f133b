import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { PassThrough } from 'node:stream'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layer } from './layer.test.support.ts'
import { type ProxyOptions, runProxy } from './proxy.ts'
import { type Recorded, recorder } from './recorder.test.support.ts'
import { ALL, STORIES, type Story } from './stories.test.support.ts'

const require = createRequire(import.meta.url)
const WAIT = 120_000

/** Everything a story's server answers over this transport, in order. */
async function told(transport: Transport, { asks, masks, reset }: Story): Promise<unknown[]> {
  reset?.()
  const client = await recorder(transport)
  const recorded: Recorded[] = [client.hello]
  // The server may greet with requests of its own.
  await client.notify('notifications/roots/list_changed')
  for (const [method, params] of [...ALL, ...asks]) recorded.push(await client.ask(method, params))
  await client.close()
  const mask = (text: string) => masks.reduce((masked, [pattern]) => masked.replace(pattern, '*'), text)
  // What a server says unasked falls into the time of one request or the next, and counts once: after an error the SDK's
  // client over HTTP asks for the stream again (it takes only results for answers) and is told everything anew.
  const said = recorded.flatMap(({ said }) =>
    said.map((message) => mask(JSON.stringify({ ...(message as object), id: undefined }))),
  )
  return [
    ...recorded.map(({ asked, answer }) => [asked, JSON.parse(mask(JSON.stringify(answer)))]),
    [...new Set(said)].sort(),
  ]
}

/** A proxy in observe mode, and a transport to it. */
async function through(
  server: ProxyOptions['server'],
  client: 'stdio' | 'http',
): Promise<{ transport: Transport; ended: Promise<unknown>; stop(): void; faults: string[] }> {
  const faults: string[] = []
  const { lifeHarness } = await layer(undefined, {
    mode: 'observe',
    onFault: ({ where, error }) => faults.push(`${where}: ${error}`),
  })
  const stopping = new AbortController()
  const { signal } = stopping
  const stop = () => stopping.abort()
  const [input, output] = [new PassThrough(), new PassThrough()]
  if (client === 'stdio') {
    const ended = runProxy({ lifeHarness, server, client: { input, output }, signal })
    return { transport: new StdioServerTransport(output, input), ended, stop, faults }
  }
  const listening = Promise.withResolvers<string>()
  const ended = runProxy({
    lifeHarness,
    server,
    client: { port: 0, onListening: listening.resolve },
    signal,
  })
  const transport = new StreamableHTTPClientTransport(new URL(await listening.promise))
  return { transport, ended, stop, faults }
}

async function throughProxy(story: Story, server: ProxyOptions['server'], client: 'stdio' | 'http') {
  const { transport, ended, stop, faults } = await through(server, client)
  const seen = await told(transport, story)
  stop()
  await ended
  expect(faults).toEqual([])
  return seen
}

describe.each(STORIES)('$name', (story) => {
  const { args, env = {}, missing } = story
  const process_ = { command: process.execPath, args, env: { ...(process.env as Env), ...env } }
  const title = (way: string) => `answers the same ${way}${missing ? ` (skipped: ${missing})` : ''}`
  let direct: unknown[]
  beforeAll(async () => {
    if (!missing) direct = await told(new StdioClientTransport({ ...process_, stderr: 'ignore' }), story)
  }, WAIT)

  it.skipIf(missing)(
    title('twice, so that a difference would be the proxy’s'),
    async () => {
      expect(direct.length).toBeGreaterThan(ALL.length + 10)
      expect(await told(new StdioClientTransport({ ...process_, stderr: 'ignore' }), story)).toEqual(direct)
    },
    WAIT,
  )
  it.skipIf(missing).each(['stdio', 'http'] as const)(
    title('to a client over %s'),
    async (client) => expect(await throughProxy(story, process_, client)).toEqual(direct),
    WAIT,
  )
})

describe('server-everything over Streamable HTTP', () => {
  const story = STORIES[0] as Story
  const script = require.resolve('@modelcontextprotocol/server-everything/dist/index.js')
  let server: ChildProcess
  let url: string
  let direct: unknown[]
  beforeAll(async () => {
    const port = await freePort()
    url = `http://127.0.0.1:${port}/mcp`
    const env = { ...process.env, PORT: String(port) }
    server = spawn(process.execPath, [script, 'streamableHttp'], { stdio: ['ignore', 'ignore', 'pipe'], env })
    await new Promise<void>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
      server.stderr?.on('data', (chunk) => /listening/i.test(String(chunk)) && resolve())
    })
    direct = await told(new StreamableHTTPClientTransport(new URL(url)), story)
  }, WAIT)
  afterAll(() => void server.kill())

  it.each(['stdio', 'http'] as const)(
    'answers the same to a client over %s',
    async (client) => expect(await throughProxy(story, { url }, client)).toEqual(direct),
    WAIT,
  )
})

type Env = Record<string, string>

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
