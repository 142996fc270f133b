import { createLifeHarness, toolResult } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { registryWith } from '@lifeharness/core/testing'
import { describe, expect, it } from 'vitest'
import { virtualClock } from '../../environments/virtual-clock.ts'
import type { Written } from './habit.ts'
import { ACTIONS, hostOf, isFailure, type Told, TURN_MS } from './host.ts'
import { shop } from './small-world.test.support.ts'

async function told(...all: Written[]): Promise<Told[]> {
  const clock = virtualClock(0)
  const { tools } = await shop(clock).reset(0)
  const host = hostOf(tools, clock)
  const found: Told[] = []
  for (const [turn, written] of all.entries()) found.push(await host.run(written, turn))
  return found
}

const OPEN: Written = { tool: 'open', input: {} }

describe('without the layer', () => {
  it('runs what its contract takes, each turn later than the one before', async () => {
    const [, second] = await told(OPEN, { tool: 'order', input: { thing: 'lamp', count: 2 } })
    expect(second).toMatchObject({
      ...{ failed: false, runnable: true, at: 2 * TURN_MS, raw: 'ordered 2 of lamp' },
      executed: [{ tool: 'order', input: { thing: 'lamp', count: 2 }, at: 2 * TURN_MS }],
    })
  })

  it.each<[string, Written, string]>([
    ['a tool that there is not', { tool: 'shut', input: {} }, 'There is no tool shut'],
    ['arguments that are missing', { tool: 'order', input: { thing: 'lamp' } }, 'count'],
    ['too many', { tool: 'open', input: { key: 1 } }, 'additional properties: key'],
    ['no JSON', { tool: 'open', rawInput: '{' }, 'no valid JSON'],
  ])('refuses %s, and runs nothing', async (_, written, says) => {
    const [only] = await told(written)
    expect(only).toMatchObject({ failed: true, runnable: false, executed: [] })
    expect(only && !only.noCall && only.raw).toContain(says)
  })

  it('takes a text for the final answer', async () => {
    expect(await told({ text: 'open it' })).toEqual([{ noCall: true }])
  })
})

it('with the layer tells what was added, and what really ran', async () => {
  const clock = virtualClock(0)
  const { tools } = await shop(clock).reset(0)
  const rename = {
    kind: 'rename-argument',
    tool: 'order',
    stage: 'active',
    options: { from: '/item', to: '/thing' },
  } as const
  const registry = registryWith(rename)
  const lifeHarness = await createLifeHarness({ mode: 'frozen', registry, kinds: builtinKinds, clock })
  const host = hostOf(tools, clock, lifeHarness.episode({ actions: ACTIONS }))
  await host.run(OPEN, 0)
  expect(await host.run({ tool: 'order', input: { item: 'lamp', count: 2 } }, 1)).toMatchObject({
    ...{ failed: false, runnable: false },
    executed: [{ tool: 'order', input: { thing: 'lamp', count: 2 } }],
    applied: [{ arm: 'applied', action: 'replace-call' }],
  })
  await lifeHarness.close()
})

describe('what any agent takes for a failure', () => {
  it.each([
    [{ exitCode: 1 }, true],
    [{ status: 404 }, true],
    [{ ok: false }, true],
    ['Error: user not found', true],
    ['{"error": "no such file"}', true],
    [{ exitCode: 0 }, false],
    [{ status: 201 }, false],
    ['Errors of the last week: 3', false],
    ['{"error": null}', false],
    [null, false],
  ])('%j: %s', (value, failed) => {
    expect(isFailure(toolResult('ok', value))).toBe(failed)
  })
})
