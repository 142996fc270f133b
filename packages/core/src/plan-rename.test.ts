import { expect, it } from 'vitest'
import type { Fault } from './fault.ts'
import { builtinKinds } from './interventions/index.ts'
import { createLifeHarness } from './runtime.ts'
import { registryWith } from './testing/registry-entry.ts'
import type { ToolContract } from './tool.ts'
import type { ToolCall } from './trajectory.ts'

const contract = (name: string, origin = 'local'): ToolContract => ({
  tool: { origin, name },
  inputSchema: { type: 'object', properties: { days: { type: 'integer' } }, required: ['days'] },
})

const call = (name: string, input: ToolCall['input'] = { days: '2' }): ToolCall => ({
  id: 'c1',
  tool: { origin: 'local', name },
  ...{ turn: 0, index: 0, attempt: 1, approved: false },
  ...(input === undefined ? {} : { input }),
})

async function repaired(emitted: ToolCall, shown: readonly ToolContract[]) {
  const faults: Fault[] = []
  const lifeHarness = await createLifeHarness({
    mode: 'frozen',
    kinds: builtinKinds,
    onFault: (fault) => faults.push(fault),
    registry: registryWith(
      {
        kind: 'rename-tool',
        options: { from: 'getWeather', to: 'get_weather' },
        tool: 'getWeather',
        stage: 'active',
      },
      {
        kind: 'coerce-argument',
        options: { path: '/days', to: 'integer' },
        tool: 'get_weather',
        stage: 'active',
      },
    ),
  })
  const episode = lifeHarness.episode({ id: 'e1' })
  episode.presentTools(shown)
  const result = episode.repairEmitted(emitted)
  await lifeHarness.close()
  return { ...result, faults }
}

it('gives a call the name it means, and then what that tool needs', async () => {
  const { call: made, applied, faults } = await repaired(call('getWeather'), [contract('get_weather')])
  expect(made).toEqual({ ...call('get_weather'), input: { days: 2 } })
  expect(applied.map(({ arm }) => arm)).toEqual(['applied', 'applied'])
  expect(faults).toEqual([])
})

it.each<[string, ToolCall, ToolContract[]]>([
  ['a tool that exists', call('getWeather'), [contract('getWeather'), contract('get_weather')]],
  ['onto a tool that the model was not shown', call('getWeather'), [contract('search')]],
  ['onto a tool of another origin', call('getWeather'), [contract('get_weather', 'server')]],
  ['where the arguments stay wrong', call('getWeather', { days: 'two' }), [contract('get_weather')]],
  ['another name', call('fetchWeather'), [contract('get_weather')]],
])('does not rename %s', async (_, emitted, shown) => {
  const { call: made, applied } = await repaired(emitted, shown)
  expect(made).toBe(emitted)
  expect(applied.filter(({ arm }) => arm === 'applied')).toEqual([])
})
