import { describe, expect, it } from 'vitest'
import { findTool } from './tool-name.ts'

const local = (...names: string[]) => names.map((name) => ({ tool: { origin: 'local', name } }))
const served = (origin: string, name: string) => ({ tool: { origin, name } })

describe('find-tool matches', () => {
  it.each([
    ['get_weather', 'get_weather'],
    ['getWeather', 'get_weather'],
    ['Get-Weather', 'get_weather'],
    ['get.weather', 'get_weather'],
    ['functions.get_weather', 'get_weather'],
    ['default_api.getWeather', 'get_weather'],
    ['tools__get_weather', 'get_weather'],
    ['get_weather()', 'get_weather'],
    ['get_weather{}', 'get_weather'],
    ['`get_weather`', 'get_weather'],
    ['get_weather.call', 'get_weather'],
    ['math_gcd', 'math.gcd'],
  ])('%s → %s', (name, expected) => {
    expect(findTool(name, local('get_weather', 'set_weather', 'math.gcd'))?.tool.name).toBe(expected)
  })

  it('a tool by the name of its server', () => {
    const contracts = [served('github', 'search'), served('jira', 'search')]
    expect(findTool('jira__search', contracts)).toBe(contracts[1])
    expect(findTool('mcp__github__search', contracts)).toBe(contracts[0])
  })
})

describe('find-tool does not match', () => {
  it.each([
    ['get_weathers', ['get_weather']],
    ['weather', ['get_weather']],
    ['set_weather', ['get_weather']],
    ['filesystem.get_weather', ['get_weather']],
    ['gcd', ['math.gcd']],
    ['get_weather_v2', ['get_weather']],
    ['getUser', ['get_user', 'GetUser']],
    ['', ['get_weather']],
    ['functions.', ['functions']],
  ])('%s in %j', (name, known) => {
    expect(findTool(name, local(...known))).toBeUndefined()
  })

  it('a name that two servers have', () => {
    expect(findTool('search', [served('github', 'search'), served('jira', 'search')])).toBeUndefined()
  })
})
