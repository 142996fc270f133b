import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

export const mcpFilesystem: Source = {
  tool: 'mcp-filesystem',
  languages: ['en'],
  async open({ dir }) {
    const root = await realpath(dir)
    await mkdir(join(root, 'folder'))
    await writeFile(join(root, 'plain.txt'), 'one\ntwo\n')
    const manifest = import.meta.resolve('@modelcontextprotocol/server-filesystem/package.json')
    const { call, close } = await mcpServer(manifest, [root], { cwd: root })
    return {
      close,
      provocations: provocations<McpCall>(call, [
        ['open-missing', 'state.not_found', (v) => ['read_text_file', { path: join(root, v.file()) }]],
        ['read-outside', 'auth.denied', (v) => ['read_text_file', { path: v.path() }]],
        ['read-directory', 'contract.value', () => ['read_text_file', { path: join(root, 'folder') }]],
        ['list-missing', 'state.not_found', (v) => ['list_directory', { path: join(root, v.name()) }]],
        ['list-file', 'contract.value', () => ['list_directory', { path: join(root, 'plain.txt') }]],
        [
          'open-missing',
          'state.not_found',
          (v) => ['write_file', { path: join(root, v.word(), v.file()), content: v.phrase() }],
        ],
        [
          'write-directory',
          'contract.value',
          (v) => ['write_file', { path: join(root, 'folder'), content: v.phrase() }],
        ],
        [
          'edit-no-match',
          'state.not_found',
          (v) => [
            'edit_file',
            { path: join(root, 'plain.txt'), edits: [{ oldText: v.phrase(), newText: v.word() }] },
          ],
        ],
        [
          'rename-missing',
          'state.not_found',
          (v) => ['move_file', { source: join(root, v.file()), destination: join(root, v.name()) }],
        ],
        [
          'rename-missing',
          'state.not_found',
          (v) => [
            'move_file',
            { source: join(root, 'plain.txt'), destination: join(root, v.word(), v.file()) },
          ],
        ],
        [
          'head-and-tail',
          'contract.value',
          (v) => [
            'read_text_file',
            { path: join(root, 'plain.txt'), head: v.integer(1, 9), tail: v.integer(1, 9) },
          ],
        ],
        [
          'missing',
          'contract.missing_param',
          (v) => [
            v.pick(['read_text_file', 'list_directory', 'get_file_info']),
            { [`${v.name()}_path`]: v.path() },
          ],
        ],
        [
          'type',
          'contract.type',
          (v) => [
            v.pick(['read_text_file', 'list_directory', 'get_file_info']),
            { path: v.pick([v.integer(1, 99), [v.path()], null]) },
          ],
        ],
        ['enum', 'contract.value', (v) => ['list_directory_with_sizes', { path: root, sortBy: v.word() }]],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_${v.word()}`, { path: v.path() }]],
      ]),
    }
  },
}
