import * as aws from '@aws-sdk/client-s3'
import Storage from 's3rver'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

/** The client of Amazon S3, and a server of the same protocol with the service's own words. */
export const s3: Source = {
  tool: 's3',
  languages: ['en'],
  async open({ dir }) {
    const storage = new Storage({ port: 0, address: '127.0.0.1', silent: true, directory: dir })
    const { port } = await storage.run()
    const silent = await localServer(() => {})
    const as = (accessKeyId: string, secretAccessKey: string, endpoint: string, requestTimeout = 4_000) =>
      new aws.S3Client({
        endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey },
        forcePathStyle: true,
        maxAttempts: 1,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        requestHandler: { requestTimeout, throwOnRequestTimeout: true },
      })
    const url = `http://127.0.0.1:${port}`
    const client = as('S3RVER', 'S3RVER', url)
    const Bucket = 'orders'
    await client.send(new aws.CreateBucketCommand({ Bucket }))
    await client.send(new aws.PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'text' }))
    const functions = {
      get: (input: Partial<aws.GetObjectCommandInput>) =>
        client.send(new aws.GetObjectCommand({ Bucket, ...input } as never)),
      head: (Key: string) => client.send(new aws.HeadObjectCommand({ Bucket, Key })),
      getFrom: (endpoint: string, Key: string, timeout?: number) =>
        as('a', 'b', endpoint, timeout).send(new aws.GetObjectCommand({ Bucket, Key })),
      getAs: (key: string, secret: string) =>
        as(key, secret, url).send(new aws.GetObjectCommand({ Bucket, Key: 'a.txt' })),
      put: (input: Partial<aws.PutObjectCommandInput>) =>
        client.send(new aws.PutObjectCommand({ Bucket, Body: 'x', ...input } as never)),
      createBucket: (name: string) => client.send(new aws.CreateBucketCommand({ Bucket: name })),
      deleteBucket: (name: string) => client.send(new aws.DeleteBucketCommand({ Bucket: name })),
      list: (input: Partial<aws.ListObjectsV2CommandInput>) =>
        client.send(new aws.ListObjectsV2Command({ Bucket, ...input })),
      rules: (name: string) => client.send(new aws.GetBucketCorsCommand({ Bucket: name })),
      website: (name: string) => client.send(new aws.GetBucketWebsiteCommand({ Bucket: name })),
    }
    return {
      close: async () => {
        client.destroy()
        await storage.close()
        await silent.close()
      },
      provocations: functionProvocations(functions, [
        ['no-key', 'state.not_found', (v) => ['get', { Key: v.file() }]],
        ['no-bucket', 'state.not_found', (v) => ['list', { Bucket: `${v.word()}-${v.word()}` }]],
        ['head', 'state.not_found', (v) => ['head', v.file()]],
        ['no-website', 'state.not_found', (v) => ['website', v.pick(['orders'])]],
        ['no-rules', 'state.not_found', (v) => ['rules', v.pick(['orders'])]],
        ['missing', 'contract.missing_param', (v) => ['get', { VersionId: v.word() }]],
        ['max-keys', 'contract.value', (v) => ['list', { MaxKeys: -v.integer(2, 99) }]],
        ['range', 'contract.value', (v) => ['get', { Key: 'a.txt', Range: `bytes=${v.integer(50, 99)}-` }]],
        ['bucket-name', 'contract.value', (v) => ['createBucket', `${v.word()}_${v.word().toUpperCase()}`]],
        [
          'storage-class',
          'contract.value',
          (v) => ['put', { Key: v.file(), StorageClass: v.word() as 'STANDARD' }],
        ],
        ['bucket-exists', 'state.conflict', (v) => ['createBucket', v.pick(['orders'])]],
        ['bucket-full', 'state.conflict', (v) => ['deleteBucket', v.pick(['orders'])]],
        ['key-id', 'auth.denied', (v) => ['getAs', v.name(), v.id()]],
        ['refused', 'exec.unavailable', (v) => ['getFrom', `http://127.0.0.1:${v.integer(2, 9)}`, v.file()]],
        ['resolve', 'exec.unavailable', (v) => ['getFrom', `http://${v.word()}.invalid`, v.file()]],
        ['timed-out', 'exec.timeout', (v) => ['getFrom', silent.url, v.file(), v.integer(60, 150)]],
      ]),
    }
  },
}
