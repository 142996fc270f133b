import { localServer } from '../local-server.ts'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'
import type { Vary } from '../vary.ts'

/** GitLab's HTTP API behind an MCP server, which says what a status is called; the number of a project names the answer. */
export const mcpGitlab: Source = {
  tool: 'mcp-gitlab',
  languages: ['en'],
  async open({ dir }) {
    const web = await localServer((request, response) => {
      const project = request.url?.split('/')[2] ?? ''
      const status = Number(project.slice(0, 3))
      if (status) response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
      else request.socket.destroy()
    })
    const manifest = import.meta.resolve('@modelcontextprotocol/server-gitlab/package.json')
    const env = { GITLAB_API_URL: web.url, GITLAB_PERSONAL_ACCESS_TOKEN: 'glpat-x' }
    const { call, close } = await mcpServer(manifest, [], { cwd: dir, env })
    const project = (status: number, v: Vary) => `${status}${v.integer(10, 99)}`
    const issue =
      (status: number) =>
      (v: Vary): McpCall => ['create_issue', { project_id: project(status, v), title: v.phrase() }]
    return {
      close: async () => {
        await close()
        await web.close()
      },
      provocations: provocations<McpCall>(call, [
        ['no-project', 'state.not_found', issue(404)],
        ['token', 'auth.denied', issue(401)],
        ['forbidden', 'auth.denied', (v) => ['fork_repository', { project_id: project(403, v) }]],
        ['fork-exists', 'state.conflict', (v) => ['fork_repository', { project_id: project(409, v) }]],
        [
          'refused',
          'contract.value',
          (v) => [
            'create_merge_request',
            {
              project_id: project(422, v),
              title: v.phrase(),
              source_branch: v.word(),
              target_branch: 'main',
            },
          ],
        ],
        [
          'bad-request',
          'contract.value',
          (v) => ['create_branch', { project_id: project(400, v), branch: v.phrase(), ref: 'main' }],
        ],
        ['limited', 'exec.rate_limited', issue(429)],
        ['down', 'exec.unavailable', issue(503)],
        ['server', 'exec.unavailable', issue(500)],
        ['cut', 'exec.unavailable', (v) => ['create_issue', { project_id: v.word(), title: v.phrase() }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`delete_${v.word()}`, { project_id: v.id() }]],
      ]),
    }
  },
}
