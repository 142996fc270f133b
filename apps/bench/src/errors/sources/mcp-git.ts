import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'
import { program } from '../shell.ts'

/** Git behind an MCP server, which words itself what git says. */
export const mcpGit: Source = {
  tool: 'mcp-git',
  languages: ['en'],
  async open({ dir }) {
    const git = program('git')
    const path = join(dir, 'repository')
    const plain = join(dir, 'plain')
    await mkdir(plain)
    await mkdir(path)
    const ran = (...args: string[]) =>
      execFileSync(git, args, { cwd: path, stdio: 'ignore', env: { ...process.env, HOME: dir } })
    ran('init', '-b', 'main')
    ran('config', 'user.name', 'a')
    ran('config', 'user.email', 'a@b.test')
    await writeFile(join(path, 'kept.txt'), 'a\n')
    ran('add', '.')
    ran('commit', '-m', 'a')
    ran('branch', 'old')
    ran('tag', 'v1')
    await writeFile(join(path, 'kept.txt'), 'b\n')
    ran('commit', '-am', 'b')
    await writeFile(join(path, 'kept.txt'), 'not committed\n')
    const manifest = new URL('../package.json', import.meta.resolve('@cyanheads/git-mcp-server')).href
    const env = { HOME: dir, MCP_LOG_LEVEL: 'error', MCP_TRANSPORT_TYPE: 'stdio', LC_ALL: 'C' }
    const { call, close } = await mcpServer(manifest, [], { cwd: dir, env })
    return {
      close,
      provocations: provocations<McpCall>(call, [
        ['no-file', 'state.not_found', (v) => ['git_add', { path, paths: [v.file()] }]],
        ['no-branch', 'state.not_found', (v) => ['git_checkout', { path, target: `${v.name()}-x` }]],
        ['no-folder', 'state.not_found', (v) => ['git_status', { path: join(dir, v.name(), v.word()) }]],
        [
          'no-repository',
          'state.precondition',
          (v) => ['git_log', { path: plain, maxCount: v.integer(2, 9) }],
        ],
        [
          'branch-exists',
          'state.conflict',
          (v) => ['git_branch', { path, mode: 'create', branchName: v.pick(['old', 'main']) }],
        ],
        [
          'tag-exists',
          'state.conflict',
          (v) => ['git_tag', { path, mode: 'create', tagName: 'v1', message: v.word() }],
        ],
        [
          'delete-current',
          'state.precondition',
          () => ['git_branch', { path, mode: 'delete', branchName: 'main' }],
        ],
        [
          'dirty',
          'state.precondition',
          (v) => ['git_checkout', { path, target: 'old', track: v.pick([false]) }],
        ],
        [
          'delete-branch',
          'state.not_found',
          (v) => ['git_branch', { path, mode: 'delete', branchName: `${v.name()}-x` }],
        ],
        ['no-remote', 'state.not_found', (v) => ['git_remote', { path, mode: 'remove', name: v.name() }]],
        ['missing', 'contract.missing_param', (v) => ['git_show', { path, filePath: v.file() }]],
        ['extra', 'contract.misnamed_param', (v) => ['git_status', { path, [`${v.name()}_x`]: true }]],
        ['branch-name', 'contract.missing_param', () => ['git_branch', { path, mode: 'create' }]],
        ['number', 'contract.type', (v) => ['git_log', { path, maxCount: v.word() }]],
        ['one-of', 'contract.value', (v) => ['git_reset', { path, mode: v.word() }]],
        ['minimum', 'contract.value', (v) => ['git_log', { path, maxCount: -v.integer(2, 99) }]],
        [
          'refused',
          'exec.unavailable',
          (v) => [
            'git_clone',
            { url: `http://127.0.0.1:${v.integer(2, 9)}/${v.word()}.git`, path: join(dir, 'clone') },
          ],
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`git_${v.word()}`, { path }]],
      ]),
    }
  },
}
