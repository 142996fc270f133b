import { expect, test } from 'vitest'
import { began, called, findings, type Written } from '../check.test.support.ts'
import { tools } from './tools.ts'

const shown = (names: readonly string[], inputSchema?: object) =>
  ({
    ...{ type: 'contracts', episode: 'e', hash: names.join() },
    contracts: names.map((name) => ({
      tool: { origin: 'local', name },
      ...(inputSchema ? { inputSchema } : {}),
    })),
  }) as Written

test('matches: tools whose schema nobody knows, those that fail most first', async () => {
  const events = [began('e'), shown(['known'], { type: 'object' }), shown(['bare'])]
  const calls = [
    ...[called('e', 'known'), called('e', 'bare')],
    ...[called('e', 'lost', { error: 'no such thing' }), called('e', 'lost')],
  ]
  expect(await findings(tools, { events: [...events, ...calls] })).toMatchObject([
    { level: 'look', what: expect.stringMatching(/^2 tools without a contract: 1 failed call,/) },
  ])
  const [found] = await findings(tools, { events: [...events, ...calls] })
  expect(found?.where).toBe('lost (1 of 2 failed), bare (0 of 1 failed)')
})

test('matches, as a note, where nothing failed', async () => {
  expect(await findings(tools, { events: [began('e'), called('e', 'bare')] })).toMatchObject([
    { level: 'note' },
  ])
})

test('does not match: every tool has a schema', async () => {
  const events = [began('e'), shown(['known'], { type: 'object' }), called('e', 'known', { error: 'no' })]
  expect(await findings(tools, { events })).toEqual([])
})

test('does not match: a name that is no tool has no schema to show', async () => {
  const events = [began('e'), shown(['known'], { type: 'object' }), called('e', 'known')]
  const madeUp = called('e', 'Known', { error: 'Tool Known not found' })
  expect(await findings(tools, { events: [...events, madeUp] })).toEqual([])
})
