import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness } from '../run.test.support.ts'

test('shows one whole: words, guard, evidence, fixtures before and after, history', async () => {
  const cwd = await folderWithRegistry()
  const { code, stdout, stderr } = await lifeharness(['show', 'affix', '--store', 'registry.db'], { cwd })
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^affix-value-\w+ {2}version 1\n {2}adds "#" at the beginning of id\n {2}only where /,
  )
  expect(stdout).toContain('not (id begins with "#")')
  expect(stdout).toMatch(/tool +get_order\n/)
  expect(stdout).toMatch(/contract +bound to \/id/)
  expect(stdout).toMatch(/answers +state\.not_found:get_order:\w+/)
  expect(stdout).toMatch(/default +shadow +\d{4}-\d\d-\d\d/)
  expect(stdout).toMatch(/gpt-4o-mini +replay +fixed 10 failed calls/)
  expect(stdout).toMatch(/before +\{"id":"W\d+"\}\n +error +.*order not found\n +after +\{"id":"#W\d+"\}/)
  expect(stdout).toMatch(/as it is +\{"id":"#W\d+"\}/)
  expect(stdout).toMatch(/proposed → shadow +learner/)
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110)
})

test.each([
  ['an unknown id', ['nothing-like-it'], 1, 'is not registered'],
  ['no id', [], 2, "missing required argument 'id'"],
])('%s', async (_, args, code, said) => {
  const cwd = await folderWithRegistry()
  const ran = await lifeharness(['show', ...args, '--store', 'registry.db'], { cwd })
  expect(ran.code).toBe(code)
  expect(ran.stderr).toContain(said)
})
