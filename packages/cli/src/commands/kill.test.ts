import { join } from 'node:path'
import { createLifeHarness, LOCAL_ORIGIN, type ToolCall } from '@lifeharness/core'
import { promoteByPerson } from '@lifeharness/core/learn'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { expect, test, vi } from 'vitest'
import { folderWithRegistry, lifeharness, temporaryFolder } from '../run.test.support.ts'

const call = (turn: number): ToolCall => ({
  ...{ id: `c${turn}`, tool: { origin: LOCAL_ORIGIN, name: 'get_order' }, turn, index: 0 },
  ...{ attempt: 1, approved: false, input: { id: 'W1007919' } },
})
const executed = async ({ input }: ToolCall) => input

test('acts on the next call of a running process, in an episode under way; revive brings it back', async () => {
  const cwd = await folderWithRegistry()
  const store = sqliteStore(join(cwd, 'registry.db'), { watchEveryMs: 20 })
  const before = await store.load()
  const affix = before.entries.find(({ intervention }) => intervention.kind === 'affix-value')
  await store.commit(before.version, promoteByPerson(before, affix?.intervention.id ?? '', 'active', 'test'))
  const lifeHarness = await createLifeHarness({ store, mode: 'progressive', onFault: () => {} })
  const episode = lifeHarness.episode()
  expect((await episode.run(call(0), executed)).executed.input).toEqual({ id: '#W1007919' })

  const killed = await lifeharness(['kill', '--store', 'registry.db', '--reason', 'an incident'], { cwd })
  expect(killed).toMatchObject({ code: 0, stderr: '' })
  expect(killed.stdout).toMatch(/^killed +registry\.db: 1 intervention no longer applied/)
  await vi.waitUntil(() => lifeHarness.registry().settings.killed === true, { timeout: 5_000 })
  expect((await episode.run(call(1), executed)).executed.input).toEqual({ id: 'W1007919' })
  const again = await lifeharness(['kill', '--store', 'registry.db'], { cwd })
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('on already') })

  const revived = await lifeharness(['revive', '--store', 'registry.db'], { cwd })
  expect(revived.stdout).toMatch(/^revived +registry\.db: 1 intervention applied again/)
  await vi.waitUntil(() => lifeHarness.registry().settings.killed !== true, { timeout: 5_000 })
  expect((await episode.run(call(2), executed)).executed.input).toEqual({ id: '#W1007919' })
  const changes = []
  for await (const change of store.history()) if (change.type === 'settings') changes.push(change)
  expect(changes).toMatchObject([
    { settings: { killed: true }, by: 'person', reason: 'an incident' },
    { settings: {}, by: 'person' },
  ])
  await lifeHarness.close()
})

test('a store that is not there is named, not made: killing the wrong one must not look done', async () => {
  const { code, stderr } = await lifeharness(['kill', '--store', 'wrong.db'], { cwd: temporaryFolder() })
  expect(code).toBe(1)
  expect(stderr).toContain('there is no registry at wrong.db')
})
