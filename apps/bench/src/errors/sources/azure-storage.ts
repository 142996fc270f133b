import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import { freePort } from '../../free-port.ts'
import { functionProvocations } from '../function-tool.ts'
import { ownedFolder } from '../owned-folder.ts'
import type { Source } from '../provocation.ts'
import { answering } from '../server-process.ts'

const require = createRequire(import.meta.url)

const ACCOUNT = 'devstoreaccount1'
/** The key that every such emulator has, told in its documentation. */
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

/** The client of Azure's storage of blobs, and the emulator with the service's own words. */
export const azureStorage: Source = {
  tool: 'azure-storage',
  languages: ['en'],
  async open({ dir }) {
    const location = await ownedFolder(dir, 'data', {})
    const port = await freePort()
    const program = require.resolve('azurite/dist/src/blob/main.js')
    const options = ['--silent', '--skipApiVersionCheck', '--inMemoryPersistence', '--disableTelemetry']
    const args = [program, '--blobPort', String(port), ...options]
    const server = spawn(process.execPath, args, { cwd: location, stdio: 'ignore' })
    const url = `http://127.0.0.1:${port}/${ACCOUNT}`
    await answering(url, server)
    const as = (key: string, at = url) =>
      new BlobServiceClient(at, new StorageSharedKeyCredential(ACCOUNT, key), {
        retryOptions: { maxTries: 1 },
      })
    const client = as(KEY)
    const orders = client.getContainerClient('orders')
    await orders.create()
    await orders.getBlockBlobClient('one.txt').upload('text', 4)
    await orders.getBlockBlobClient('leased.txt').upload('text', 4)
    await orders.getBlockBlobClient('leased.txt').getBlobLeaseClient().acquireLease(-1)
    const blob = (name: string) => orders.getBlockBlobClient(name)
    const functions = {
      download: (name: string, from = 0) => blob(name).download(from),
      upload: (name: string, text: string, conditions = {}) =>
        blob(name).upload(text, text.length, { conditions }),
      tier: (name: string, tier: string) => blob(name).setAccessTier(tier),
      stage: (name: string, block: string) => blob(name).stageBlock(block, 'a', 1),
      pages: (name: string, size: number) => orders.getPageBlobClient(name).create(size),
      metadata: (name: string, metadata: Record<string, string>) => blob(name).setMetadata(metadata),
      lease: (name: string, seconds: number) => blob(name).getBlobLeaseClient().acquireLease(seconds),
      createContainer: (name: string) => client.createContainer(name),
      list: (container: string) => client.getContainerClient(container).listBlobsFlat().next(),
      listAs: (key: string) => as(key).getContainerClient('orders').listBlobsFlat().next(),
      downloadAt: (at: string, name: string) =>
        as(KEY, at).getContainerClient('orders').getBlobClient(name).download(),
      connect: (text: string) => BlobServiceClient.fromConnectionString(text),
    }
    return {
      close: () => void server.kill('SIGKILL'),
      provocations: functionProvocations(functions, [
        ['no-blob', 'state.not_found', (v) => ['download', v.file()]],
        ['no-container', 'state.not_found', (v) => ['list', `${v.word()}-${v.word()}`]],
        ['range', 'contract.value', (v) => ['download', 'one.txt', v.integer(50, 999)]],
        ['container-exists', 'state.conflict', () => ['createContainer', 'orders']],
        ['container-name', 'contract.value', (v) => ['createContainer', `${v.word()}_${v.word()}`]],
        ['blob-exists', 'state.conflict', (v) => ['upload', 'one.txt', v.word(), { ifNoneMatch: '*' }]],
        ['changed', 'state.precondition', (v) => ['upload', 'one.txt', 'a', { ifMatch: `"${v.word()}"` }]],
        ['lease-again', 'state.conflict', (v) => ['lease', 'leased.txt', v.integer(15, 59)]],
        ['lease-time', 'contract.value', (v) => ['lease', 'one.txt', v.integer(2, 9)]],
        ['block', 'contract.value', (v) => ['stage', v.file(), `${v.word()}%`]],
        ['page-size', 'contract.value', (v) => ['pages', v.file(), v.integer(2, 99)]],
        ['metadata', 'contract.value', (v) => ['metadata', 'one.txt', { [`${v.word()}-x`]: 'a' }]],
        ['tier', 'contract.value', (v) => ['tier', 'one.txt', v.word()]],
        ['key', 'auth.denied', (v) => ['listAs', btoa(v.phrase())]],
        [
          'refused',
          'exec.unavailable',
          (v) => ['downloadAt', `http://127.0.0.1:${v.integer(2, 9)}/a`, v.file()],
        ],
        ['connection', 'contract.value', (v) => ['connect', `${v.word()}=${v.word()}`]],
      ]),
    }
  },
}
