import { chromiumExecutable } from '../chromium-browser.ts'
import { localServer } from '../local-server.ts'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** The browser's MCP server of Playwright. */
export const mcpPlaywright: Source = {
  tool: 'mcp-playwright',
  languages: ['en'],
  async open({ dir }) {
    const executable = chromiumExecutable()
    const pages = await localServer((request, response) => {
      if (request.url?.startsWith('/reset')) request.socket.destroy()
      else if (request.url?.startsWith('/page'))
        response.setHeader('content-type', 'text/html').end('<title>t</title><button>a</button><p>b</p>')
    })
    const manifest = import.meta.resolve('@playwright/mcp/package.json')
    const args = [
      '--headless',
      '--isolated',
      '--no-sandbox',
      '--executable-path',
      executable,
      '--timeout-navigation',
      '1500',
      '--timeout-action',
      '900',
    ]
    const { call, close } = await mcpServer(manifest, args, { cwd: dir, env: { HOME: dir } })
    await call(['browser_navigate', { url: `${pages.url}/page` }])
    return {
      close: async () => {
        await close()
        await pages.close()
      },
      provocations: provocations<McpCall>(call, [
        [
          'ref-missing',
          'exec.env_drift',
          (v) => ['browser_click', { element: v.phrase(), target: `e${v.integer(500, 900)}` }],
        ],
        [
          'selector-missing',
          'exec.env_drift',
          (v) => ['browser_click', { element: v.phrase(), target: `#${v.name()}` }],
        ],
        ['missing', 'contract.missing_param', (v) => ['browser_navigate', { [`${v.name()}_x`]: v.word() }]],
        ['type', 'contract.type', (v) => ['browser_navigate', { url: v.integer(1, 99) }]],
        ['enum', 'contract.value', (v) => ['browser_tabs', { action: v.word() }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`browser_${v.word()}`, {}]],
        [
          'no-modal',
          'state.precondition',
          (v) => ['browser_handle_dialog', { accept: v.pick([true, false]) }],
        ],
        [
          'no-tab',
          'state.not_found',
          (v) => ['browser_tabs', { action: 'select', index: v.integer(30, 90) }],
        ],
        [
          'evaluate',
          'contract.value',
          (v) => ['browser_evaluate', { function: `() => ${v.name()}Total.length` }],
        ],
        [
          'evaluate-syntax',
          'contract.value',
          (v) => ['browser_evaluate', { function: `() => { ${v.name()} = = 1 }` }],
        ],
        ['key', 'contract.value', (v) => ['browser_press_key', { key: v.word() }]],
        ['no-modal', 'state.precondition', (v) => ['browser_file_upload', { paths: [v.path()] }]],
        [
          'refused',
          'exec.unavailable',
          (v) => ['browser_navigate', { url: `http://127.0.0.1:${v.integer(4_000, 4_040)}/${v.word()}` }],
        ],
        [
          'resolve',
          'exec.unavailable',
          (v) => ['browser_navigate', { url: `http://${v.word()}-${v.word()}.invalid/` }],
        ],
        ['empty', 'exec.unavailable', (v) => ['browser_navigate', { url: `${pages.url}/reset/${v.word()}` }]],
        ['slow', 'exec.timeout', (v) => ['browser_navigate', { url: `${pages.url}/slow/${v.word()}` }]],
      ]),
    }
  },
}
