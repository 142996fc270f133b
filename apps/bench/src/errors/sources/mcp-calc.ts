import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** Small reckonings (dates, units, hashes, patterns) behind an MCP server. */
export const mcpCalc: Source = {
  tool: 'mcp-calc',
  languages: ['en'],
  async open({ dir }) {
    const manifest = import.meta.resolve('@coo-quack/calc-mcp/package.json')
    const { call, close } = await mcpServer(manifest, [], { cwd: dir })
    return {
      close,
      provocations: provocations<McpCall>(call, [
        [
          'range',
          'contract.value',
          (v) => ['random', { type: 'number', min: v.integer(50, 99), max: v.integer(1, 9) }],
        ],
        ['one-of', 'contract.value', (v) => ['hash', { input: v.phrase(), algorithm: v.word() }]],
        ['items', 'contract.missing_param', () => ['random', { type: 'shuffle' }]],
        ['missing', 'contract.missing_param', (v) => ['diff', { text1: v.phrase() }]],
        ['number', 'contract.type', (v) => ['base', { value: '12', from: v.word(), to: v.integer(2, 9) }]],
        ['text', 'contract.type', (v) => ['hash', { input: v.integer(2, 99), algorithm: 'md5' }]],
        ['datetime', 'contract.value', (v) => ['datetime', { action: 'convert', datetime: v.word() }]],
        ['zone', 'contract.value', (v) => ['datetime', { action: 'now', timezone: v.word() }]],
        [
          'pattern',
          'contract.value',
          (v) => ['regex', { pattern: `(${v.word()}`, text: v.phrase(), action: 'test' }],
        ],
        [
          'cron-fields',
          'contract.value',
          (v) => ['cron_parse', { expression: `${v.integer(1, 9)} * *`, count: v.integer(2, 9) }],
        ],
        [
          'cron-minute',
          'contract.value',
          (v) => ['cron_parse', { expression: `${v.integer(60, 99)} * * * *` }],
        ],
        [
          'maximum',
          'contract.value',
          (v) => ['cron_parse', { expression: '0 * * * *', count: v.integer(200, 900) }],
        ],
        ['unit', 'contract.value', (v) => ['convert', { value: v.integer(2, 99), from: v.word(), to: 'km' }]],
        ['color', 'contract.value', (v) => ['color', { color: v.word() }]],
        ['token', 'contract.value', (v) => ['jwt_decode', { token: v.word() }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_convert`, {}]],
      ]),
    }
  },
}
