import { join } from 'node:path'
import { createLifeHarness, type Episode, LOCAL_ORIGIN } from '@lifeharness/core'
import { createLearner, promoteByPerson } from '@lifeharness/core/learn'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness } from '../run.test.support.ts'

const execute = ({ input }: { input?: unknown }) => {
  const { id } = input as { id: string }
  if (!id.startsWith('#')) throw new Error('order not found')
  return { id, status: 'sent' }
}

function getOrder(episode: Episode, callId: string, id: string, tool = 'get_order') {
  return episode.run(
    {
      ...{ id: callId, tool: { origin: LOCAL_ORIGIN, name: tool }, turn: 0, index: 0 },
      ...{ attempt: 1, approved: false, input: { id } },
    },
    execute,
  )
}

/** A registry in which the affix acts, and calls that a real runtime ran under it. */
async function folderWithCalls(): Promise<string> {
  const cwd = await folderWithRegistry()
  const store = sqliteStore(join(cwd, 'registry.db'))
  const early = await createLifeHarness({ store, mode: 'observe', learner: createLearner() })
  await getOrder(early.episode({ id: 'early' }), 'c-early', 'W1007919')
  await early.flush()
  const state = await store.load()
  const id =
    state.entries.find(({ intervention }) => intervention.kind === 'affix-value')?.intervention.id ?? ''
  await store.commit(state.version, promoteByPerson(state, id, 'active', 'it is right'))
  const later = await createLifeHarness({ store, mode: 'progressive', learner: createLearner() })
  const episode = later.episode({ id: 'later', model: { modelId: 'gpt-4o-mini' } })
  await getOrder(episode, 'c-fixed', 'W2000000')
  await getOrder(episode, 'c-other', 'nonsense')
  await getOrder(episode, 'c-tool', 'W3000000', 'find_order')
  for (const end of [episode, later.episode({ id: 'again' })]) await getOrder(end, 'c-twice', '#W4000000')
  await later.close()
  return cwd
}

test('what fired: why, what it changed, on what evidence, and where it stood', async () => {
  const cwd = await folderWithCalls()
  const { code, stdout, stderr } = await lifeharness(['explain', 'c-fixed', '--store', 'registry.db'], {
    cwd,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^c-fixed {2}get_order\nepisode +later \(gpt-4o-mini\), \d{4}-/)
  expect(stdout).toMatch(/emitted +\{"id":"W2000000"\}\nexecuted +\{"id":"#W2000000"\}\noutcome +ok\n/)
  expect(stdout).toMatch(
    /What fired\napplied {2}affix-value-\w+ version \d+\n {2}does +adds "#" at the beginning of id/,
  )
  expect(stdout).toMatch(/ {2}why +its guard holds: id .+/)
  expect(stdout).toMatch(/ {2}changed +id: "W2000000" → "#W2000000"\n/)
  expect(stdout).toMatch(/ {2}evidence +affix, from \d+ pairs among \d+ failures in \d+ episodes/)
  expect(stdout).toMatch(/ {2}then +active: it is right/)
  expect(stdout).toMatch(/ {2}now +active: it is right/)
})

test('nothing acted on a failure, because of the stage it stood at; today it would', async () => {
  const cwd = await folderWithCalls()
  const { stdout } = await lifeharness(['explain', 'c-early', '--store', 'registry.db'], { cwd })
  expect(stdout).toMatch(
    /failure +state\.not_found, told by .+: order not found\nsignature +state\.not_found:get_order:/,
  )
  expect(stdout).toMatch(/What fired\nshadow: computed, not applied {2}affix-value-/)
  expect(stdout).toMatch(/ {2}changed +id: "W1007919" → "#W1007919"\n/)
  expect(stdout).toMatch(/ {2}then +shadow: .+\n(?:.*\n)*? {2}now +active: it is right/)
})

test('nothing fired, because', async () => {
  const cwd = await folderWithCalls()
  const other = await lifeharness(['explain', 'c-other', '--store', 'registry.db'], { cwd })
  expect(other.stdout).toMatch(
    /Nothing fired, because\nactive {2}affix-value-\w+\n.*\n {2}but +its guard does not hold: only where /,
  )
  const tool = await lifeharness(['explain', 'c-tool', '--store', 'registry.db'], { cwd })
  expect(tool.stdout).toContain(
    'Nothing fired, because nothing was registered for find_order when the episode began.',
  )
})

test('by its event, and as JSON', async () => {
  const cwd = await folderWithCalls()
  const json = async (...args: string[]) =>
    JSON.parse((await lifeharness(['explain', ...args, '--json', '--store', 'registry.db'], { cwd })).stdout)
  const made = await json('c-fixed')
  expect(made).toMatchObject({
    ...{ format: 'lifeharness-explain/1', call: 'c-fixed', outcome: 'ok', failure: null },
    fired: [{ arm: 'applied', changes: [{ path: 'id', before: 'W2000000', after: '#W2000000' }] }],
  })
  expect(await json(made.event)).toEqual(made)
})

test('an id that is not there, or that several calls have, or that a recording holds', async () => {
  const cwd = await folderWithCalls()
  const run = (...args: string[]) => lifeharness(['explain', ...args, '--store', 'registry.db'], { cwd })
  expect(await run('c-none')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no recorded call has the id c-none'),
  })
  const twice = await run('c-twice')
  expect(twice).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/2 recorded calls have the id c-twice; name one by its event: /),
  })
  expect(await run('c-twice', '--episode', 'again')).toMatchObject({ code: 0 })
  // Recorded episodes are named by the file they stand in; their own names are enough.
  const named = (episode: string) => run('episode-0-0', 'orders.jsonl', '--episode', episode)
  expect(await named('episode-0')).toMatchObject({ code: 0 })
  expect(await named('isode-0')).toMatchObject({ code: 1 })
  const recorded = await run('episode-0-0', 'orders.jsonl')
  expect(recorded.stdout).toMatch(
    / {2}but +nothing holds it back: it would act\n {2}would +id: "W1000000" → "#W1000000"/,
  )
})
