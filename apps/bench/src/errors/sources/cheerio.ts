import * as cheerio from 'cheerio'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

/** Pages read by Cheerio. */
export const cheerioTool: Source = {
  tool: 'cheerio',
  languages: ['en'],
  async open() {
    const { url, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'type') response.setHeader('content-type', `text/${rest}`).end('text')
      else request.socket.destroy()
    })
    const $ = cheerio.load('<ul><li class="item">tea</li><li>milk</li></ul>')
    const functions = {
      find: (selector: unknown) => $(selector as string).text(),
      within: (selector: string) => $('ul').find(selector).text(),
      matches: (selector: string) => $('li').is(selector),
      without: (selector: string) => $('li').not(selector).text(),
      load: (html: unknown) => cheerio.load(html as string),
      page: (path: string) => cheerio.fromURL(path.startsWith('/') ? url + path : path),
    }
    return {
      close,
      provocations: functionProvocations(functions, [
        ['attribute-end', 'contract.value', (v) => ['find', `${v.word()}[${v.name()}`]],
        ['bracket-end', 'contract.value', (v) => ['within', `li:not(.${v.word()}`]],
        ['pseudo', 'contract.value', (v) => ['find', `li:${v.word()}`]],
        ['nothing-before', 'contract.value', (v) => ['matches', `> > ${v.word()}`]],
        ['empty-part', 'contract.value', (v) => ['find', `.${v.word()},`]],
        ['name', 'contract.value', (v) => ['find', `#${v.integer(2, 99)}.`]],
        ['nth', 'contract.value', (v) => ['within', `li:nth-child(${v.word()})`]],
        ['pseudo-element', 'contract.value', (v) => ['without', `li::${v.word()}`]],
        ['no-document', 'contract.type', () => ['load', null]],
        ['page-type', 'result.contract', (v) => ['page', `/type/${v.word()}`]],
        ['page-closed', 'exec.unavailable', (v) => ['page', `/closed/${v.word()}`]],
        [
          'page-refused',
          'exec.unavailable',
          (v) => ['page', `http://127.0.0.1:${v.integer(2_000, 2_040)}/${v.word()}`],
        ],
        ['page-address', 'contract.value', (v) => ['page', `${v.word()}/${v.word()}`]],
        ['page-resolve', 'exec.unavailable', (v) => ['page', `http://${v.word()}-${v.word()}.invalid/`]],
        ['index', 'contract.value', (v) => ['find', `li:eq(${v.word()}`]],
      ]),
    }
  },
}
