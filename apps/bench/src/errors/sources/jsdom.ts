import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { JSDOM } from 'jsdom'
import { functionProvocations } from '../function-tool.ts'
import { localServer } from '../local-server.ts'
import type { Source } from '../provocation.ts'

/** Pages without a browser: scripts of the model run in them, against a document of one form. */
export const jsdom: Source = {
  tool: 'jsdom',
  languages: ['en'],
  async open({ dir }) {
    const { url, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split(/[/?]/)
      if (what === 'status') response.writeHead(Number(rest)).end('no')
      else if (what === 'reset') request.socket.destroy()
    })
    await writeFile(join(dir, 'page.html'), '<p>a</p>')
    const page = '<form id="form"><input id="name"></form>'
    const functions = {
      run: (script: string) => new JSDOM(page, { runScripts: 'outside-only' }).window.eval(script),
      open: (address: string) => JSDOM.fromURL(address),
      openFile: (path: string) => JSDOM.fromFile(path),
      parse: (text: string, contentType: string) => new JSDOM(text, { contentType }),
    }
    return {
      close,
      provocations: functionProvocations(functions, [
        ['selector', 'contract.value', (v) => ['run', `document.querySelector('${v.word()}[')`]],
        [
          'element-name',
          'contract.value',
          (v) => ['run', `document.createElement('${v.integer(2, 99)}${v.word()}')`],
        ],
        [
          'class-name',
          'contract.value',
          (v) => ['run', `document.body.classList.add('${v.word()} ${v.word()}')`],
        ],
        [
          'no-value',
          'contract.missing_param',
          (v) => ['run', `document.getElementById('name').setAttribute('${v.word()}')`],
        ],
        ['node-type', 'contract.type', (v) => ['run', `document.body.appendChild('${v.word()}')`]],
        ['no-open', 'state.precondition', (v) => ['run', `new XMLHttpRequest().send('${v.word()}')`]],
        ['name', 'contract.value', (v) => ['run', `${v.name()}Total.length`]],
        ['syntax', 'contract.value', (v) => ['run', `const ${v.name()} = = 1`]],
        ['no-file', 'state.not_found', (v) => ['openFile', v.path()]],
        ['status-404', 'state.not_found', (v) => ['open', `${url}/status/404?${v.word()}`]],
        ['status-403', 'auth.denied', (v) => ['open', `${url}/status/403?${v.word()}`]],
        ['status-503', 'exec.unavailable', (v) => ['open', `${url}/status/503?${v.word()}`]],
        ['refused', 'exec.unavailable', (v) => ['open', `http://127.0.0.1:${v.integer(2, 6)}/${v.word()}`]],
        ['reset', 'exec.unavailable', (v) => ['open', `${url}/reset/${v.word()}`]],
        ['media-type', 'contract.value', (v) => ['parse', v.phrase(), `${v.word()}/${v.word()}`]],
        ['xml', 'contract.value', (v) => ['parse', `<a><${v.word()}></a>`, 'text/xml']],
      ]),
    }
  },
}
