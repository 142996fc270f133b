import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

export const mcpSequentialThinking: Source = {
  tool: 'mcp-sequential-thinking',
  languages: ['en'],
  async open({ dir }) {
    const manifest = import.meta.resolve('@modelcontextprotocol/server-sequential-thinking/package.json')
    const { call, close } = await mcpServer(manifest, [], { cwd: dir })
    const tool = 'sequentialthinking'
    return {
      close,
      provocations: provocations<McpCall>(call, [
        [
          'missing',
          'contract.missing_param',
          (v) => [
            tool,
            { nextThoughtNeeded: true, thoughtNumber: v.integer(1, 3), totalThoughts: v.integer(4, 9) },
          ],
        ],
        [
          'type-string',
          'contract.type',
          (v) => [
            tool,
            { thought: v.integer(1, 99), nextThoughtNeeded: true, thoughtNumber: 1, totalThoughts: 2 },
          ],
        ],
        [
          'type-number',
          'contract.type',
          (v) => [
            tool,
            { thought: v.phrase(), nextThoughtNeeded: true, thoughtNumber: v.word(), totalThoughts: 2 },
          ],
        ],
        [
          'minimum',
          'contract.value',
          (v) => [
            tool,
            {
              thought: v.phrase(),
              nextThoughtNeeded: true,
              thoughtNumber: -v.integer(1, 9),
              totalThoughts: 2,
            },
          ],
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_${v.word()}`, { thought: v.phrase() }]],
      ]),
    }
  },
}
