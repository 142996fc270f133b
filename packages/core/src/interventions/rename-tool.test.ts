import { describe, expect, it } from 'vitest'
import { callOf, contractOf, propose } from '../contexts.test.support.ts'
import type { ToolContract } from '../tool.ts'
import { renameTool } from './rename-tool.ts'

const options = { from: 'getWeather', to: 'get_weather' }
const shown: ToolContract[] = [{ tool: { origin: 'local', name: 'get_weather' } }]
const named = (name: string, origin = 'local') => callOf({ city: 'Paris' }, { tool: { origin, name } })

describe('rename-tool matches', () => {
  it('the name it knows, keeping the arguments', () => {
    const action = propose(renameTool, options, named('getWeather'), { contracts: shown })
    expect(action).toEqual({ type: 'replace-call', call: named('get_weather') })
  })
})

describe('rename-tool does not match', () => {
  it.each<[string, ReturnType<typeof named>, ToolContract[] | undefined]>([
    ['another name', named('get_Weather'), shown],
    ['another origin', named('getWeather', 'server'), shown],
    ['a tool that the model was not shown', named('getWeather'), []],
    ['tools of which nothing is known', named('getWeather'), undefined],
    ['its own output', named('get_weather'), shown],
    ['an approved call', { ...named('getWeather'), approved: true }, shown],
  ])('%s', (_, call, contracts) => {
    expect(propose(renameTool, options, call, contracts ? { contracts } : {})).toBeUndefined()
  })

  it('a name that a tool has', () => {
    const more = { contracts: shown, contract: contractOf({}) }
    expect(propose(renameTool, options, named('getWeather'), more)).toBeUndefined()
  })
})

describe('rename-tool', () => {
  it.each([
    ['getWeather', 'get_weather', 'form'],
    ['Get Weather', 'get-weather', 'form'],
    ['weather', 'get_weather', 'effect'],
    ['get_user', 'get_users', 'effect'],
  ])('%s → %s is of risk %s', (from, to, risk) => {
    expect(renameTool.riskFor?.({ from, to })).toBe(risk)
  })

  it('refuses to rename a tool to itself', () => {
    expect(() => renameTool.compile({ from: 'a', to: 'a' })).toThrow()
  })
})
