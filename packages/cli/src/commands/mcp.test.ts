import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, test } from 'vitest'
import {
  lifeharness,
  MAIN,
  NODE_ARGS,
  runProcess,
  type Started,
  startLifeharness,
  temporaryFolder,
} from '../run.test.support.ts'

const SERVER = fileURLToPath(new URL('../server.test.support.ts', import.meta.url))

test('stands between a client and a server: the protocol passes, and each call is recorded', async () => {
  const cwd = temporaryFolder()
  const client = new Client({ name: 'client', version: '1.0.0' })
  const args = [...NODE_ARGS, MAIN, 'mcp', '--store', 'mcp.db', '--', process.execPath, SERVER]
  const transport = new StdioClientTransport({ command: process.execPath, args, cwd, stderr: 'pipe' })
  let stderr = ''
  transport.stderr?.on('data', (chunk) => (stderr += chunk))
  await client.connect(transport)
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['get_order'])
  const failed = await client.callTool({ name: 'get_order', arguments: { id: 'W1' } })
  const found = await client.callTool({ name: 'get_order', arguments: { id: '#W1' } })
  expect(failed).toMatchObject({ isError: true, content: [{ type: 'text', text: 'order not found' }] })
  expect(found).toMatchObject({ content: [{ type: 'text', text: '#W1 is on its way' }] })
  await client.close()
  expect(stderr).toBe('')

  const store = sqliteStore(join(cwd, 'mcp.db'))
  const tools: unknown[] = []
  for await (const { event } of store.read(0, 100))
    if (event.type === 'tool') tools.push([event.call.tool, event.outcome, event.applied])
  await store.close()
  expect(tools).toEqual([
    [{ origin: 'shop', name: 'get_order' }, 'error', []],
    [{ origin: 'shop', name: 'get_order' }, 'ok', []],
  ])
})

test('serves a client over HTTP a server that is elsewhere', async () => {
  const cwd = temporaryFolder()
  const near = startLifeharness(
    ['mcp', '--store', 'near.db', '--listen', '0', '--', process.execPath, SERVER],
    {
      cwd,
    },
  )
  const nearUrl = await addressOf(near)
  const far = startLifeharness(['mcp', '--store', 'far.db', '--listen', '0', '--url', nearUrl], { cwd })
  const client = new Client({ name: 'client', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(new URL(await addressOf(far))))
  const found = await client.callTool({ name: 'get_order', arguments: { id: '#W1' } })
  expect(found).toMatchObject({ content: [{ type: 'text', text: '#W1 is on its way' }] })
  await client.close()
  for (const proxy of [far, near]) {
    proxy.kill('SIGTERM')
    expect(await proxy.ended).toMatchObject({ code: 0, stdout: '' })
  }
})

/** Where a proxy that serves clients over HTTP says that it listens. */
async function addressOf({ written }: Started): Promise<string> {
  const said = () => /http:\S+/.exec(written.stderr)?.[0]
  await expect.poll(said, { timeout: 20_000 }).toBeDefined()
  return said() as string
}

test('the Inspector, by its command line, is told the same through the proxy', async () => {
  const cwd = temporaryFolder()
  const require = createRequire(import.meta.url)
  const everything = require.resolve('@modelcontextprotocol/server-everything/dist/index.js')
  const inspector = require.resolve('@modelcontextprotocol/inspector/package.json')
  const { bin } = require('@modelcontextprotocol/inspector/package.json') as { bin: { inspector: string } }
  const proxy = [...NODE_ARGS, MAIN, 'mcp', '--store', 'm.db', '--']
  const mcpServers = {
    direct: { command: process.execPath, args: [everything, 'stdio'] },
    proxied: { command: process.execPath, args: [...proxy, process.execPath, everything, 'stdio'] },
  }
  writeFileSync(join(cwd, 'servers.json'), JSON.stringify({ mcpServers }))
  const ask = (server: string, ...what: string[]) => {
    const args = ['--cli', '--config', 'servers.json', '--server', server, '--method', ...what]
    return runProcess(process.execPath, [join(dirname(inspector), bin.inspector), ...args], { cwd })
  }
  for (const what of [
    ['tools/list'],
    ['tools/call', '--tool-name', 'get-sum', '--tool-arg', 'a=2', 'b=3'],
    ['tools/call', '--tool-name', 'get-sum', '--tool-arg', 'a=two'],
  ]) {
    const [direct, proxied] = await Promise.all([ask('direct', ...what), ask('proxied', ...what)])
    expect(direct.stdout, direct.stderr).toMatch(/^\{[\s\S]*\}\s*$/)
    expect(proxied).toMatchObject({ stdout: direct.stdout, code: direct.code })
  }
}, 180_000)

test('ends with the code of the server', async () => {
  const args = ['mcp', '--store', 'm.db', '--', process.execPath, '-e', 'process.exit(3)']
  expect(await lifeharness(args, { cwd: temporaryFolder() })).toMatchObject({ code: 3, stdout: '' })
})

test.each([
  ['no command', [], 2, 'name the server to start after `--`'],
  ['a command and an address', ['--url', 'http://x', '--', 'y'], 2, 'or its address by --url'],
  ['an address of another kind', ['--url', 'file:///x'], 2, 'is no address'],
  ['a port that is none', ['--listen', 'x'], 2, 'Write it as `port` or `host:port`'],
  [
    'a secret that is not there',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the user writes.
    ['--url', 'http://x', '--header', 'authorization: Bearer ${NO_SUCH_TOKEN}'],
    2,
    'There is no NO_SUCH_TOKEN',
  ],
  [
    'an address that is not this machine’s',
    ['--listen', '192.0.2.1:80', '--url', 'http://x'],
    1,
    'cannot listen at port 80: EADDRNOTAVAIL',
  ],
  ['an unknown mode', ['--mode', 'brave', '--', 'x'], 2, 'Allowed choices are observe, progressive, frozen'],
  [
    'a command that does not exist',
    ['--', 'no-such-command-here'],
    1,
    'no-such-command-here cannot be started',
  ],
])('%s', async (_, args, code, said) => {
  const ran = await lifeharness(['mcp', ...args], { cwd: temporaryFolder() })
  expect(ran.stderr).toContain(said)
  expect(ran.stderr).not.toMatch(/\n\s+at /)
  // Standard output is the protocol's.
  expect(ran.stdout).toBe('')
  expect(ran.code).toBe(code)
})
