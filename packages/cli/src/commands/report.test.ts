import { join } from 'node:path'
import { createLifeHarness, LOCAL_ORIGIN } from '@lifeharness/core'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness, temporaryFolder } from '../run.test.support.ts'

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
  expect(stdout).toMatch(/registry\.db, version 1: 3 interventions/)
  expect(stdout).toMatch(/default +1 +2\n/)
  expect(stdout).toMatch(/shadow +get_order: adds "#" at the beginning of id/)
  expect(stdout).toContain('1 draft not shown; --all shows them.')
  expect(stdout).toMatch(/Recorded by agents: 6 episodes, 6 tool calls, 6 failures; cause unknown: 0 %/)
  expect(stdout).toMatch(/state\.not_found +6 +100 %/)
  const all = await lifeharness(['report', '--all', '--store', 'registry.db'], { cwd })
  expect(all.stdout).toMatch(/proposed +list_orders: calls again/)
})

test('as JSON', async () => {
  const cwd = await folderWithRegistry()
  const { stdout } = await lifeharness(['report', '--json', '--store', 'registry.db'], { cwd })
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({
    format: 'lifeharness-report/1',
    interventions: 3,
    families: { default: { proposed: 1, shadow: 2 } },
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
