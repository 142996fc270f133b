// Somebody else's MCP server behind the proxy, without a line changed in it or in the agent: the agent takes the served
// folder for the root of the file system, the server refuses it, and the agent finds its way each time anew. The layer
// sees it and proposes the repair, and once a person has promoted it the first call of every run succeeds. The agent is
// scripted, all else is real.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLifeHarness, memoryStore } from '@lifeharness/core'
import { createLearner, describeIntervention, promoteByPerson } from '@lifeharness/core/learn'
import { runProxy } from '@lifeharness/mcp'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

const NOTES = ['harvest', 'budget', 'travel', 'garden', 'recipes', 'letters', 'repairs', 'reading']

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'notes-')))
mkdirSync(join(folder, 'notes'))
for (const name of NOTES) writeFileSync(join(folder, 'notes', `${name}.txt`), `About ${name}.`)
const filesystem = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/server-filesystem/dist/index.js',
)

// What stands between them. From a shell: lifeharness mcp --mode progressive --listen 3333 -- npx … server-filesystem …
const store = memoryStore()
const lifeHarness = await createLifeHarness({ store, mode: 'progressive', learner: createLearner() })
const stopping = new AbortController()
const listening = Promise.withResolvers<string>()
const proxy = runProxy({
  lifeHarness,
  server: { command: process.execPath, args: [filesystem, folder] },
  client: { port: 0, onListening: listening.resolve },
  signal: stopping.signal,
})
const address = new URL(await listening.promise)

/** One run of the agent, in a session of its own: the calls that failed. */
async function read(name: string): Promise<string[]> {
  const client = new Client({ name: 'note-reader', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(address))
  await client.listTools()
  const failed: string[] = []
  for (const path of [`/notes/${name}.txt`, join(folder, 'notes', `${name}.txt`)]) {
    const { isError, content } = (await client.callTool({ name: 'read_text_file', arguments: { path } })) as {
      isError?: boolean
      content: { text: string }[]
    }
    if (!isError) {
      assert.match(content[0]?.text ?? '', new RegExp(`About ${name}`))
      break
    }
    failed.push(content[0]?.text ?? '')
  }
  await client.close()
  return failed
}

try {
  const failures: string[] = []
  for (const name of NOTES) failures.push(...(await read(name)))
  assert.equal(failures.length, NOTES.length, 'each run begins with a failed call')
  console.log(`${NOTES.length} runs, ${failures.length} failed calls: ${failures[0]?.slice(0, 80)}…`)
  await lifeHarness.learn()

  const { entries } = lifeHarness.registry()
  const entry = entries.find(({ intervention }) => intervention.kind === 'affix-value')
  assert(entry, 'a repair was found')
  const { id, tool } = entry.intervention
  console.log(`For ${tool.name} of ${tool.origin}: ${describeIntervention(entry.intervention)}`)
  // The server is not trusted, and only its error names the folder.
  assert.equal(entry.stages.default?.stage, 'proposed')
  console.log(`  in proposed: ${entry.stages.default?.reason}`)

  const state = await store.load()
  await store.commit(state.version, promoteByPerson(state, id, 'active', 'read, and approved'))
  await lifeHarness.refresh()
  assert.deepEqual(await read('harvest'), [], 'the first call succeeds')
  console.log('Promoted to active by a person. The next run: no failed call.')
} finally {
  stopping.abort()
  await proxy
  await lifeHarness.close()
  rmSync(folder, { recursive: true })
}
