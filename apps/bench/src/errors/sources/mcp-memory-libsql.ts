import { join } from 'node:path'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** A knowledge graph in a file of libSQL behind an MCP server, whose arguments Valibot checks. */
export const mcpMemoryLibsql: Source = {
  tool: 'mcp-memory-libsql',
  languages: ['en'],
  async open({ dir }) {
    const manifest = new URL('../package.json', import.meta.resolve('mcp-memory-libsql')).href
    const env = { LIBSQL_URL: `file:${join(dir, 'memory.db')}` }
    const { call, close } = await mcpServer(manifest, [], { cwd: dir, env })
    return {
      close,
      provocations: provocations<McpCall>(call, [
        ['no-entity', 'state.not_found', (v) => ['delete_entity', { name: v.name() }]],
        [
          'no-relation',
          'state.not_found',
          (v) => ['delete_relation', { source: v.word(), target: v.word(), type: v.word() }],
        ],
        [
          'no-observation',
          'contract.missing_param',
          (v) => [
            'create_entities',
            { entities: [{ name: v.name(), entityType: v.word(), observations: [] }] },
          ],
        ],
        [
          'no-name',
          'contract.missing_param',
          (v) => ['create_entities', { entities: [{ name: '', entityType: v.word(), observations: ['a'] }] }],
        ],
        ['empty', 'contract.missing_param', () => ['search_nodes', { query: '' }]],
        ['missing', 'contract.missing_param', (v) => ['search_nodes', { limit: v.integer(2, 40) }]],
        [
          'missing-nested',
          'contract.missing_param',
          (v) => ['create_entities', { entities: [{ name: v.name(), entityType: v.word() }] }],
        ],
        ['list', 'contract.type', (v) => ['create_entities', { entities: v.name() }]],
        ['text', 'contract.type', (v) => ['search_nodes', { query: v.integer(2, 99) }]],
        ['number', 'contract.type', (v) => ['search_nodes', { query: v.word(), limit: v.word() }]],
        [
          'maximum',
          'contract.value',
          (v) => ['search_nodes', { query: v.word(), limit: v.integer(60, 900) }],
        ],
        ['too-long', 'contract.value', (v) => ['delete_entity', { name: v.word().repeat(60) }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_nodes`, {}]],
      ]),
    }
  },
}
