import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { expect, test } from 'vitest'
import { lifeharness, MAIN, NODE_ARGS, temporaryFolder } from '../run.test.support.ts'

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

test('ends with the code of the server', async () => {
  const args = ['mcp', '--store', 'm.db', '--', process.execPath, '-e', 'process.exit(3)']
  expect(await lifeharness(args, { cwd: temporaryFolder() })).toMatchObject({ code: 3, stdout: '' })
})

test.each([
  ['no command', [], 2, 'name the server to start after `--`'],
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
