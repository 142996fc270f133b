import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness } from '../run.test.support.ts'

const STORE = ['--store', 'registry.db']

test('takes back a suspension, and the undo of it brings it again', async () => {
  const cwd = await folderWithRegistry()
  await lifeharness(['suspend', 'affix', ...STORE], { cwd })
  const { code, stdout } = await lifeharness(['undo', 'affix', ...STORE], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^taken back {2}affix-value-\w+ · the learner decides\n {2}default: shadow\n/)
  const again = await lifeharness(['undo', 'affix', ...STORE], { cwd })
  expect(again.stdout).toMatch(/ · pinned\n {2}default: suspended\n/)
})

test('a draft that was forced to work is a draft again', async () => {
  const cwd = await folderWithRegistry()
  const forced = await lifeharness(['activate', 'retry', ...STORE, '-y', '--force'], { cwd })
  expect(forced.stdout).toContain('active')
  const { stdout } = await lifeharness(['undo', 'retry', ...STORE, '--reason', 'too soon'], { cwd })
  expect(stdout).toContain('default: proposed')
  const shown = await lifeharness(['show', 'retry', ...STORE], { cwd })
  expect(shown.stdout).toMatch(/shadow → proposed +person +too soon/)
})

test('what no person decided is not taken back', async () => {
  const cwd = await folderWithRegistry()
  const ran = await lifeharness(['undo', 'affix', ...STORE], { cwd })
  expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no person has decided') })
})
