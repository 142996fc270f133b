import type { JsonObject } from '@lifeharness/core'
import { afterAll, describe, expect, it } from 'vitest'
import { bounds } from '../drive.ts'
import type { SolutionCall } from '../environment.ts'
import { virtualClock } from '../virtual-clock.ts'
import { apiEnvironment } from './index.ts'

const environment = apiEnvironment()
afterAll(() => environment.close?.())

type Tools = Awaited<ReturnType<typeof environment.reset>>['tools']

async function call(tools: Tools, name: string, input: JsonObject): Promise<unknown> {
  const tool = tools.find((one) => one.name === name)
  if (!tool) throw new Error(`no tool ${name}`)
  return tool.execute(input)
}

/** What a call answers or throws, as text. */
async function said(tools: Tools, name: string, input: JsonObject): Promise<string> {
  try {
    return JSON.stringify(await call(tools, name, input))
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

describe('the tasks', () => {
  it('doing nothing scores 0, the solution 100 %', async () => {
    expect(await bounds(environment)).toEqual({ tasks: 85, templates: 17, idle: 0, oracle: 1 })
  })

  it('no template is in both halves, and both halves have several', () => {
    const halves = new Map<string, Set<string>>()
    for (const { template, split } of environment.tasks)
      halves.set(template, (halves.get(template) ?? new Set()).add(split))
    expect([...halves.values()].every((splits) => splits.size === 1)).toBe(true)
    const test = [...halves.values()].filter((splits) => splits.has('test')).length
    expect(test).toBeGreaterThanOrEqual(5)
    expect(halves.size - test).toBeGreaterThanOrEqual(8)
    expect(new Set(environment.tasks.map(({ id }) => id)).size).toBe(environment.tasks.length)
  })

  it('without the first step nothing is reached', async () => {
    for (const seed of environment.tasks.keys()) {
      const { tools } = await environment.reset(seed)
      for (const { tool, input } of environment.solution(seed))
        if (tool !== 'open_session') await said(tools, tool, input)
      expect(await environment.check()).toBe(0)
    }
  })

  it('a booking needs its hold, in each task that books', async () => {
    let booked = 0
    for (const seed of environment.tasks.keys()) {
      const calls = environment.solution(seed)
      if (!calls.some(({ tool }) => tool === 'hold_room')) continue
      const { tools } = await environment.reset(seed)
      for (const { tool, input } of calls) if (tool !== 'hold_room') await said(tools, tool, input)
      expect(await environment.check()).toBe(0)
      booked++
    }
    expect(booked).toBe(15)
  })

  it('what is done twice or besides is seen', async () => {
    const seed = environment.tasks.findIndex(({ template }) => template === 'note-by-hand')
    const { tools } = await environment.reset(seed)
    for (const { tool, input } of environment.solution(seed)) await call(tools, tool, input)
    expect(await environment.check()).toBe(1)
    await call(tools, 'add_note', { customer: 'cus-103', text: 'prefers mornings' })
    expect(await environment.check()).toBe(0)
  })
})

describe('the same seed', () => {
  const script = async (seed: number) => {
    const { tools } = await environment.reset(seed)
    const lines: string[] = []
    for (const { tool, input } of environment.solution(seed)) lines.push(await said(tools, tool, input))
    return lines
  }

  it('gives the same answers, to the letter', async () => {
    for (const seed of environment.tasks.keys()) expect(await script(seed)).toEqual(await script(seed))
  })

  it('also after any mess', async () => {
    const before = await script(3)
    const { tools } = await environment.reset(12)
    const mess: [string, JsonObject][] = [
      ['open_session', {}],
      ['cancel_booking', { booking: 'bk-1001', reason: 'maintenance' }],
      ['http_request', { method: 'DELETE', path: '/v1/session' }],
      ['http_request', { method: 'POST', path: '/v1/customers', body: { name: 7 } }],
      ['wait', { seconds: 120 }],
    ]
    for (const [name, input] of mess) await said(tools, name, input)
    const stale = Array.from({ length: 30 }, () =>
      said(tools, 'void_invoice', { invoice: 'inv-5001', reason: 'goodwill' }),
    )
    expect(await script(3)).toEqual(before)
    expect(await environment.check()).toBe(1)
    await Promise.all(stale)
    // What is left of the task before reaches nothing any more.
    expect(await said(tools, 'void_invoice', { invoice: 'inv-5002', reason: 'goodwill' })).toContain('401')
    expect(await environment.check()).toBe(1)
  })

  it('there is no other', async () => {
    await expect(environment.reset(environment.tasks.length)).rejects.toThrow(RangeError)
  })
})

describe('a clock that is handed in', () => {
  const clock = virtualClock(Date.UTC(2027, 0, 1))
  const timed = apiEnvironment(clock)
  afterAll(() => timed.close?.())

  it('is the server’s: a session ends when whoever has the clock waits', async () => {
    const { tools } = await timed.reset(0)
    expect(await said(tools, 'open_session', {})).toContain('2027-01-01T00:30:00')
    expect(await said(tools, 'find_customers', {})).toContain('data')
    await clock.sleep(1_800_000)
    expect(await said(tools, 'find_customers', {})).toContain('No session is open')
  })

  it('goes on from task to task', async () => {
    const before = clock.now()
    const { tools } = await timed.reset(1)
    await said(tools, 'wait', { seconds: 5 })
    expect(clock.now()).toBeGreaterThanOrEqual(before + 5_000)
  })

  it('does not shorten how long the trouble of a task lasts', async () => {
    clock.advance(3_600_000)
    const seed = timed.tasks.findIndex(({ template }) => template === 'pay-in-an-outage')
    const { tools } = await timed.reset(seed)
    const lines: string[] = []
    for (const { tool, input } of timed.solution(seed).filter(({ tool }) => tool !== 'wait')) {
      lines.push(await said(tools, tool, input))
    }
    expect(lines.at(-1)).toContain('VenueError: 503')
    await clock.sleep(20_000)
    const { tool, input } = timed.solution(seed).at(-1) as SolutionCall
    expect(await said(tools, tool, input)).toContain('"method":"cash"')
  })
})
