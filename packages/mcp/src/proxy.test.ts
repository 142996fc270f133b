import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import type { LifeHarness, RegistryState } from '@lifeharness/core'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { afterAll, describe, expect, it } from 'vitest'
import { active, type CallResult, layer } from './layer.test.support.ts'
import { readLines, writeLine } from './lines.ts'
import { lineOf } from './message.ts'
import { runProxy } from './proxy.ts'

const require = createRequire(import.meta.url)
const everything = [require.resolve('@modelcontextprotocol/server-everything/dist/index.js'), 'stdio']
const folder = mkdtempSync(join(tmpdir(), 'lifeharness-'))
const file = join(folder, 'note.txt')
writeFileSync(file, 'a note')
afterAll(() => rmSync(folder, { recursive: true }))
const filesystem = [require.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'), folder]

/** A client on one end of a proxy in this process, a real server over stdio on the other. */
async function proxied(lifeHarness: LifeHarness, args: readonly string[]) {
  const input = new PassThrough()
  const output = new PassThrough()
  const log: string[] = []
  const stopped = new AbortController()
  const proxy = runProxy({
    lifeHarness,
    server: { command: process.execPath, args },
    client: { input, output },
    signal: stopped.signal,
    log: (line) => log.push(line),
  })
  const client = await connect(output, input)
  return {
    client,
    log,
    async close() {
      input.end()
      const ended = await proxy
      await client.close()
      return ended
    },
  }
}

/** The SDK's transport over a pair of streams serves either side. */
async function connect(input: Readable, output: Writable): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StdioServerTransport(input, output))
  return client
}

describe('real servers over stdio', () => {
  it.each([
    ['server-everything', everything],
    ['server-filesystem', filesystem],
  ])(
    '%s looks the same as without the proxy',
    async (_, args) => {
      const direct = new Client({ name: 'test', version: '1' })
      await direct.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }))
      const { lifeHarness } = await layer()
      const { client, close } = await proxied(lifeHarness, args)
      const look = async (c: Client) => {
        const offers = c.getServerCapabilities()
        return {
          offers,
          version: c.getServerVersion(),
          instructions: c.getInstructions(),
          tools: await c.listTools(),
          resources: offers?.resources && (await c.listResources()),
          templates: offers?.resources && (await c.listResourceTemplates()),
          prompts: offers?.prompts && (await c.listPrompts()),
        }
      }
      const seen = await look(direct)
      expect(seen.tools.tools.length).toBeGreaterThan(3)
      expect(await look(client)).toEqual(seen)
      await direct.close()
      expect(await close()).toEqual({ exitCode: 0 })
    },
    30_000,
  )

  it('a renamed argument makes a failing call succeed', async () => {
    const rename = { from: '/file', to: '/path' }
    const origin = 'secure-filesystem-server'
    const registry = active('rename-argument', rename, 'contract.misnamed_param', 'read_text_file', origin)
    const asked = { name: 'read_text_file', arguments: { file } }
    const run = async (state?: RegistryState) => {
      const { lifeHarness, calls } = await layer(state)
      const { client, close } = await proxied(lifeHarness, filesystem)
      await client.listTools()
      const result = (await client.callTool(asked)) as CallResult
      await close()
      return { result, calls: await calls() }
    }
    const without = await run()
    expect(without.result.isError).toBe(true)
    expect(without.calls[0]?.error).toMatchObject({ code: -32602 })
    const repaired = await run(registry)
    expect(repaired.result).toMatchObject({ content: [{ type: 'text', text: 'a note' }] })
    expect(repaired.calls).toMatchObject([
      {
        call: { input: { file } },
        executed: { input: { path: file } },
        outcome: 'ok',
        applied: [{ dead: true }],
      },
    ])
  }, 30_000)

  it('observe mode passes every byte', async () => {
    const request = (id: number, method: string, params: object) => ({ jsonrpc: '2.0', id, method, params })
    const clientInfo = { name: 'test', version: '1' }
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }
    const requests = [
      request(1, 'tools/list', {}),
      request(2, 'tools/call', { name: 'echo', arguments: { message: 'ü — \u2028' } }),
      request(3, 'tools/call', { name: 'get-tiny-image', arguments: {} }),
      request(4, 'tools/call', { name: 'get-structured-content', arguments: { location: 'Chicago' } }),
      request(5, 'tools/call', { name: 'echo', arguments: {} }),
      request(6, 'tools/call', { name: 'nope', arguments: {} }),
      request(7, 'tools/call', { name: 3 }),
    ]
    /** The texts of the answers, by id. */
    async function exchange(input: Writable, output: Readable): Promise<Map<unknown, string>> {
      const answers = new Map<unknown, string>()
      let ask: (() => void) | undefined
      readLines(output, ({ text, message }) => {
        if (message?.id !== undefined && message.method === undefined) answers.set(message.id, text)
        ask?.()
      })
      const answered = (count: number) =>
        new Promise<void>((resolve) => {
          ask = () => answers.size >= count && resolve()
          ask()
        })
      writeLine(input, lineOf(request(0, 'initialize', hello)))
      await answered(1)
      writeLine(input, lineOf({ jsonrpc: '2.0', method: 'notifications/initialized' }))
      for (const line of requests) writeLine(input, lineOf(line))
      await answered(1 + requests.length)
      return answers
    }
    const child = spawn(process.execPath, everything, { stdio: ['pipe', 'pipe', 'ignore'] })
    const bare = await exchange(child.stdin, child.stdout)
    child.kill()
    const { lifeHarness, calls } = await layer(undefined, { mode: 'observe' })
    const [input, output] = [new PassThrough(), new PassThrough()]
    const proxy = runProxy({
      lifeHarness,
      server: { command: process.execPath, args: everything },
      client: { input, output },
    })
    const through = await exchange(input, output)
    input.end()
    await proxy
    expect(through).toEqual(bare)
    // The seventh is no call that could be judged: the server refuses the request itself.
    const outcomes = (await calls()).map(({ call, outcome }) => `${call.id} ${outcome}`)
    expect(outcomes.sort()).toEqual(['2 ok', '3 ok', '4 ok', '5 error', '6 error'])
  }, 30_000)

  it('a server that cannot be started is the caller’s error', async () => {
    const { lifeHarness } = await layer()
    const [input, output] = [new PassThrough(), new PassThrough()]
    const proxy = runProxy({
      lifeHarness,
      server: { command: join(folder, 'nothing') },
      client: { input, output },
    })
    await expect(proxy).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
