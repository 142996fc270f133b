import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLifeHarness, LOCAL_ORIGIN } from '@lifeharness/core'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { describe, expect, test } from 'vitest'
import {
  folderWithOrders,
  folderWithRegistry,
  lifeharness,
  recordedData,
  temporaryFolder,
} from '../run.test.support.ts'

/** A real runtime with a classifier that throws and a host that can only answer. */
async function recordFaulty(path: string): Promise<void> {
  const lifeHarness = await createLifeHarness({
    store: sqliteStore(path),
    classifiers: [
      {
        ...{ name: 'of-ours', categories: ['unknown'], on: 'step' },
        classify() {
          throw new Error('a mistake of ours')
        },
      },
    ],
  })
  const episode = lifeHarness.episode({ agent: 'shop', actions: ['respond'] })
  const call = {
    ...{ id: 'c', tool: { origin: LOCAL_ORIGIN, name: 'get_order' }, turn: 0, index: 0 },
    ...{ attempt: 1, approved: false, input: { id: 'W1' } },
  }
  await episode.run(call, () => {
    throw new Error('order not found')
  })
  episode.end()
  await lifeHarness.close()
}

async function recordGood(path: string): Promise<void> {
  const lifeHarness = await createLifeHarness({ store: sqliteStore(path) })
  const episode = lifeHarness.episode({ id: 'good' })
  const tool = { origin: 'local', name: 'list_orders' }
  episode.presentTools([{ tool, inputSchema: { type: 'object' } }])
  await episode.run(
    { ...{ id: 'c1', tool, turn: 0, index: 0 }, attempt: 1, approved: false, input: {} },
    () => [],
  )
  episode.end()
  await lifeHarness.close()
}

test('a registry that no agent uses yet: says so, and ends with 0', async () => {
  const cwd = await folderWithRegistry()
  const { code, stdout } = await lifeharness(['doctor', '--store', 'registry.db'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('· no agent has recorded anything here yet')
})

test('all is well: says so, and ends with 0', async () => {
  const cwd = await folderWithRegistry()
  await lifeharness(['retire', 'retry', '--yes', '--store', 'registry.db'], { cwd })
  await recordGood(join(cwd, 'registry.db'))
  const { code, stdout, stderr } = await lifeharness(['doctor', '--store', 'registry.db'], { cwd })
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^registry\.db, version 2: 3 interventions, 1 episode, 1 tool call\nnode \d+/)
  expect(stdout).toContain('Nothing to report: all is well.')
})

test('what, where and what to do, broken first; ends with 1', async () => {
  const cwd = await folderWithRegistry()
  await recordFaulty(join(cwd, 'registry.db'))
  await lifeharness(['kill', '--store', 'registry.db'], { cwd })
  const { code, stdout } = await lifeharness(['doctor', '--store', 'registry.db'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /Broken\n✗ fault in classifier of-ours: a mistake of ours\n {2}where {2}1 process, last .*\n {2}do {5}\S/,
  )
  expect(stdout.indexOf('Broken')).toBeLessThan(stdout.indexOf('To be looked at'))
  expect(stdout).toMatch(
    /! the kill switch is on: nothing is applied anywhere\n.*\n {2}do {5}`lifeharness revive`/,
  )
  expect(stdout).toMatch(
    /· 1 intervention inactive on a host that cannot replace-call\n {2}where {2}agent shop/,
  )
  expect(stdout).toMatch(/\n1 broken, \d+ to be looked at, \d+ good to know\n$/)
})

test('as JSON, with recordings looked at as well', async () => {
  const cwd = await folderWithRegistry()
  const { code, stdout } = await lifeharness(['doctor', '--json', '--store', 'registry.db', 'orders.jsonl'], {
    cwd,
  })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    format: 'lifeharness-doctor/1',
    registry: { version: 1, interventions: 4, episodes: 40 },
    findings: [
      {
        check: 'interventions',
        level: 'look',
        todo: expect.stringContaining("'list_orders': { readOnly: true }"),
      },
      { check: 'tools', level: 'look', where: expect.stringContaining('list_orders') },
    ],
  })
})

describe('broken without anything to look at', () => {
  test('no store', async () => {
    const { code, stdout, stderr } = await lifeharness(['doctor'], { cwd: temporaryFolder() })
    expect(code).toBe(1)
    expect(stdout).toContain('✗ the store cannot be read: there is no registry at .lifeharness/registry.db')
    expect(stderr).toBe('')
  })

  test('a file that is no store, and a configuration that says what is not known', async () => {
    const cwd = folderWithOrders(4)
    writeFileSync(
      join(cwd, 'wrong.db'),
      'these are not the bytes of a database at all, and there are many of them',
    )
    writeFileSync(join(cwd, 'lifeharness.config.json'), '{"tolls":{}}')
    const { code, stdout } = await lifeharness(['doctor', '--json', '--store', 'wrong.db'], { cwd })
    expect(code).toBe(1)
    const { registry, findings } = JSON.parse(stdout)
    expect(registry).toBe(null)
    expect(findings).toMatchObject([
      { check: 'configuration', level: 'broken', what: expect.stringContaining('tolls is not known') },
      { check: 'store', level: 'broken', where: 'wrong.db' },
    ])
  })

  test('a configuration of its own acts on the checks', async () => {
    const cwd = await folderWithRegistry()
    writeFileSync(join(cwd, 'lifeharness.config.json'), '{"off":{"kinds":["affix-value"]}}')
    mkdirSync(join(cwd, 'node_modules', '@lifeharness', 'core'), { recursive: true })
    writeFileSync(join(cwd, 'node_modules', '@lifeharness', 'core', 'package.json'), '{"version":"0.0.9"}')
    const { code, stdout } = await lifeharness(['doctor', '--store', 'registry.db'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(/· the kind affix-value is switched off: \d intervention/)
    expect(stdout).toContain('@lifeharness/core 0.0.9')
  })
})

const data = recordedData()

describe.skipIf(!data)('recorded data', () => {
  test.each([
    ['intercode-bash-vicuna', '! explosion warning: your failures are too varied'],
    ['tau-retail-grok3-503', '· steady state: few categories make up nearly all'],
  ])('%s', async (name, said) => {
    const cwd = temporaryFolder()
    const file = join(data ?? '', 'trajectories', `${name}.jsonl`)
    await lifeharness(['mine', file, '--store', 'r.db'], { cwd })
    const { stdout } = await lifeharness(['doctor', '--store', 'r.db', file], { cwd })
    expect(stdout).toContain(said)
  })
})
