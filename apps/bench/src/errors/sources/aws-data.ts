import { localServer } from '../local-server.ts'
import { provocations, type Source } from '../provocation.ts'
import { ENVIRONMENT, pythonSession } from '../python-session.ts'
import type { Vary } from '../vary.ts'

/** Calls of Amazon's own client, answered by moto, which refuses as Amazon's services do. */
export const AWS = `
import os
os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="eu-west-1")
import boto3, moto
from botocore.config import Config
moto.mock_aws().start()
once = Config(retries={"max_attempts": 0}, read_timeout=0.2)
clients = {}
def client(service, **more):
    key = service + str(more)
    if key not in clients:
        clients[key] = boto3.client(service, config=once, **more)
    return clients[key]
def act(service, operation, parameters, **more):
    getattr(client(service, **more), operation)(**parameters)
`

const PRELUDE = `${AWS}
here = {"LocationConstraint": "eu-west-1"}
s3 = client("s3")
for name in ["reports", "backups"]:
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=here)
s3.put_object(Bucket="reports", Key="2024/summary.csv", Body=b"a,b")
client("dynamodb").create_table(TableName="Orders", BillingMode="PAY_PER_REQUEST",
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
client("secretsmanager").create_secret(Name="database", SecretString="x")
client("secretsmanager").create_secret(Name="old", SecretString="x")
client("secretsmanager").delete_secret(SecretId="old")
client("ssm").put_parameter(Name="/shop/url", Value="x", Type="String")
`
const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/123456789012/'

/** Amazon's stores: S3, DynamoDB, SQS, Secrets Manager and parameters. */
export const awsData: Source = {
  tool: 'aws-data',
  languages: ['en'],
  async open({ dir }) {
    const python = await pythonSession(dir, { modules: 'boto3, moto', prelude: PRELUDE, python: ENVIRONMENT })
    const silent = await localServer(() => {})
    const at = (service: string) => (operation: string, parameters: object) => ({
      service,
      operation,
      parameters: parameters as Record<string, string>,
    })
    const [s3, dynamodb, sqs] = [at('s3'), at('dynamodb'), at('sqs')]
    const [secrets, ssm] = [at('secretsmanager'), at('ssm')]
    const bucket = (v: Vary) => `${v.word()}-${v.integer(100, 999)}`
    const id = (v: Vary) => ({ id: { S: v.id() } })
    return {
      close: async () => {
        python.close()
        await silent.close()
      },
      provocations: provocations(python.provoke, [
        ['bucket', 'state.not_found', (v) => s3('list_objects_v2', { Bucket: bucket(v) })],
        ['key', 'state.not_found', (v) => s3('get_object', { Bucket: 'reports', Key: v.file() })],
        [
          'bucket-exists',
          'state.conflict',
          (v) =>
            s3('create_bucket', {
              Bucket: v.pick(['reports', 'backups']),
              CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
            }),
        ],
        ['bucket-full', 'state.precondition', () => s3('delete_bucket', { Bucket: 'reports' })],
        ['bucket-name', 'contract.value', (v) => s3('list_objects_v2', { Bucket: v.phrase() })],
        ['no-key', 'contract.missing_param', () => s3('get_object', { Bucket: 'reports' })],
        [
          'unknown-key',
          'contract.misnamed_param',
          (v) => s3('get_object', { Bucket: 'reports', Key: v.file(), [`${v.word()}Id`]: v.id() }),
        ],
        ['max-keys', 'contract.type', (v) => s3('list_objects_v2', { Bucket: 'reports', MaxKeys: v.word() })],
        [
          'storage-class',
          'contract.value',
          (v) => s3('put_object', { Bucket: 'reports', Key: v.file(), Body: 'a', StorageClass: v.word() }),
        ],
        ['table', 'state.not_found', (v) => dynamodb('get_item', { TableName: `${v.word()}s`, Key: id(v) })],
        [
          'item-key',
          'contract.missing_param',
          (v) => dynamodb('put_item', { TableName: 'Orders', Item: { total: { N: `${v.integer(2, 99)}` } } }),
        ],
        [
          'item-type',
          'contract.type',
          (v) => dynamodb('put_item', { TableName: 'Orders', Item: { id: { N: `${v.integer(2, 99)}` } } }),
        ],
        [
          'expression',
          'contract.value',
          (v) =>
            dynamodb('update_item', {
              TableName: 'Orders',
              Key: id(v),
              UpdateExpression: `SETT ${v.word()} = :a`,
              ExpressionAttributeValues: { ':a': { S: 'a' } },
            }),
        ],
        [
          'table-exists',
          'state.conflict',
          (v) =>
            dynamodb('create_table', {
              TableName: 'Orders',
              BillingMode: 'PAY_PER_REQUEST',
              KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
              AttributeDefinitions: [{ AttributeName: 'id', AttributeType: v.pick(['S', 'N']) }],
            }),
        ],
        [
          'queue',
          'state.not_found',
          (v) => sqs('send_message', { QueueUrl: QUEUE + v.word(), MessageBody: v.phrase() }),
        ],
        ['secret', 'state.not_found', (v) => secrets('get_secret_value', { SecretId: v.word() })],
        [
          'secret-exists',
          'state.conflict',
          (v) => secrets('create_secret', { Name: 'database', SecretString: v.word() }),
        ],
        ['secret-deleted', 'state.precondition', () => secrets('get_secret_value', { SecretId: 'old' })],
        ['parameter', 'state.not_found', (v) => ssm('get_parameter', { Name: `/shop/${v.word()}` })],
        [
          'refused',
          'exec.unavailable',
          (v) => ({ ...s3('list_buckets', {}), endpoint_url: `http://127.0.0.1:${v.integer(2, 9)}` }),
        ],
        [
          'silent',
          'exec.timeout',
          (v) => ({ ...s3('list_objects_v2', { Bucket: bucket(v) }), endpoint_url: silent.url }),
        ],
      ]),
    }
  },
}
