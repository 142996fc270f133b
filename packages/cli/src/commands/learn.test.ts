import { join } from 'node:path'
import { createLifeHarness, LOCAL_ORIGIN } from '@lifeharness/core'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { expect, test } from 'vitest'
import { lifeharness, temporaryFolder } from '../run.test.support.ts'

test('learns from what agents recorded in the store; the second run finds nothing new', async () => {
  const cwd = temporaryFolder()
  const lifeHarness = await createLifeHarness({ store: sqliteStore(join(cwd, 'r.db')) })
  for (let number = 0; number < 20; number++) {
    const episode = lifeHarness.episode({ id: `e${number}`, subject: `user-${number}` })
    const call = (turn: number, id: string) => ({
      ...{ id: `c${number}-${turn}`, tool: { origin: LOCAL_ORIGIN, name: 'get_order' }, turn, index: 0 },
      ...{ attempt: 1, approved: false, input: { id } },
    })
    const execute = ({ input }: { input?: unknown }) => {
      const { id } = input as { id: string }
      if (!id.startsWith('#')) throw new Error('order not found')
      return { id, status: 'sent' }
    }
    await episode.run(call(0, `W${number}${number}00`), execute)
    await episode.run(call(1, `#W${number}${number}00`), execute)
    episode.end({ success: true })
  }
  await lifeHarness.close()

  const first = await lifeharness(['learn', '--store', 'r.db', '--json'], { cwd })
  expect(first.stderr).toBe('')
  const report = JSON.parse(first.stdout)
  expect(report.events).toBeGreaterThan(60)
  expect(report.proposed).toBeGreaterThan(0)
  const second = await lifeharness(['learn', '--store', 'r.db'], { cwd })
  expect(second.stdout).toMatch(/0 interventions new, 0 moved\. Registered: .*shadow/)
  const shown = await lifeharness(['report', '--store', 'r.db'], { cwd })
  expect(shown.stdout).toMatch(/shadow +get_order: adds "#" at the beginning of id/)
})

test('a store that is not there', async () => {
  const { code, stderr } = await lifeharness(['learn', '--store', 'r.db'], { cwd: temporaryFolder() })
  expect(code).toBe(1)
  expect(stderr).toContain('there is no registry at r.db')
})
