import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { localServer } from '../local-server.ts'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** PDF files, of a folder and of the web, behind an MCP server. */
export const mcpPdfReader: Source = {
  tool: 'mcp-pdf-reader',
  languages: ['en'],
  async open({ dir }) {
    const made = await PDFDocument.create()
    made.addPage()
    await writeFile(join(dir, 'two.pdf'), await made.save())
    await writeFile(join(dir, 'plain.pdf'), 'text\n')
    await writeFile(join(dir, 'empty.pdf'), '')
    await mkdir(join(dir, 'folder.pdf'))
    const web = await localServer((request, response) => {
      response.writeHead(Number(request.url?.split('/')[1]), { 'content-type': 'text/plain' }).end('x')
    })
    const closed = await localServer(undefined)
    await closed.close()
    const manifest = new URL('../package.json', import.meta.resolve('@sylphx/pdf-reader-mcp')).href
    const { call, close } = await mcpServer(manifest, [], { cwd: dir })
    const read = (source: Record<string, string | string[] | number[] | number>): McpCall => [
      'read_pdf',
      { sources: [source] },
    ]
    return {
      close: async () => {
        await close()
        await web.close()
      },
      provocations: provocations<McpCall>(call, [
        ['no-file', 'state.not_found', (v) => read({ path: `${v.name()}.pdf` })],
        ['folder', 'contract.value', (v) => read({ path: 'folder.pdf', pages: [v.integer(1, 9)] })],
        ['not-pdf', 'contract.value', (v) => read({ path: 'plain.pdf', pages: [v.integer(1, 9)] })],
        ['http-missing', 'state.not_found', (v) => read({ url: `${web.url}/404/${v.word()}.pdf` })],
        ['http-denied', 'auth.denied', (v) => read({ url: `${web.url}/403/${v.word()}.pdf` })],
        ['http-down', 'exec.unavailable', (v) => read({ url: `${web.url}/503/${v.word()}.pdf` })],
        [
          'refused',
          'exec.unavailable',
          (v) => read({ url: `http://127.0.0.1:${closed.port}/${v.word()}.pdf` }),
        ],
        ['no-source', 'contract.missing_param', () => read({})],
        ['empty-path', 'contract.missing_param', () => read({ path: '' })],
        ['page-word', 'contract.value', (v) => read({ path: 'two.pdf', pages: v.word() })],
        ['page-range', 'contract.value', (v) => read({ path: 'two.pdf', pages: `${v.integer(5, 9)}-2` })],
        ['list', 'contract.type', (v) => ['read_pdf', { sources: `${v.word()}.pdf` }]],
        ['object', 'contract.type', (v) => ['read_pdf', { sources: [`${v.word()}.pdf`] }]],
        ['text', 'contract.type', (v) => read({ path: v.integer(2, 99) })],
        [
          'boolean',
          'contract.type',
          (v) => ['read_pdf', { sources: [{ path: 'two.pdf' }], include_metadata: v.word() }],
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`${v.word()}_pdf`, {}]],
      ]),
    }
  },
}
