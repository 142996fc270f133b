import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness } from '../run.test.support.ts'

test('takes one back, for the record with its reason; a second time changes nothing', async () => {
  const cwd = await folderWithRegistry()
  const args = ['suspend', 'affix', '--store', 'registry.db', '--reason', 'it broke an export']
  const { code, stdout } = await lifeharness(args, { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^suspended {2}affix-value-\w+ {2}get_order: adds "#"/)
  const shown = await lifeharness(['show', 'affix', '--store', 'registry.db'], { cwd })
  expect(shown.stdout).toMatch(/shadow → suspended +person +it broke an export/)
  const again = await lifeharness(args, { cwd })
  expect(again.stdout).toMatch(/^already suspended: affix-value/)
})

test('what was suspended can be activated again', async () => {
  const cwd = await folderWithRegistry()
  await lifeharness(['suspend', 'affix', '--store', 'registry.db'], { cwd })
  const { code, stdout } = await lifeharness(['activate', 'affix', '--store', 'registry.db', '-y'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/active {2}affix-value/)
})

test.each([
  ['a draft', 'retry', 1, 'is only a draft'],
  ['an id that is not there', 'nothing-like-it', 1, 'is not registered'],
])('%s is not suspended', async (_, id, code, said) => {
  const cwd = await folderWithRegistry()
  const ran = await lifeharness(['suspend', id, '--store', 'registry.db'], { cwd })
  expect(ran).toMatchObject({ code, stderr: expect.stringContaining(said), stdout: '' })
})
