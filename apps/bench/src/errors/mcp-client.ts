import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorFacts, type JsonObject, toolResult } from '@lifeharness/core'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { Provoked } from './provocation.ts'

export type McpCall = [tool: string, args: JsonObject]

type McpTool = { call: (call: McpCall) => Promise<Provoked>; close: () => Promise<void> }

/** An MCP server of a package (`manifest` is the URL of its package.json), started over stdio. */
export async function mcpServer(
  manifest: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; timeoutMs?: number },
): Promise<McpTool> {
  const path = fileURLToPath(manifest)
  const { bin } = JSON.parse(readFileSync(path, 'utf8')) as { bin: Record<string, string> }
  const script = join(dirname(path), Object.values(bin)[0] as string)
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [script, ...args],
    cwd: options.cwd,
    env: { PATH: process.env.PATH ?? '', ...options.env },
    stderr: 'ignore',
  })
  return mcpTool(transport, options.timeoutMs)
}

/** An MCP server at the other end of a transport; a call's failure is a result with `isError` or a thrown error. */
export async function mcpTool(transport: Transport, timeout = 20_000): Promise<McpTool> {
  const client = new Client({ name: 'bench', version: '1' })
  await client.connect(transport)
  return {
    call: async ([name, input]) => {
      try {
        const value = await client.callTool({ name, arguments: input }, undefined, { timeout })
        if (!value.isError) return { input, result: toolResult('ok', value) }
        const content = value.content as { type: string; text?: string }[]
        const message = content.map(({ text = '' }) => text).join('\n')
        return { input, result: toolResult('error', value, { error: { message } }) }
      } catch (thrown) {
        return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
      }
    },
    close: () => client.close(),
  }
}
