import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** A shell of its own, written in TypeScript for agents, behind an MCP server. */
export const mcpJustBash: Source = {
  tool: 'mcp-just-bash',
  languages: ['en'],
  async open({ dir }) {
    const manifest = new URL('../package.json', import.meta.resolve('just-bash-mcp')).href
    const { call, close } = await mcpServer(manifest, [], { cwd: dir })
    const bash = (command: string): McpCall => ['bash', { command }]
    return {
      close,
      provocations: provocations<McpCall>(call, [
        ['no-file', 'state.not_found', (v) => bash(`cat ${v.path()}`)],
        ['no-folder', 'state.not_found', (v) => bash(`cd /srv/${v.name()}`)],
        ['exists', 'state.conflict', (v) => bash(`mkdir -p ${v.word()}; mkdir $_`)],
        ['command', 'exec.dependency', (v) => bash(`${v.word()}ctl --list`)],
        ['option', 'exec.dependency', (v) => bash(`ls --${v.word()}`)],
        ['python', 'exec.dependency', (v) => bash(`python3 -c 'import ${v.word()}'`)],
        ['syntax', 'contract.value', (v) => bash(`if [ -f ${v.file()} ]; then echo a`)],
        ['sed', 'contract.value', (v) => bash(`echo a | sed 's/${v.word()}'`)],
        ['jq', 'contract.value', (v) => bash(`echo '{}' | jq '.${v.word()}['`)],
        ['count', 'contract.value', (v) => bash(`echo a | head -n ${v.word()}`)],
        ['operand', 'contract.missing_param', () => bash('cp')],
        ['read', 'state.not_found', (v) => ['bash_read_file', { path: v.path() }]],
        ['missing', 'contract.missing_param', (v) => ['bash', { [`${v.word()}_x`]: v.word() }]],
        [
          'one-of',
          'contract.value',
          (v) => ['bash_write_file', { path: '/tmp/a', content: 'a', encoding: v.word() }],
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`bash_${v.word()}`, {}]],
      ]),
    }
  },
}
