import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLifeHarness, LOCAL_ORIGIN, parseRegistry } from '@lifeharness/core'
import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness } from '../run.test.support.ts'

test('what it writes works in another process, frozen, without a store', async () => {
  const cwd = await folderWithRegistry()
  await lifeharness(['activate', 'affix', '--store', 'registry.db', '--yes'], { cwd })
  const { code, stderr } = await lifeharness(['export', '--store', 'registry.db', '-o', 'registry.json'], {
    cwd,
  })
  expect(code).toBe(0)
  expect(stderr).toContain('4 interventions written to registry.json')
  const registry = parseRegistry(readFileSync(join(cwd, 'registry.json'), 'utf8'))
  const lifeHarness = await createLifeHarness({ registry, mode: 'frozen' })
  const episode = lifeHarness.episode()
  episode.presentTools([
    {
      tool: { origin: LOCAL_ORIGIN, name: 'get_order' },
      inputSchema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    },
  ])
  const call = (id: string) => ({
    ...{
      id,
      tool: { origin: LOCAL_ORIGIN, name: 'get_order' },
      turn: 0,
      index: 0,
      attempt: 1,
      approved: false,
    },
    input: { id },
  })
  const executed: unknown[] = []
  for (const id of ['W1234567', '#W7654321'])
    await episode.run(call(id), ({ input }) => {
      executed.push(input)
      return 'found'
    })
  expect(executed).toEqual([{ id: '#W1234567' }, { id: '#W7654321' }])
})

test('to standard output: the same bytes each time, and nothing else', async () => {
  const cwd = await folderWithRegistry()
  const run = () => lifeharness(['export', '--store', 'registry.db'], { cwd })
  const [first, second] = [await run(), await run()]
  expect(first.stdout).toBe(second.stdout)
  expect(parseRegistry(first.stdout).entries.length).toBe(4)
  expect(first.stderr).toBe('')
})

test('a file that cannot be written', async () => {
  const cwd = await folderWithRegistry()
  const { code, stderr } = await lifeharness(
    ['export', '--store', 'registry.db', '-o', 'no/such/folder.json'],
    { cwd },
  )
  expect(code).toBe(1)
  expect(stderr).toContain('no/such/folder.json cannot be written')
})
