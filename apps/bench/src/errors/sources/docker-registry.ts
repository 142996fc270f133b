import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../free-port.ts'
import { type HttpCall, httpTool } from '../http-tool.ts'
import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source } from '../provocation.ts'
import { answering } from '../server-process.ts'
import { nobody, program } from '../shell.ts'
import type { Vary } from '../vary.ts'

const settings = (data: string, port: number, more = '') => `version: 0.1
log: { level: error }
storage: { filesystem: { rootdirectory: ${data} } }
http: { addr: "127.0.0.1:${port}" }
${more}
`
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

/** The registry of container images, as its clients call it. */
export const dockerRegistry: Source = {
  tool: 'docker-registry',
  languages: ['en'],
  async open({ dir }) {
    const data = await ownedFolder(dir, 'data', nobody)
    const start = async (more?: string) => {
      const port = await freePort()
      await writeFile(join(dir, `${port}.yml`), settings(data, port, more))
      const args = ['serve', `${port}.yml`]
      const server = spawn(program('docker-registry'), args, { ...nobody, cwd: dir, stdio: 'ignore' })
      const url = `http://127.0.0.1:${port}`
      await answering(`${url}/v2/`, server)
      return { url, close: () => server.kill('SIGKILL') }
    }
    const [open, closed] = await Promise.all([start(), start('auth: { silly: { realm: a, service: b } }')])
    const [request, asStranger] = [httpTool(open.url), httpTool(closed.url)]
    const put = (v: Vary, manifest: object | string, name: string = v.word()): HttpCall => ({
      method: 'PUT',
      path: `/v2/shop/${name}/manifests/${v.word()}`,
      headers: { 'content-type': MANIFEST },
      body: manifest as string,
    })
    const blob = (v: Vary) => ({
      mediaType: 'application/octet-stream',
      size: v.integer(2, 99),
      digest: digestOf(v.id()),
    })
    return {
      close: () => {
        open.close()
        closed.close()
      },
      provocations: [
        ...provocations<HttpCall>(asStranger, [
          ['stranger', 'auth.denied', (v) => ({ path: `/v2/shop/${v.word()}/tags/list` })],
        ]),
        ...provocations<HttpCall>(request, [
          ['no-manifest', 'state.not_found', (v) => ({ path: `/v2/shop/${v.word()}/manifests/${v.word()}` })],
          ['no-blob', 'state.not_found', (v) => ({ path: `/v2/shop/${v.word()}/blobs/${digestOf(v.id())}` })],
          ['no-name', 'state.not_found', (v) => ({ path: `/v2/shop/${v.word()}/tags/list` })],
          ['no-route', 'state.not_found', (v) => ({ path: `/${v.word()}/${v.word()}` })],
          [
            'method',
            'contract.value',
            (v) => ({ method: v.pick(['PUT', 'PATCH']), path: '/v2/_catalog', body: '' }),
          ],
          [
            'unsupported',
            'contract.value',
            (v) => ({ method: 'DELETE', path: `/v2/shop/${v.word()}/manifests/${digestOf(v.id())}` }),
          ],
          [
            'no-layer',
            'state.not_found',
            (v) => put(v, { schemaVersion: 2, mediaType: MANIFEST, config: blob(v), layers: [] }),
          ],
          ['type', 'contract.type', (v) => put(v, { schemaVersion: v.word(), mediaType: MANIFEST })],
        ]),
      ],
    }
  },
}
