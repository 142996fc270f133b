import { toolResult } from '@lifeharness/core'
import { buildSchema, graphql as execute } from 'graphql'
import { type Provoked, provocations, type Source } from '../provocation.ts'

const SCHEMA = buildSchema(`
  enum Status { NEW SENT }
  input OrderInput { item: String!, count: Int! }
  type Order { id: ID!, item: String!, count: Int!, status: Status, lines(first: Int!): [Order!]! }
  type Query { order(id: ID!): Order, orders(status: Status, limit: Int): [Order!]! }
  type Mutation { add(order: OrderInput!): Order! }
`)

type Call = [query: string, variables?: Record<string, string>]

/** A tool `graphql{query, variables}` that answers as servers do: `{ data, errors }`. */
async function provoke([query, variables = {}]: Call): Promise<Provoked> {
  const answer = await execute({ schema: SCHEMA, source: query, rootValue: {}, variableValues: variables })
  const body = JSON.parse(JSON.stringify(answer)) as { errors?: unknown }
  const status = 200
  return { input: { query, variables }, result: toolResult('ok', { status, body } as never) }
}

export const graphql: Source = {
  tool: 'graphql',
  languages: ['en'],
  async open() {
    return {
      close: () => {},
      provocations: provocations<Call>(provoke, [
        ['no-field', 'contract.value', (v) => [`{ ${v.name()}_x { id } }`]],
        ['no-field', 'contract.value', (v) => [`{ orders { ${v.name()}_x } }`]],
        [
          'no-argument',
          'contract.misnamed_param',
          (v) => [`{ orders(${v.name()}_x: ${v.integer(1, 9)}) { id } }`],
        ],
        [
          'argument-missing',
          'contract.missing_param',
          (v) => [`{ order { ${v.pick(['id', 'item', 'count'])} } }`],
        ],
        ['selection-missing', 'contract.value', (v) => [`{ orders(limit: ${v.integer(1, 99)}) }`]],
        [
          'selection-extra',
          'contract.value',
          (v) => [`{ orders { ${v.pick(['id', 'item', 'count'])} { ${v.word()} } } }`],
        ],
        ['int', 'contract.type', (v) => [`{ orders(limit: "${v.word()}") { id } }`]],
        ['enum', 'contract.value', (v) => [`{ orders(status: ${v.word().toUpperCase()}) { id } }`]],
        ['enum-text', 'contract.type', (v) => [`{ orders(status: "${v.word()}") { id } }`]],
        [
          'input-field-missing',
          'contract.missing_param',
          (v) => [`mutation { add(order: { item: "${v.word()}" }) { id } }`],
        ],
        [
          'input-field-extra',
          'contract.misnamed_param',
          (v) => [`mutation { add(order: { item: "a", count: 1, ${v.name()}_x: 1 }) { id } }`],
        ],
        [
          'variable-missing',
          'contract.missing_param',
          (v) => {
            const name = v.name()
            return [`query ($${name}: ID!) { order(id: $${name}) { id } }`]
          },
        ],
        ['variable-undefined', 'contract.value', (v) => [`{ order(id: $${v.name()}) { id } }`]],
        [
          'variable-type',
          'contract.type',
          (v) => {
            const name = v.name()
            return [`query ($${name}: Int) { orders(limit: $${name}) { id } }`, { [name]: v.word() }]
          },
        ],
        ['syntax', 'contract.value', (v) => [`{ orders { id ${v.pick(['', v.name()])} `]],
        ['syntax-token', 'contract.value', (v) => [`{ orders) { ${v.name()} } }`]],
        [
          'type',
          'contract.value',
          (v) => {
            const name = v.name()
            return [`query ($a: ${name}_T) { orders(limit: $a) { id } }`]
          },
        ],
        ['fragment', 'contract.value', (v) => [`{ orders { ...${v.name()} } }`]],
        ['null-result', 'result.contract', (v) => [`{ orders(limit: ${v.integer(1, 99)}) { id } }`]],
      ]),
    }
  },
}
