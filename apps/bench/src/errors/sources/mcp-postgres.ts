import { type McpCall, mcpServer } from '../mcp-client.ts'
import { postgresServer } from '../postgres-server.ts'
import { provocations, type Source } from '../provocation.ts'

/** A server `query{sql}` that only reads. */
export const mcpPostgres: Source = {
  tool: 'mcp-postgres',
  languages: ['en'],
  async open({ dir }) {
    const server = await postgresServer(dir)
    const manifest = import.meta.resolve('@modelcontextprotocol/server-postgres/package.json')
    const url = `postgresql://postgres@127.0.0.1:${server.port}/postgres`
    const { call, close } = await mcpServer(manifest, [url], { cwd: dir })
    const query = (sql: string): McpCall => ['query', { sql }]
    return {
      close: async () => {
        await close()
        await server.close()
      },
      provocations: provocations<McpCall>(call, [
        ['no-table', 'state.not_found', (v) => query(`SELECT * FROM ${v.word()}s`)],
        ['no-column', 'state.not_found', (v) => query(`SELECT ${v.name()}_x FROM pg_class`)],
        ['syntax', 'contract.value', (v) => query(`SELECT * FROM pg_class WHERE WHERE ${v.word()}`)],
        ['read-only', 'auth.denied', (v) => query(`CREATE TABLE ${v.name()} (id integer)`)],
        ['division', 'contract.value', (v) => query(`SELECT ${v.integer(1, 999)} / 0`)],
        ['type-syntax', 'contract.value', (v) => query(`SELECT '${v.word()}'::integer`)],
        ['no-function', 'state.not_found', (v) => query(`SELECT ${v.name()}_of(1)`)],
        [
          'timed-out',
          'exec.timeout',
          (v) => query(`SET LOCAL statement_timeout = ${v.integer(20, 60)}; SELECT pg_sleep(5)`),
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_${v.word()}`, { sql: 'SELECT 1' }]],
      ]),
    }
  },
}
