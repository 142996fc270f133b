import { join } from 'node:path'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

export const mcpMemory: Source = {
  tool: 'mcp-memory',
  languages: ['en'],
  async open({ dir }) {
    const manifest = import.meta.resolve('@modelcontextprotocol/server-memory/package.json')
    const env = { MEMORY_FILE_PATH: join(dir, 'memory.jsonl') }
    const { call, close } = await mcpServer(manifest, [], { cwd: dir, env })
    return {
      close,
      provocations: provocations<McpCall>(call, [
        [
          'entity-missing',
          'state.not_found',
          (v) => [
            'add_observations',
            { observations: [{ entityName: v.pick([v.name(), v.phrase()]), contents: [v.phrase()] }] },
          ],
        ],
        ['missing', 'contract.missing_param', (v) => ['search_nodes', { [`${v.name()}_q`]: v.phrase() }]],
        [
          'missing-nested',
          'contract.missing_param',
          (v) => ['create_entities', { entities: [{ name: v.name(), entityType: v.word() }] }],
        ],
        [
          'type',
          'contract.type',
          (v) => ['search_nodes', { query: v.pick([v.integer(1, 99), [v.word()], null]) }],
        ],
        [
          'stringified',
          'parse.wrong_container',
          (v) => ['open_nodes', { names: JSON.stringify([v.name(), v.name()]) }],
        ],
        ['text-for-list', 'contract.type', (v) => ['open_nodes', { names: v.phrase() }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_nodes`, { query: v.word() }]],
      ]),
    }
  },
}
