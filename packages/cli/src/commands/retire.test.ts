import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness } from '../run.test.support.ts'

test('ends one for good: it can neither be activated nor taken back, and is not learnt again', async () => {
  const cwd = await folderWithRegistry()
  const store = ['--store', 'registry.db']
  const { code, stdout } = await lifeharness(['retire', 'affix', ...store, '-y', '--reason', 'obsolete'], {
    cwd,
  })
  expect(code).toBe(0)
  const [, id = ''] = /retired {2}(affix-value-\w+)\n$/.exec(stdout) ?? []
  expect(id).not.toBe('')
  const report = await lifeharness(['report', '--all', ...store], { cwd })
  expect(report.stdout).not.toContain('affix-value')
  await lifeharness(['mine', 'orders.jsonl', ...store], { cwd })
  const activated = await lifeharness(['activate', id, ...store, '-y'], { cwd })
  expect(activated).toMatchObject({ code: 1, stderr: expect.stringContaining('is not registered') })
})

test('nothing happens without a yes', async () => {
  const cwd = await folderWithRegistry()
  const args = ['retire', 'affix', '--store', 'registry.db']
  expect(await lifeharness(args, { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--yes'),
  })
  const again = await lifeharness(['suspend', 'affix', '--store', 'registry.db'], { cwd })
  expect(again.stdout).toMatch(/^suspended/)
})
