import { expect, test } from 'vitest'
import { fakeClock } from './fake-clock.ts'

test('time stands still until it is moved', async () => {
  const clock = fakeClock(1_000)
  expect([clock.now(), clock.monotonic()]).toEqual([1_000, 0])
  await clock.advance(250)
  expect([clock.now(), clock.monotonic()]).toEqual([1_250, 250])
})

test('sleepers wake in order at their own time, also those that were started on the way', async () => {
  const clock = fakeClock(0)
  const woken: string[] = []
  const late = clock.sleep(30).then(() => woken.push(`late ${clock.now()}`))
  const early = clock.sleep(10).then(async () => {
    woken.push(`early ${clock.now()}`)
    await clock.sleep(5)
    woken.push(`again ${clock.now()}`)
  })
  await clock.advance(29)
  expect(woken).toEqual(['early 10', 'again 15'])
  expect(clock.sleepers).toBe(1)
  await clock.advance(1)
  await Promise.all([late, early])
  expect(woken).toEqual(['early 10', 'again 15', 'late 30'])
  expect(clock.sleepers).toBe(0)
})

test('an aborted sleep rejects with the reason and is forgotten', async () => {
  const clock = fakeClock()
  const controller = new AbortController()
  const sleeping = clock.sleep(10, controller.signal)
  controller.abort(new Error('enough'))
  await expect(sleeping).rejects.toThrow('enough')
  await expect(clock.sleep(10, controller.signal)).rejects.toThrow('enough')
  expect(clock.sleepers).toBe(0)
})
