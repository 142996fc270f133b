import { localServer } from '../local-server.ts'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

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
    const project = (status: number, n: number) => `${status}${n}`
    return {
      close: async () => {
        await close()
        await web.close()
      },
      provocations: provocations<McpCall>(call, [
        [
          'no-project',
          'state.not_found',
          (v) => ['create_issue', { project_id: project(404, v.integer(10, 99)), title: v.phrase() }],
        ],
        [
          'token',
          'auth.denied',
          (v) => ['create_issue', { project_id: project(401, v.integer(10, 99)), title: v.phrase() }],
        ],
        [
          'forbidden',
          'auth.denied',
          (v) => ['fork_repository', { project_id: project(403, v.integer(10, 99)) }],
        ],
        [
          'fork-exists',
          'state.conflict',
          (v) => ['fork_repository', { project_id: project(409, v.integer(10, 99)) }],
        ],
        [
          'refused',
          'contract.value',
          (v) => [
            'create_merge_request',
            {
              project_id: project(422, v.integer(10, 99)),
              title: v.phrase(),
              source_branch: v.word(),
              target_branch: 'main',
            },
          ],
        ],
        [
          'bad-request',
          'contract.value',
          (v) => [
            'create_branch',
            { project_id: project(400, v.integer(10, 99)), branch: v.phrase(), ref: 'main' },
          ],
        ],
        [
          'limited',
          'exec.rate_limited',
          (v) => ['create_issue', { project_id: project(429, v.integer(10, 99)), title: v.phrase() }],
        ],
        [
          'down',
          'exec.unavailable',
          (v) => ['create_issue', { project_id: project(503, v.integer(10, 99)), title: v.phrase() }],
        ],
        [
          'server',
          'exec.unavailable',
          (v) => ['create_issue', { project_id: project(500, v.integer(10, 99)), title: v.phrase() }],
        ],
        ['cut', 'exec.unavailable', (v) => ['create_issue', { project_id: v.word(), title: v.phrase() }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`delete_${v.word()}`, { project_id: v.id() }]],
      ]),
    }
  },
}
