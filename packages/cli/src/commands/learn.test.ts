import { join } from 'node:path'
import { createLifeHarness, LOCAL_ORIGIN } from '@lifeharness/core'
import { sqliteStore } from '@lifeharness/core/sqlite'
import { describe, expect, test, vi } from 'vitest'
import { lifeharness, startLifeharness, temporaryFolder } from '../run.test.support.ts'

/** Episodes of a real runtime on the store: the agent forgets the `#`, and mends it after the error. */
async function recordOrders(path: string, episodes: number): Promise<void> {
  const lifeHarness = await createLifeHarness({ store: sqliteStore(path) })
  for (let number = 0; number < episodes; number++) {
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
}

test('learns from what agents recorded in the store; the second run finds nothing new', async () => {
  const cwd = temporaryFolder()
  await recordOrders(join(cwd, 'r.db'), 20)

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

describe('--watch', () => {
  const patient = { timeout: 30_000, interval: 50 }

  test('learns what comes while it runs, a line for each transition, and ends with 0 on a signal', async () => {
    const cwd = temporaryFolder()
    const path = join(cwd, 'r.db')
    await recordOrders(path, 0)
    const store = sqliteStore(path)
    await store.load()
    await store.close()
    const watching = startLifeharness(['learn', '--watch', '--every', '200ms', '--store', 'r.db'], { cwd })
    await vi.waitUntil(() => watching.written.stderr.includes('learning from r.db every 0.2 s'), patient)
    expect(watching.written.stdout).toBe('')
    await recordOrders(path, 20)
    await vi.waitUntil(() => watching.written.stdout.includes('proposed → shadow'), patient)
    watching.kill('SIGTERM')
    const { code, stdout, stderr } = await watching.ended
    expect(code).toBe(0)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d {2}proposed {2}get_order: /)
    expect(stdout).toMatch(
      /proposed → shadow {2}get_order: adds "#" at the beginning of id \(default\): .+ {2}affix-/,
    )
  })

  test('two at once, on one store: what one has committed the other does not commit again', async () => {
    const cwd = temporaryFolder()
    const path = join(cwd, 'r.db')
    await recordOrders(path, 20)
    const args = ['learn', '--watch', '--every', '100ms', '--json', '--store', 'r.db']
    const both = [startLifeharness(args, { cwd }), startLifeharness(args, { cwd })]
    await vi.waitUntil(() => both.some(({ written }) => written.stdout.includes('"shadow"')), patient)
    for (const one of both) one.kill('SIGINT')
    const ended = await Promise.all(both.map((one) => one.ended))
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    const moves = ended
      .flatMap(({ stdout }) => stdout.trim().split('\n').filter(Boolean))
      .map((line) => {
        const { entry, family, to } = JSON.parse(line)
        return `${entry.intervention.id} ${family} ${to}`
      })
    expect(moves.length).toBeGreaterThan(1)
    expect(new Set(moves).size).toBe(moves.length)
  })

  test.each([
    [['--every', '5s'], '--every needs --watch'],
    [['--watch', '--every', '0s'], '0s is no interval'],
  ])('called wrongly: %j', async (args, said) => {
    const { code, stderr } = await lifeharness(['learn', ...args], { cwd: temporaryFolder() })
    expect(code).toBe(2)
    expect(stderr).toContain(said)
  })
})
