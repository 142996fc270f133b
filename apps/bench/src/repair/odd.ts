import type { Json, JsonObject } from '@lifeharness/core'
import type { Case } from './case.ts'
import type { Generator } from './generate.ts'
import type { Random } from './random.ts'
import { isObject, propertiesOf, type ToolSet } from './schemas.ts'
import { fits } from './valid.ts'

/** Texts that look broken and are not: where a text is wanted, they are what was meant. */
export const ODD_TEXTS: readonly string[] = [
  ...[
    '007',
    '1e5',
    ' 42 ',
    '42',
    'true',
    'null',
    'None',
    '',
    '[1, 2]',
    '{"a": 1}',
    "{'a': 1}",
    '5 km',
    '05/13/2024',
  ],
  ...[
    '<b>bold</b>',
    '`code`',
    '```json\n{"a": 1}\n```',
    'say "hi", it\'s ok',
    'C:\\new\\table',
    'a,b,',
    '{unclosed',
    'null,',
    '…',
    '--flag=1',
  ],
  ...[
    '<tool_call>{"name": "x"}</tool_call>',
    'delete_file(path="a")',
    'undefined',
    '%7B%7D',
    '\\n',
    '\u00a0',
    'naïve café',
    'ＡＢＣ',
    '// no comment',
    '2024-02-30',
  ],
]

/**
 * Valid calls with odd values, odd spacing, optional arguments spelt out or left away, and names that the contract lets
 * pass. Nothing may be changed in them.
 */
export function oddCases(
  sets: readonly ToolSet[],
  generator: Generator,
  random: Random,
  count: number,
): Case[] {
  const cases: Case[] = []
  for (let attempt = 0; cases.length < count && attempt < count * 20; attempt++) {
    const set = random.pick(sets)
    const contract = random.pick(set.tools)
    const call = generator.call(contract)
    if (!call) continue
    const input = { ...call.input }
    let sort = 'as written'
    for (const [name, schema] of Object.entries(propertiesOf(contract))) {
      if (!isObject(schema)) continue
      const odd = oddValue(input[name], schema, random)
      if (odd === undefined) continue
      input[name] = odd
      sort = 'odd value'
    }
    if (contract.inputSchema?.additionalProperties === undefined && random.chance(0.15)) {
      input[random.pick(['note', 'Id', 'trace', 'extra'])] = random.pick<Json>(['x', null, 1])
      sort = 'name beyond the contract'
    }
    if (!fits(contract.inputSchema, input)) continue
    // A date against the format that the description states is a fault of its own.
    if (JSON.stringify(input).includes('05/13/2024') && /yyyy|dd/i.test(JSON.stringify(contract.inputSchema)))
      continue
    const rawInput = random.chance(0.3)
      ? JSON.stringify(input, null, random.pick([1, 2, 4]))
      : JSON.stringify(input)
    cases.push({
      id: `odd-${cases.length}`,
      group: 'odd',
      operators: [sort],
      tools: set.tools,
      emitted: { name: contract.tool.name, rawInput },
      truth: [{ name: contract.tool.name, input }],
    })
  }
  return cases
}

function oddValue(value: Json | undefined, schema: JsonObject, random: Random): Json | undefined {
  if (value === undefined || schema.enum !== undefined || !random.chance(0.5)) return undefined
  if (typeof value === 'string') return random.pick(ODD_TEXTS)
  if (typeof value === 'number')
    return schema.type === 'integer' ? random.pick([0, -1, 2 ** 31]) : random.pick([0, -0.5, 1e-7, 1e21])
  if (Array.isArray(value)) return random.chance(0.5) ? [] : undefined
  return undefined
}
