import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export type Story = {
  name: string
  args: string[]
  env?: Record<string, string>
  /** Why it cannot be told here. */
  missing?: string
  /** Makes the world what it was before the first run. */
  reset?(): void
  /** What is asked of the server, beside what every server is asked. */
  asks: [method: string, params: object][]
  /** What differs from run to run whoever asks, and why. */
  masks: [pattern: RegExp, why: string][]
}

const tool = (name: string, args: object = {}, more: object = {}): [string, object] => [
  'tools/call',
  { name, arguments: args, ...more },
]

/** Asked of every server: what all of them offer, and what none does. */
export const ALL: [string, object][] = [
  ['ping', {}],
  ['tools/list', {}],
  ['tools/list', { cursor: 'no-such-cursor' }],
  ['resources/list', {}],
  ['resources/templates/list', {}],
  ['prompts/list', {}],
  ['prompts/get', { name: 'no-such-prompt' }],
  ['resources/read', { uri: 'no-such://resource' }],
  ['completion/complete', { ref: { type: 'ref/prompt', name: 'x' }, argument: { name: 'y', value: 'z' } }],
  ['logging/setLevel', { level: 'debug' }],
  ['tasks/list', {}],
  ['no/such/method', { n: 1 }],
  tool('no-such-tool'),
  ['tools/call', { name: 3 }],
]

const CLOCK: [RegExp, string] = [/\d{1,2}:\d{2}:\d{2}( [AP]M)?/g, 'the time of day']
const DATES: [RegExp, string] = [
  /\d{4}-\d\d-\d\dT[\d:.-]+Z|\w{3} \w{3} \d\d \d{4} [\d:]+ GMT\+\d{4} \([^)]*\)/g,
  'when a file was made',
]

const everything: Story = {
  name: 'server-everything',
  args: [require.resolve('@modelcontextprotocol/server-everything/dist/index.js'), 'stdio'],
  masks: [
    CLOCK,
    [/UmVzb3VyY2Ug[^"]+/g, 'the time of day, in base64'],
    [/[\da-f]{8}-[\da-f]{4}-[\da-f-]{22}/g, 'the id of the session'],
  ],
  asks: [
    tool('echo', { message: 'ü — \u2028 \\ "' }),
    tool('echo'),
    tool('echo', { message: 1 }),
    tool('get-annotated-message', { messageType: 'error', includeImage: true }),
    tool('get-resource-links', { count: 2 }),
    tool('get-resource-reference', { resourceType: 'Blob', resourceId: 2 }),
    tool('get-resource-reference', { resourceType: 'Nothing' }),
    tool('get-structured-content', { location: 'Chicago' }),
    tool('get-sum', { a: 1, b: 2.5 }),
    tool('get-tiny-image'),
    tool('gzip-file-as-resource', { name: 'a.gz', data: 'data:text/plain,hello', outputType: 'resource' }),
    tool(
      'trigger-long-running-operation',
      { duration: 0.4, steps: 4 },
      { _meta: { progressToken: 'progress-1' } },
    ),
    tool('get-roots-list'),
    tool('trigger-elicitation-request'),
    tool('trigger-sampling-request', { prompt: 'hello', maxTokens: 5 }),
    tool('simulate-research-query', { topic: 'tools' }),
    ['resources/read', { uri: 'demo://resource/dynamic/text/1' }],
    ['resources/read', { uri: 'demo://resource/dynamic/blob/1' }],
    ['resources/subscribe', { uri: 'demo://resource/dynamic/text/1' }],
    ['resources/unsubscribe', { uri: 'demo://resource/dynamic/text/1' }],
    ['prompts/get', { name: 'simple-prompt' }],
    ['prompts/get', { name: 'args-prompt', arguments: { city: 'Paris' } }],
    ['prompts/get', { name: 'args-prompt' }],
    ['prompts/get', { name: 'resource-prompt', arguments: { resourceType: 'Text', resourceId: '1' } }],
    [
      'completion/complete',
      {
        ref: { type: 'ref/prompt', name: 'completable-prompt' },
        argument: { name: 'department', value: 'E' },
      },
    ],
  ],
}

const folder = join(tmpdir(), `lifeharness-transparency-${process.pid}`)
const at = (name: string) => join(folder, name)

const filesystem: Story = {
  name: 'server-filesystem',
  args: [require.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'), folder],
  masks: [DATES],
  reset() {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(at('inner'), { recursive: true })
    writeFileSync(at('note.txt'), 'one\ntwo\nthree\n')
    writeFileSync(at('dot.png'), Buffer.from('iVBORw0KGgo=', 'base64'))
  },
  asks: [
    tool('list_allowed_directories'),
    tool('read_text_file', { path: at('note.txt') }),
    tool('read_file', { path: at('note.txt'), tail: 1 }),
    tool('read_text_file', { path: 'note.txt' }),
    tool('read_text_file', { path: at('none.txt') }),
    tool('read_text_file', { path: '/etc/passwd' }),
    tool('read_text_file', { file: at('note.txt') }),
    tool('read_media_file', { path: at('dot.png') }),
    tool('read_multiple_files', { paths: [at('note.txt'), at('none.txt')] }),
    tool('write_file', { path: at('new.txt'), content: 'new' }),
    tool('edit_file', { path: at('new.txt'), edits: [{ oldText: 'new', newText: 'old' }], dryRun: true }),
    tool('edit_file', { path: at('new.txt'), edits: [{ oldText: 'none', newText: 'old' }] }),
    tool('create_directory', { path: at('made') }),
    tool('list_directory', { path: folder }),
    tool('list_directory_with_sizes', { path: folder }),
    tool('directory_tree', { path: folder }),
    tool('move_file', { source: at('new.txt'), destination: at('inner/moved.txt') }),
    tool('search_files', { path: folder, pattern: '**/*.txt' }),
    tool('get_file_info', { path: at('note.txt') }),
  ],
}

const graph = join(tmpdir(), `lifeharness-memory-${process.pid}.json`)

const memory: Story = {
  name: 'server-memory',
  args: [require.resolve('@modelcontextprotocol/server-memory/dist/index.js')],
  env: { MEMORY_FILE_PATH: graph },
  masks: [],
  reset: () => rmSync(graph, { force: true }),
  asks: [
    tool('create_entities', {
      entities: [
        { name: 'Ada', entityType: 'person', observations: ['wrote notes'] },
        { name: 'Engine', entityType: 'machine', observations: [] },
      ],
    }),
    tool('create_entities', { entities: [{ name: 'Ada' }] }),
    tool('create_relations', { relations: [{ from: 'Ada', to: 'Engine', relationType: 'describes' }] }),
    tool('add_observations', { observations: [{ entityName: 'Engine', contents: ['computes'] }] }),
    tool('add_observations', { observations: [{ entityName: 'Nobody', contents: ['x'] }] }),
    tool('read_graph'),
    tool('search_nodes', { query: 'notes' }),
    tool('open_nodes', { names: ['Ada'] }),
    tool('delete_observations', { deletions: [{ entityName: 'Engine', observations: ['computes'] }] }),
    tool('delete_relations', { relations: [{ from: 'Ada', to: 'Engine', relationType: 'describes' }] }),
    tool('delete_entities', { entityNames: ['Engine'] }),
    tool('read_graph'),
  ],
}

const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(existsSync)
const page = `data:text/html,<title>Shop</title><h1>Orders</h1><input aria-label="Name"><button onclick="document.title='sent'">Send</button>`

const playwright: Story = {
  name: '@playwright/mcp',
  args: [
    join(dirname(require.resolve('@playwright/mcp/package.json')), 'cli.js'),
    ...['--headless', '--isolated', '--no-sandbox', '--executable-path', chromium ?? ''],
  ],
  ...(chromium ? {} : { missing: 'there is no Chromium' }),
  masks: [
    [/\d{4}-\d\d-\d\dT[\dA-Z:.-]+/g, 'the time in the names of files it writes'],
    [/[\d.]+ ?ms/g, 'how long something took'],
  ],
  asks: [
    tool('browser_navigate', { url: page }),
    tool('browser_snapshot'),
    tool('browser_type', { element: 'Name', target: 'e3', text: 'Ada' }),
    tool('browser_click', { element: 'Send', target: 'e4' }),
    tool('browser_click', { element: 'nothing', target: 'e99' }),
    tool('browser_evaluate', { function: '() => document.title' }),
    tool('browser_evaluate', { function: '() => { throw new Error("no") }' }),
    tool('browser_console_messages', { level: 'info' }),
    tool('browser_tabs', { action: 'list' }),
    tool('browser_tabs', { action: 'close', index: 7 }),
    tool('browser_press_key', { key: 'NoSuchKey' }),
    tool('browser_navigate', { url: 'no-such-scheme://x' }),
    tool('browser_navigate_back'),
    tool('browser_wait_for', {}),
    tool('browser_close'),
  ],
}

export const STORIES: readonly Story[] = [everything, filesystem, memory, playwright]
