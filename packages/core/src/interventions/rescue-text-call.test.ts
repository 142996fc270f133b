import { describe, expect, it } from 'vitest'
import { callOf, propose } from '../contexts.test.support.ts'
import type { ToolContract } from '../tool.ts'
import { rescueTextCall } from './rescue-text-call.ts'

const contract = (name: string, required: string): ToolContract => ({
  tool: { origin: 'local', name },
  inputSchema: { type: 'object', properties: { [required]: { type: 'string' } }, required: [required] },
})
const weather = contract('get_weather', 'city')
const search = contract('search', 'query')

function rescued(rawInput: string, of = weather, more = {}) {
  const call = callOf(undefined, { rawInput, tool: of.tool, id: 'm1', ...more })
  return propose(rescueTextCall, {}, call, { contract: of, contracts: [weather, search] })
}

describe('rescue-text-call matches', () => {
  it('one call', () => {
    expect(rescued('<tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}}</tool_call>')).toEqual(
      {
        type: 'replace-call',
        call: callOf({ city: 'Paris' }, { tool: weather.tool, id: 'm1' }),
      },
    )
  })

  it('several calls, for the tool of the first', () => {
    const text = '[get_weather(city="Paris"), search(query="hotels")]'
    expect(rescued(text)).toEqual({
      type: 'emit-calls',
      calls: [
        callOf({ city: 'Paris' }, { tool: weather.tool, id: 'm1' }),
        callOf({ query: 'hotels' }, { tool: search.tool, id: 'm1-1', index: 1 }),
      ],
    })
    expect(rescued(text, search)).toBeUndefined()
  })
})

describe('rescue-text-call does not match', () => {
  it.each([
    ['a call cut short', '<tool_call>{"name": "get_weather", "arguments": {"city": "Par'],
    ['a call that does not fit the contract', 'get_weather(city=5)'],
    ['a call of a tool that nobody has', '<tool_call>{"name": "weather", "arguments": {}}</tool_call>'],
    ['one of two that does not fit', '[get_weather(city="Paris"), search(q="x")]'],
    ['talk about a call', 'You can use get_weather(city="Paris") for that.'],
    ['plain text', 'It is sunny in Paris.'],
  ])('%s', (_, text) => {
    expect(rescued(text)).toBeUndefined()
  })

  it('an approved call, and one that has arguments', () => {
    expect(rescued('get_weather(city="Paris")', weather, { approved: true })).toBeUndefined()
    expect(propose(rescueTextCall, {}, callOf({ city: 'x' }), { contract: weather })).toBeUndefined()
  })
})
