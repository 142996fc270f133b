import { expect, test } from 'vitest'
import { folderWithRegistry, lifeharness } from '../run.test.support.ts'

test('where nothing was killed it says so, and changes nothing', async () => {
  const cwd = await folderWithRegistry()
  const ran = await lifeharness(['revive', '--store', 'registry.db'], { cwd })
  expect(ran).toMatchObject({ code: 0, stderr: '', stdout: 'The kill switch was off already: registry.db\n' })
  const shown = await lifeharness(['report', '--store', 'registry.db'], { cwd })
  expect(shown.stdout).toContain('version 1:')
})

test('after a kill the report no longer says that nothing is applied', async () => {
  const cwd = await folderWithRegistry()
  const report = async () => (await lifeharness(['report', '--store', 'registry.db'], { cwd })).stdout
  await lifeharness(['kill', '--store', 'registry.db'], { cwd })
  expect(await report()).toContain('The kill switch is on')
  await lifeharness(['revive', '--store', 'registry.db'], { cwd })
  expect(await report()).not.toContain('The kill switch is on')
})
