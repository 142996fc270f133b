import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as rpc from '@grpc/grpc-js'
import { fromJSON, load } from '@grpc/proto-loader'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

const ORDERS = {
  nested: {
    Order: {
      fields: {
        item: { id: 1, type: 'string' },
        count: { id: 2, type: 'int32' },
      },
    },
    Orders: { methods: { Get: { requestType: 'Order', responseType: 'Order', comment: '' } } },
  },
}

type Answer = (error: Error | null, order?: object) => void
type Orders = rpc.Client & {
  Get(order: object, metadata: rpc.Metadata, options: rpc.CallOptions, done: Answer): void
}

/** Calls of a gRPC service, whose server answers by what it is asked for: a status, or never. */
export const grpc: Source = {
  tool: 'grpc',
  languages: ['en'],
  async open({ dir }) {
    const { Orders: Service } = rpc.loadPackageDefinition(fromJSON(ORDERS)) as unknown as {
      Orders: rpc.ServiceClientConstructor
    }
    const server = new rpc.Server()
    server.addService(Service.service, {
      Get: ({ request }: { request: { item: string; count: number } }, done: rpc.sendUnaryData<object>) => {
        const code = rpc.status[request.item as 'OK']
        if (code !== undefined) done({ code })
        // Any other item is never answered.
      },
    })
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', rpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    )
    type How = { at?: string; within?: number; header?: [string, string] }
    const get = async (order: object, how: How = {}) => {
      const { at = `127.0.0.1:${port}`, within = 4_000, header = ['a', 'b'] } = how
      const client = new Service(at, rpc.credentials.createInsecure()) as unknown as Orders
      try {
        const metadata = new rpc.Metadata()
        metadata.set(...header)
        return await new Promise((resolve, reject) =>
          client.Get(order, metadata, { deadline: Date.now() + within }, (error, found) =>
            error ? reject(error) : resolve(found),
          ),
        )
      } finally {
        client.close()
      }
    }
    let made = 0
    const functions = {
      getAt: (at: string, item: string) => get({ item }, { at }),
      getWithin: (within: number, item: string) => get({ item }, { within }),
      getWith: (name: string, value: string) => get({ item: 'OK' }, { header: [name, value] }),
      status: (name: string, count: number) => get({ item: name, count }),
      load: (path: string) => load(path),
      loadText: async (proto: string) => {
        const path = join(dir, `${made++}.proto`)
        await writeFile(path, proto)
        return load(path)
      },
    }
    return {
      close: () => server.forceShutdown(),
      provocations: functionProvocations(functions, [
        ['not-found', 'state.not_found', (v) => ['status', 'NOT_FOUND', v.integer(2, 99)]],
        ['exists', 'state.conflict', (v) => ['status', 'ALREADY_EXISTS', v.integer(2, 99)]],
        ['denied', 'auth.denied', (v) => ['status', 'PERMISSION_DENIED', v.integer(2, 99)]],
        ['unauthenticated', 'auth.denied', (v) => ['status', 'UNAUTHENTICATED', v.integer(2, 99)]],
        ['precondition', 'state.precondition', (v) => ['status', 'FAILED_PRECONDITION', v.integer(2, 99)]],
        ['argument', 'contract.value', (v) => ['status', 'INVALID_ARGUMENT', v.integer(2, 99)]],
        ['down', 'exec.unavailable', (v) => ['status', 'UNAVAILABLE', v.integer(2, 99)]],
        ['header-name', 'contract.value', (v) => ['getWith', v.phrase(), v.word()]],
        ['refused', 'exec.unavailable', (v) => ['getAt', `127.0.0.1:${v.integer(2, 9)}`, v.word()]],
        ['resolve', 'exec.unavailable', (v) => ['getAt', `${v.word()}-${v.word()}.invalid`, v.word()]],
        ['timed-out', 'exec.timeout', (v) => ['getWithin', v.integer(60, 150), v.word()]],
        ['no-file', 'state.not_found', (v) => ['load', v.path()]],
        ['syntax', 'contract.value', (v) => ['loadText', `syntax = "proto3"; message { ${v.word()}`]],
      ]),
    }
  },
}
