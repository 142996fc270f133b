import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import * as aws from '@aws-sdk/client-dynamodb'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

const require = createRequire(import.meta.url)
const dynalite = require('dynalite') as (options: { createTableMs: number }) => Server

/** The client of Amazon DynamoDB, and a server of the same protocol with the service's own words. */
export const dynamodb: Source = {
  tool: 'dynamodb',
  languages: ['en'],
  async open() {
    const server = await localServer(undefined, dynalite({ createTableMs: 0 }))
    const silent = await localServer(() => {})
    const at = (endpoint: string, requestTimeout = 4_000) =>
      new aws.DynamoDBClient({
        endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        maxAttempts: 1,
        requestHandler: { requestTimeout, throwOnRequestTimeout: true },
      })
    const client = at(server.url)
    const table: aws.CreateTableCommandInput = {
      TableName: 'orders',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }
    await client.send(new aws.CreateTableCommand(table))
    for (;;) {
      const { Table } = await client.send(new aws.DescribeTableCommand({ TableName: 'orders' }))
      if (Table?.TableStatus === 'ACTIVE') break
    }
    const TableName = 'orders'
    const Item = { id: { S: 'a' }, note: { S: 'b' } }
    await client.send(new aws.PutItemCommand({ TableName, Item }))
    type Of<Input> = Omit<Input, 'TableName'> & { TableName?: string }
    const functions = {
      get: (Key: aws.GetItemCommandInput['Key'], more: Partial<aws.GetItemCommandInput> = {}) =>
        client.send(new aws.GetItemCommand({ TableName, Key, ...more })),
      getFrom: (endpoint: string, id: string, timeout?: number) =>
        at(endpoint, timeout).send(new aws.GetItemCommand({ TableName, Key: { id: { S: id } } })),
      put: (input: Of<aws.PutItemCommandInput>) =>
        client.send(new aws.PutItemCommand({ TableName, ...input })),
      update: (UpdateExpression: string, values?: aws.UpdateItemCommandInput['ExpressionAttributeValues']) =>
        client.send(
          new aws.UpdateItemCommand({
            TableName,
            Key: { id: { S: 'a' } },
            UpdateExpression,
            ...(values && { ExpressionAttributeValues: values }),
          }),
        ),
      query: (input: Of<aws.QueryCommandInput>) => client.send(new aws.QueryCommand({ TableName, ...input })),
      scan: (input: Of<aws.ScanCommandInput>) => client.send(new aws.ScanCommand({ TableName, ...input })),
    }
    return {
      close: async () => {
        client.destroy()
        await server.close()
        await silent.close()
      },
      provocations: functionProvocations(functions, [
        ['no-table', 'state.not_found', (v) => ['scan', { TableName: `${v.name()}_t` }]],
        [
          'no-index',
          'state.not_found',
          (v) => [
            'query',
            {
              IndexName: `${v.word()}-index`,
              KeyConditionExpression: 'id = :a',
              ExpressionAttributeValues: { ':a': { S: v.id() } },
            },
          ],
        ],
        ['no-key', 'contract.missing_param', (v) => ['put', { Item: { note: { S: v.phrase() } } }]],
        [
          'empty-key',
          'contract.missing_param',
          (v) => ['put', { Item: { id: { S: '' }, note: { S: v.word() } } }],
        ],
        ['no-condition', 'contract.missing_param', (v) => ['query', { Limit: v.integer(2, 99) }]],
        ['key-type', 'contract.type', (v) => ['put', { Item: { id: { N: `${v.integer(2, 99)}` } } }]],
        [
          'operand-type',
          'contract.type',
          (v) => ['update', 'SET note = note + :a', { ':a': { N: `${v.integer(2, 99)}` } }],
        ],
        ['number', 'contract.type', (v) => ['put', { Item: { id: { S: v.id() }, count: { N: v.word() } } }]],
        ['syntax', 'contract.value', (v) => ['update', `SET ${v.word()}x = = :a`, { ':a': { S: v.word() } }]],
        [
          'reserved',
          'contract.value',
          (v) => [
            'update',
            `SET ${v.pick(['status', 'name', 'year', 'comment', 'value'])} = :a`,
            { ':a': { S: v.word() } },
          ],
        ],
        ['limit', 'contract.value', (v) => ['scan', { Limit: -v.integer(1, 99) }]],
        ['table-name', 'contract.value', (v) => ['scan', { TableName: v.phrase() }]],
        [
          'one-of',
          'contract.value',
          (v) => ['get', { id: { S: 'a' } }, { ReturnConsumedCapacity: v.word() as 'NONE' }],
        ],
        [
          'put-once',
          'state.conflict',
          (v) => [
            'put',
            {
              Item: { id: { S: 'a' }, note: { S: v.word() } },
              ConditionExpression: 'attribute_not_exists(id)',
            },
          ],
        ],
        [
          'item-size',
          'result.oversize',
          (v) => ['put', { Item: { id: { S: v.id() }, note: { S: v.word().repeat(90_000) } } }],
        ],
        ['refused', 'exec.unavailable', (v) => ['getFrom', `http://127.0.0.1:${v.integer(2, 9)}`, v.id()]],
        ['timed-out', 'exec.timeout', (v) => ['getFrom', silent.url, v.id(), v.integer(60, 150)]],
      ]),
    }
  },
}
