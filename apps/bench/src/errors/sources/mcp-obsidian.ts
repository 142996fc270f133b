import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** Notes behind an MCP server. */
export const mcpObsidian: Source = {
  tool: 'mcp-obsidian',
  languages: ['en'],
  async open({ dir }) {
    const root = join(await realpath(dir), 'vault')
    await mkdir(join(root, '.obsidian'), { recursive: true })
    await mkdir(join(root, 'folder'))
    await writeFile(join(root, 'kept.md'), '# Kept\n')
    const manifest = new URL('../package.json', import.meta.resolve('obsidian-mcp')).href
    const { call, close } = await mcpServer(manifest, ['serve', '--vault', `notes=${root}`], {
      cwd: dir,
      env: { HOME: dir },
    })
    const vault = 'notes'
    return {
      close,
      provocations: provocations<McpCall>(call, [
        ['no-note', 'state.not_found', (v) => ['obsidian_read_note', { vault, path: `${v.name()}.md` }]],
        [
          'no-vault',
          'state.not_found',
          (v) => ['obsidian_search_vault', { vault: v.word(), query: v.word() }],
        ],
        [
          'note-exists',
          'state.conflict',
          (v) => ['obsidian_create_note', { vault, path: 'kept.md', content: v.phrase() }],
        ],
        ['folder-exists', 'state.conflict', () => ['obsidian_create_directory', { vault, path: 'folder' }]],
        [
          'no-parents',
          'state.not_found',
          (v) => [
            'obsidian_create_note',
            { vault, path: `${v.word()}/${v.word()}.md`, create_parents: false },
          ],
        ],
        [
          'confirm',
          'contract.missing_param',
          () => ['obsidian_delete_note', { vault, path: 'kept.md', mode: 'permanent' }],
        ],
        [
          'etag',
          'state.conflict',
          (v) => [
            'obsidian_edit_note',
            {
              vault,
              path: 'kept.md',
              operation: 'append',
              content: v.word(),
              if_match: `${'ab'.repeat(31)}${v.integer(10, 99)}`,
            },
          ],
        ],
        [
          'etag-form',
          'contract.value',
          (v) => [
            'obsidian_edit_note',
            { vault, path: 'kept.md', operation: 'append', content: v.word(), if_match: v.word() },
          ],
        ],
        [
          'missing',
          'contract.missing_param',
          (v) => ['obsidian_read_note', { vault, max_chars: v.integer(100, 900) }],
        ],
        [
          'maximum',
          'contract.value',
          (v) => ['obsidian_search_vault', { vault, query: v.word(), limit: v.integer(5_000, 9_000) }],
        ],
        [
          'number',
          'contract.type',
          (v) => ['obsidian_search_vault', { vault, query: v.word(), limit: v.word() }],
        ],
        [
          'list',
          'contract.type',
          (v) => ['obsidian_add_tags', { vault, paths: 'kept.md', tags: [v.word()] }],
        ],
        [
          'one-of',
          'contract.value',
          (v) => ['obsidian_edit_note', { vault, path: 'kept.md', operation: v.word(), content: 'a' }],
        ],
        [
          'tag',
          'contract.value',
          (v) => ['obsidian_add_tags', { vault, paths: ['kept.md'], tags: [v.phrase()] }],
        ],
        [
          'extra',
          'contract.misnamed_param',
          (v) => ['obsidian_read_note', { vault, path: 'kept.md', [`${v.word()}_x`]: 1 }],
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`obsidian_${v.word()}`, { vault }]],
      ]),
    }
  },
}
