import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../json.ts'
import type { ToolContract } from '../../tool.ts'
import { standardSchema, toContracts } from './contracts.ts'

const schema: JsonObject = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }
const local = { tool: { origin: 'local', name: 't' }, description: 'd', inputSchema: schema }

describe('toContracts', () => {
  it.each<[string, Json, ToolContract[]]>([
    [
      'OpenAI',
      [{ type: 'function', function: { name: 't', description: 'd', parameters: schema } }],
      [local],
    ],
    ['OpenAI responses', [{ type: 'function', name: 't', description: 'd', parameters: schema }], [local]],
    ['Anthropic', [{ name: 't', description: 'd', input_schema: schema }], [local]],
    [
      'MCP with a server',
      {
        tools: [
          {
            name: 't',
            server: 's',
            inputSchema: schema,
            outputSchema: schema,
            annotations: { readOnlyHint: true },
          },
        ],
      },
      [
        {
          tool: { origin: 's', name: 't' },
          inputSchema: schema,
          outputSchema: schema,
          annotations: { readOnlyHint: true },
        },
      ],
    ],
    [
      'Gorilla',
      [{ name: 't', description: 'd', parameters: { ...schema, type: 'dict' }, response: { type: 'dict' } }],
      [local],
    ],
    ['AI SDK', { t: { description: 'd', inputSchema: { jsonSchema: schema } } }, [local]],
    ['a tool of its own', { name: 't', description: 'd', parameters: schema }, [local]],
    ['a name alone', [{ name: 't' }], [{ tool: { origin: 'local', name: 't' } }]],
    ['nothing', [], []],
  ])('%s matches', (_, tools, expected) => {
    const faults: string[] = []
    expect(toContracts(tools, (reason) => faults.push(reason))).toEqual(expected)
    expect(faults).toEqual([])
  })

  it.each<[Json]>([['tools'], [[{ description: 'no name' }]], [[null]], [[{ name: '' }]]])(
    '%j does not match, and is told',
    (tools) => {
      const faults: string[] = []
      expect(toContracts(tools, (reason) => faults.push(reason))).toEqual([])
      expect(faults).toHaveLength(1)
    },
  )
})

describe('standardSchema', () => {
  it.each<[string, Json | undefined]>([
    ['dict', 'object'],
    ['HashMap', 'object'],
    ['float', 'number'],
    ['long', 'integer'],
    ['tuple', 'array'],
    ['ArrayList', 'array'],
    ['Array', 'array'],
    ['String', 'string'],
    ['Boolean', 'boolean'],
    ['integer', 'integer'],
    ['any', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('type %j becomes %j', (type, expected) => {
    expect(standardSchema({ type }).type).toBe(expected)
  })

  it('goes into every place where a schema stands, and into no other', () => {
    const written: JsonObject = {
      type: 'dict',
      properties: {
        type: { type: 'float', default: { type: 'dict' }, enum: ['dict'] },
        list: { type: 'tuple', items: { type: 'dict', properties: { x: { type: 'any' } } } },
        either: {
          anyOf: [{ type: 'float' }, { type: ['string', 'float', 'number'] }, { type: ['string', 'any'] }],
        },
      },
      additionalProperties: { type: 'int' },
      $defs: { d: { type: 'list' } },
      description: 'dict',
    }
    expect(standardSchema(written)).toEqual({
      type: 'object',
      properties: {
        type: { type: 'number', default: { type: 'dict' }, enum: ['dict'] },
        list: { type: 'array', items: { type: 'object', properties: { x: {} } } },
        either: { anyOf: [{ type: 'number' }, { type: ['string', 'number'] }, {}] },
      },
      additionalProperties: { type: 'integer' },
      $defs: { d: { type: 'array' } },
      description: 'dict',
    })
  })

  it('is the same object where nothing had to change', () => {
    const standard: JsonObject = { ...schema, items: [{ type: ['string', 'null'] }], $defs: { d: schema } }
    expect(standardSchema(standard)).toBe(standard)
  })

  it('keeps a property named __proto__ a property', () => {
    const written = JSON.parse('{"type":"dict","properties":{"__proto__":{"type":"float"}}}') as JsonObject
    expect(JSON.stringify(standardSchema(written))).toBe(
      '{"type":"object","properties":{"__proto__":{"type":"number"}}}',
    )
  })
})
