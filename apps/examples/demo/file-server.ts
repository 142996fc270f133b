import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { dynamicTool, jsonSchema, type ToolSet } from 'ai'

/** The public MCP file server, a process of its own, over two folders: what comes in, and what goes out. */
export type FileServer = {
  inbox: string
  outbox: string
  tools: ToolSet
  close(): Promise<void>
}

const OFFERED = new Set(['read_text_file', 'write_file'])

export async function startFileServer(): Promise<FileServer> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'desk-')))
  const inbox = join(root, 'inbox')
  const outbox = join(root, 'outbox')
  for (const folder of [inbox, outbox]) await mkdir(folder, { recursive: true })
  const server = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'))
  const client = new Client({ name: 'demo', version: '1.0.0' })
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [server, root], stderr: 'ignore' }),
  )
  const listed = await client.listTools()
  const offered = listed.tools.filter(({ name }) => OFFERED.has(name))
  const tools = offered.map(({ name, description = '', inputSchema, annotations }) => [
    name,
    {
      ...dynamicTool({
        description,
        inputSchema: jsonSchema(inputSchema as Parameters<typeof jsonSchema>[0]),
        execute: (input) => client.callTool({ name, arguments: input as Record<string, unknown> }),
      }),
      metadata: { clientName: 'files', annotations: annotations ?? {} },
    },
  ])
  return {
    inbox,
    outbox,
    tools: Object.fromEntries(tools) as ToolSet,
    async close() {
      await client.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
