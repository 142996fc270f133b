import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

export const mcpEverything: Source = {
  tool: 'mcp-everything',
  languages: ['en'],
  async open({ dir }) {
    const manifest = import.meta.resolve('@modelcontextprotocol/server-everything/package.json')
    const { call, close } = await mcpServer(manifest, ['stdio'], { cwd: dir, timeoutMs: 250 })
    return {
      close,
      provocations: provocations<McpCall>(call, [
        ['missing', 'contract.missing_param', (v) => ['echo', { [`${v.name()}_text`]: v.phrase() }]],
        ['missing-two', 'contract.missing_param', (v) => ['get-sum', { [`${v.name()}_x`]: v.integer(1, 9) }]],
        ['type', 'contract.type', (v) => ['echo', { message: v.pick([v.integer(1, 99), null, [v.word()]]) }]],
        [
          'number',
          'contract.type',
          (v) => ['get-sum', { a: v.integer(1, 9), b: v.pick([v.word(), String(v.integer(1, 99))]) }],
        ],
        ['enum', 'contract.value', (v) => ['get-annotated-message', { messageType: v.word() }]],
        ['range', 'contract.value', (v) => ['get-resource-links', { count: v.integer(11, 99) }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}-${v.word()}`, {}]],
        [
          'timed-out',
          'exec.timeout',
          (v) => ['trigger-long-running-operation', { duration: v.integer(5, 60), steps: v.integer(1, 3) }],
        ],
      ]),
    }
  },
}
