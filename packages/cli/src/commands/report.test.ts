import { join } from 'node:path'
import { createLifeHarness, LOCAL_ORIGIN } from '@lifeharness/core'
import { createLearner, promoteByPerson } from '@lifeharness/core/learn'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { describe, expect, test } from 'vitest'
import { folderWithRegistry, lifeharness, recordedData, temporaryFolder } from '../run.test.support.ts'

/** Episodes of a real runtime on the store: the agent forgets the `#`. */
async function record(path: string, episodes: number): Promise<void> {
  const lifeHarness = await createLifeHarness({ store: sqliteStore(path) })
  for (let index = 0; index < episodes; index++) {
    const episode = lifeHarness.episode({ model: { modelId: 'gpt-4o-mini' } })
    const tool = { origin: LOCAL_ORIGIN, name: 'get_order' }
    const call = {
      id: `c${index}`,
      tool,
      turn: 0,
      index: 0,
      attempt: 1,
      approved: false,
      input: { id: `W${index}` },
    }
    await episode.run(call, () => {
      throw new Error('order not found')
    })
    episode.end()
  }
  await lifeHarness.close()
}

test('stages by family, what stands there and why, and what agents recorded', async () => {
  const cwd = await folderWithRegistry()
  await record(join(cwd, 'registry.db'), 6)
  const { code, stdout, stderr } = await lifeharness(['report', '--store', 'registry.db'], { cwd })
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).toMatch(/registry\.db, version 1: 4 interventions/)
  expect(stdout).toMatch(/default +1 +3\n/)
  expect(stdout).toMatch(/shadow +get_order: adds "#" at the beginning of id/)
  expect(stdout).toContain('1 draft not shown; --all shows them.')
  expect(stdout).toMatch(/Recorded: 6 episodes, 6 tool calls, 6 failures; cause unknown: 0 %/)
  expect(stdout).toMatch(/state\.not_found +6 +100 %/)
  expect(stdout).toContain('None of them has acted in an episode that was counted.')
  expect(stdout).toMatch(/Health: Not known yet\n6 failing episodes are too few/)
  expect(stdout).toMatch(/Top impact\n(?:.*\n){2} +100 % +6 .*get_order: order not found +no\n/)
  const all = await lifeharness(['report', '--all', '--store', 'registry.db'], { cwd })
  expect(all.stdout).toMatch(/proposed +list_orders: calls again/)
  // What was learnt from these is validated and not active yet.
  const named = await lifeharness(['report', '--store', 'registry.db', 'orders.jsonl'], { cwd })
  expect(named.stdout).toMatch(/get_order: Error: order not found +not yet\n/)
})

test('as JSON', async () => {
  const cwd = await folderWithRegistry()
  const { stdout } = await lifeharness(['report', '--json', '--store', 'registry.db'], { cwd })
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({
    format: 'lifeharness-report/1',
    interventions: 4,
    families: { default: { proposed: 1, shadow: 3 } },
    recorded: { episodes: 0 },
  })
  const affix = document.records.find(({ id }: { id: string }) => id.startsWith('affix'))
  expect(affix).toMatchObject({
    stage: 'shadow',
    treated: { episodes: 0 },
    decision: { unknown: expect.any(String) },
  })
})

test('a store without a registry yet, and no store at all', async () => {
  const cwd = temporaryFolder()
  await record(join(cwd, 'new.db'), 1)
  const empty = await lifeharness(['report', '--store', 'new.db'], { cwd })
  expect(empty).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is registered yet') })
  const none = await lifeharness(['report'], { cwd })
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no registry at') })
})

test('what acted: fired, helped and harmed, by model family and one by one', async () => {
  const cwd = await folderWithRegistry()
  const path = join(cwd, 'registry.db')
  const store = sqliteStore(path)
  const state = await store.load()
  const id =
    state.entries.find(({ intervention }) => intervention.kind === 'affix-value')?.intervention.id ?? ''
  const family = 'gpt-4o-mini'
  await store.commit(state.version, promoteByPerson(state, id, 'canary', 'to be compared', { family }))
  const lifeHarness = await createLifeHarness({ store, mode: 'progressive', learner: createLearner() })
  for (let index = 0; index < 40; index++) {
    const episode = lifeHarness.episode({ id: `e${index}`, model: { modelId: family } })
    const call = {
      ...{ id: `c${index}`, tool: { origin: LOCAL_ORIGIN, name: 'get_order' }, turn: 0, index: 0 },
      ...{ attempt: 1, approved: false, input: { id: `W${1_000_000 + index}` } },
    }
    await episode.run(call, ({ input }) => {
      if (!(input as { id: string }).id.startsWith('#')) throw new Error('order not found')
      return 'sent'
    })
    episode.end()
  }
  await lifeHarness.flush()
  await createLearner().run(store)
  await lifeHarness.close()
  const { stdout } = await lifeharness(['report', '--json', '--store', 'registry.db'], { cwd })
  const { acted, records, health } = JSON.parse(stdout)
  const record = records.find((one: { id: string; family: string }) => one.id === id && one.family === family)
  expect(record.treated.episodes + record.control.episodes).toBe(40)
  // Every treated episode went well, and none without it.
  expect(record).toMatchObject({ helped: record.treated.episodes, harmed: 0 })
  expect(acted[family]).toEqual({
    fired: record.treated.episodes,
    helped: record.treated.episodes,
    harmed: 0,
  })
  expect(health.verdict).toMatchObject({ state: expect.any(String), reason: expect.any(String) })
  const { stdout: text } = await lifeharness(['report', '--store', 'registry.db'], { cwd })
  expect(text).toMatch(/model family .*fired +helped +harmed\n/)
  expect(text).toMatch(/stage +intervention +fired +went well +without it +helped +harmed\n/)
})

const data = recordedData()

describe.skipIf(!data)('recorded data, held against a registry', () => {
  test.each([
    ['intercode-bash-vicuna', 'EXPLOSION WARNING'],
    ['tau-retail-grok3-503', 'Steady state'],
  ])('%s: %s', async (name, said) => {
    const cwd = await folderWithRegistry()
    const file = join(data ?? '', 'trajectories', `${name}.jsonl`)
    const { stdout, stderr } = await lifeharness(['report', '--store', 'registry.db', file], { cwd })
    expect(stderr).toBe('')
    expect(stdout).toContain(`Health: ${said}\n`)
    expect(stdout).toMatch(/growth +\d+ signatures seen, \d+ new per 1,000 failures lately/)
  })
})
