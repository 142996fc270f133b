import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import type { ToolContract } from '../tool.ts'
import { readTextCalls } from './read-text-calls.ts'

const tool = (name: string, properties: JsonObject): ToolContract => ({
  tool: { origin: 'local', name },
  inputSchema: { type: 'object', properties },
})
const weather = tool('get_weather', {
  city: { type: 'string' },
  days: { type: 'integer' },
  unit: { type: 'string', enum: ['c', 'f'] },
})
const search = tool('search', { query: { type: 'string' } })
const derive = tool('derive', { f: { type: 'string', description: 'The function, as a lambda' } })
const shown = [weather, search, derive]

function read(text: string): [string, Json | undefined][] | 'broken' | undefined {
  const found = readTextCalls(text, shown)
  return found === undefined || found === 'broken'
    ? found
    : found.map(({ contract, input, rawInput }) => [contract.tool.name, input ?? rawInput])
}

const json = '{"name": "get_weather", "arguments": {"city": "Paris"}}'
const tagged = `<tool_call>${json}</tool_call>`
const paris = [['get_weather', { city: 'Paris' }]]

describe('read-text-calls matches', () => {
  it.each([
    ['Hermes, Qwen', `<tool_call>\n${json}\n</tool_call>`],
    ['left open', `<tool_call>\n${json}`],
    ['after an announcement', `I was not sure.\nLet me look.\n${tagged}`],
    ['after thoughts', `<think>Maybe search(query="x")?</think>\n${tagged}`],
    ['before a remark', `${tagged}\nI wait for the result.`],
    [
      'with another name for the arguments',
      '<tool_call>{"name": "get_weather", "parameters": {"city": "Paris"}}',
    ],
    [
      'another spelling of the name',
      '<tool_call>{"name": "GetWeather", "args": {"city": "Paris"}}</tool_call>',
    ],
    ['almost JSON', "<tool_call>{'name': 'get_weather', 'arguments': {'city': 'Paris',}}</tool_call>"],
    ['Llama 3.1', '<function=get_weather>{"city": "Paris"}</function>'],
    ['Llama, built in', `<|python_tag|>${json}<|eom_id|>`],
    ['Llama, built in, as code', '<|python_tag|>get_weather.call(city="Paris")'],
    ['Mistral', `[TOOL_CALLS] [${json}]</s>`],
    ['Mistral, newer', '[TOOL_CALLS]get_weather[ARGS]{"city": "Paris"}'],
    [
      'DeepSeek V3',
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n{"city": "Paris"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    ],
    [
      'DeepSeek V3.1',
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>get_weather<｜tool▁sep｜>{"city": "Paris"}<｜tool▁call▁end｜>',
    ],
    [
      'Kimi',
      '<|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{"city": "Paris"}<|tool_call_end|>',
    ],
    [
      'Harmony',
      '<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "Paris"}<|call|>',
    ],
    ['Granite', `<|tool_call|>[${json}]`],
    ['Functionary', '>>>get_weather\n{"city": "Paris"}'],
    ['Phi', `functools[${json}]`],
    [
      'Qwen Coder',
      '<tool_call>\n<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call>',
    ],
    [
      'invoke',
      '<function_calls><invoke name="get_weather"><parameter name="city">Paris</parameter></invoke></function_calls>',
    ],
    ['GLM', '<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Paris</arg_value>\n</tool_call>'],
    ['elements', '<get_weather>\n<city>Paris</city>\n</get_weather>'],
    [
      'ReAct',
      'Thought: hm\nAction: get_weather\nAction Input: {"city": "Paris"}\nObservation: 20 °C\nAction: none',
    ],
    [
      'Command R',
      `Action: \`\`\`json\n[{"tool_name": "get_weather", "parameters": {"city": "Paris"}}]\n\`\`\``,
    ],
    ['fenced JSON', `\`\`\`json\n${json}\n\`\`\``],
    ['fenced JSON after an announcement', `I'll check the weather for you.\n\n\`\`\`json\n${json}\n\`\`\``],
    ['bare JSON', json],
    ['bare JSON after an announcement', `Calling the tool.\n${json}`],
    ['a list', `[${json}]`],
    ['an envelope', `{"tool_calls": [{"id": "1", "type": "function", "function": ${json}}]}`],
    ['arguments as text', '{"name": "get_weather", "arguments": "{\\"city\\": \\"Paris\\"}"}'],
    ['the name as key', '[{"get_weather": {"city": "Paris"}}]'],
    ['an action', '{"action": "get_weather", "action_input": {"city": "Paris"}}'],
    ['a call with JSON', 'get_weather({"city": "Paris"})'],
    ['Python', "get_weather(city='Paris')"],
    ['a list in Python', '[get_weather(city="Paris")]'],
    ['Gemma', '```tool_code\nprint(get_weather(city="Paris"))\n```'],
    ['name and JSON', 'get_weather {"city": "Paris"}'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(paris)
  })

  it.each<[string, string, [string, Json][]]>([
    [
      'siblings',
      `${tagged}\n<tool_call>{"name": "search", "arguments": {"query": "x"}}</tool_call>`,
      [
        ['get_weather', { city: 'Paris' }],
        ['search', { query: 'x' }],
      ],
    ],
    [
      'siblings in Python',
      '[get_weather(city="Paris"), search(query="a, b")]',
      [
        ['get_weather', { city: 'Paris' }],
        ['search', { query: 'a, b' }],
      ],
    ],
    [
      'one object a line',
      `${json}\n{"name": "search", "arguments": {"query": "x"}}`,
      [
        ['get_weather', { city: 'Paris' }],
        ['search', { query: 'x' }],
      ],
    ],
    [
      'types that tags cannot show',
      '<function=get_weather><parameter=city>42</parameter><parameter=days>3</parameter></function>',
      [['get_weather', { city: '42', days: 3 }]],
    ],
    [
      'words that the contract lists',
      'get_weather(city="Paris", unit=c)',
      [['get_weather', { city: 'Paris', unit: 'c' }]],
    ],
    ['flags and null of JSON in Python', 'search(query=true)', [['search', { query: true }]]],
    [
      'the only argument',
      'Action: search\nAction Input: hotels in Paris',
      [['search', { query: 'hotels in Paris' }]],
    ],
    ['an act', 'Act: search(query="hotels")', [['search', { query: 'hotels' }]]],
    ['the only argument in brackets', 'Action 1: search[hotels]', [['search', { query: 'hotels' }]]],
    [
      'the source of a function',
      'derive(f=lambda x, y: x**2 + max(x, y))',
      [['derive', { f: 'lambda x, y: x**2 + max(x, y)' }]],
    ],
    [
      'line breaks inside a value',
      '<function=search><parameter=query>\na\n\nb\n</parameter></function>',
      [['search', { query: 'a\n\nb' }]],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('read-text-calls does not match', () => {
  it.each([
    ['plain text', 'It is sunny in Paris.'],
    ['nothing', ''],
    ['an act that is none', 'Act: I look for hotels with search(query="x").'],
    ['another word', 'Active: search(query="x") is running.'],
    ['a call in a sentence', 'You can use get_weather(city="Paris") for that.'],
    ['an example', `For example:\n\`\`\`json\n${json}\n\`\`\``],
    ['an example in German', `Zum Beispiel:\n\`\`\`json\n${json}\n\`\`\``],
    ['a question', `Should I run this?\n${json}`],
    ['a prohibition', `Do not run:\n${json}`],
    ['a report', `Earlier I ran this:\n${json}`],
    ['a form', `The expected format is:\n${tagged}`],
    ['a form in a fence', `The expected format is:\n\`\`\`\n${tagged}\n\`\`\``],
    ['marks in inline code', `Write \`${tagged}\` to call a tool.`],
    ['marks in a sentence', `To call a tool you write ${tagged} and wait.`],
    ['talk after a block', `\`\`\`json\n${json}\n\`\`\`\nThat is how it works.`],
    ['two blocks to choose from', `A:\n\`\`\`\n${json}\n\`\`\`\nB:\n\`\`\`\n${json}\n\`\`\``],
    ['thoughts that never end', `<think>I would call ${json}`],
    [
      'the definition of a tool',
      '{"name": "get_weather", "parameters": {"type": "object", "properties": {}}}',
    ],
    ['data that looks alike', '{"name": "Ada", "arguments": {"city": "Paris"}}'],
    ['data with more in it', '{"name": "get_weather", "arguments": {}, "result": 20}'],
    ['JSON of a tool that nobody has', '{"name": "delete_all", "arguments": {}}'],
    ['code of a tool that nobody has', 'delete_all(city="Paris")'],
    ['other HTML', '<p>get_weather</p>'],
  ])('%s', (_, text) => {
    expect(read(text)).toBeUndefined()
  })

  it.each([
    ['a tagged call cut short', '<tool_call>{"name": "get_weather", "arguments": {"city": "Par'],
    [
      'a tag around what was cut short',
      '<tool_call>{"name": "get_weather", "arguments": {"city": "Par</tool_call>',
    ],
    [
      'a tagged call of a tool that nobody has',
      '<tool_call>{"name": "delete_all", "arguments": {}}</tool_call>',
    ],
    ['one of two that nobody has', `${tagged}<tool_call>{"name": "delete_all", "arguments": {}}</tool_call>`],
    ['a list cut short', `[TOOL_CALLS] [${json}`],
    ['a parameter cut short', '<function=get_weather><parameter=city>Par'],
    ['parameters of a call cut short', '<function=get_weather><parameter=city>Paris</parameter>'],
    ['an element cut short', '<get_weather><city>Par'],
    ['a null that may be a text', '<function=search><parameter=query>null</parameter></function>'],
    ['a variable', 'get_weather(city=city)'],
    ['two actions at once', 'Action: search\nAction Input: a\nAction: search\nAction Input: b'],
  ])('%s, and says so', (_, text) => {
    expect(read(text)).toBe('broken')
  })

  it.each([
    ['cut short in Python', 'get_weather(city="Par'],
    ['an expression', 'get_weather(city="a" + "b")'],
    ['two texts side by side', 'get_weather(city="a" "b")'],
    ['a text with variables', 'get_weather(city=f"{x}")'],
    ['a name twice', 'get_weather(city="a", city="b")'],
    ['arguments without names', 'get_weather("Paris", 3)'],
    ['a call inside a call', 'get_weather(city=search(query="x"))'],
    ['a rounded number', 'get_weather(days=12345678901234567890)'],
  ])('%s', (_, text) => {
    const found = read(text)
    expect(found === undefined || found === 'broken').toBe(true)
  })
})

describe('read-text-calls', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 20 })
  const inputs = fc.record({ city: texts, days: fc.integer() })

  it('brings back what was tagged, and nothing of what was cut', () => {
    fc.assert(
      fc.property(inputs, fc.nat(), (input, at) => {
        const whole = `<tool_call>\n${JSON.stringify({ name: 'get_weather', arguments: input })}\n</tool_call>`
        expect(read(whole)).toEqual([['get_weather', input]])
        const end = whole.lastIndexOf('}')
        const cut = whole.slice(0, 13 + (at % (end - 13)))
        const found = read(cut)
        expect(found === undefined || found === 'broken').toBe(true)
      }),
    )
  })

  it('never throws', () => {
    const noise = fc.string({
      unit: fc.constantFrom(
        '<tool_call>',
        '</',
        '>',
        '{',
        '}',
        '"',
        "'",
        '(',
        ')',
        '=',
        'search',
        ',',
        '[',
        ']',
        '\n',
        'Action:',
        '```',
        '\\',
      ),
      maxLength: 30,
    })
    fc.assert(
      fc.property(noise, (text) => {
        read(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads long hostile texts in time that grows with their length', () => {
    const hostile = [
      '<',
      '<a>',
      '`',
      '"',
      '(',
      '[TOOL_CALLS]',
      'search(',
      '<tool_call>',
      '<think>',
      '{"a":',
      'Action: x\n',
      "f(a='",
    ]
    for (const part of hostile) {
      const text = part.repeat(Math.floor(60_000 / part.length))
      expect(() => read(text)).not.toThrow()
    }
  })
})

// A model that repeats itself writes these, and the agent's process must not stand still meanwhile.
it.each<[string, string]>([
  ['spaces before a bracket', `x${' '.repeat(60_000)}(`],
  ['lines before a mark', `y${'\n'.repeat(60_000)}x<a`],
  ['spaces before everything', `${' '.repeat(60_000)}<a`],
  ['spaces in a tag', `<function${' '.repeat(60_000)}x`],
  ['spaces in a parameter', `<function=find><parameter${' '.repeat(60_000)}x`],
  ['lines in a fenced action', `Action: \`\`\`json\n${'\n'.repeat(60_000)}x`],
  ['lines in the input of an action', `Action: find\nAction Input: \`\`\`${'\n'.repeat(60_000)}x`],
])('reads %s in a time that grows with their length', (_, text) => {
  const started = performance.now()
  readTextCalls(text, [{ tool: { origin: 'local', name: 'find' } }])
  expect(performance.now() - started).toBeLessThan(300)
})
