import { errorFacts, type Json, toolResult } from '@lifeharness/core'
import { launch, type Page } from 'puppeteer-core'
import { chromiumExecutable } from '../chromium-browser.ts'
import { localServer } from '../local-server.ts'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { speaking } from '../shell.ts'

type Call = { input: Json; html?: string; act: (page: Page) => Promise<unknown> }

/** A browser driven by Puppeteer. */
export const puppeteer: Source = {
  tool: 'puppeteer',
  languages: ['en'],
  async open({ dir }) {
    const pages = await localServer((request) => {
      if (request.url?.startsWith('/reset')) request.socket.destroy()
    })
    const browser = await launch({
      executablePath: chromiumExecutable(),
      args: ['--no-sandbox', '--disable-gpu', '--lang=en-US'],
      env: { ...speaking('en'), HOME: dir } as Record<string, string>,
    })
    const provoke = async ({ input, html = '', act }: Call): Promise<Provoked> => {
      const page = await browser.newPage()
      try {
        await page.setContent(html)
        return { input, result: toolResult('ok', await act(page)) }
      } catch (thrown) {
        return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
      } finally {
        await page.close().catch(() => {})
      }
    }
    const on = (selector: string, act: (page: Page) => Promise<unknown>, html = ''): Call => ({
      input: { selector },
      html,
      act,
    })
    const go = (url: string, timeout = 4_000): Call => ({
      input: { url },
      act: (page) => page.goto(url, { timeout }),
    })
    const evaluate = (script: string): Call => ({ input: { script }, act: (page) => page.evaluate(script) })
    return {
      close: async () => {
        await browser.close()
        await pages.close()
      },
      provocations: provocations(provoke, [
        [
          'click-absent',
          'exec.env_drift',
          (v) => {
            const s = `#${v.name()}`
            return on(s, (page) => page.click(s))
          },
        ],
        [
          'wait-absent',
          'exec.env_drift',
          (v) => {
            const s = `.${v.word()}`
            return on(s, (page) => page.waitForSelector(s, { timeout: v.integer(50, 200) }))
          },
        ],
        [
          'click-hidden',
          'exec.env_drift',
          (v) => {
            const s = `#${v.name()}`
            return on(
              s,
              (page) => page.click(s),
              `<button id="${s.slice(1)}" style="display:none">${v.word()}</button>`,
            )
          },
        ],
        [
          'select-absent',
          'exec.env_drift',
          (v) => {
            const s = `select.${v.word()}`
            return on(s, (page) => page.select(s, v.word()))
          },
        ],
        [
          'selector-syntax',
          'contract.value',
          (v) => {
            const s = `${v.word()}[${v.name()}=`
            return on(s, (page) => page.$(s))
          },
        ],
        [
          'key',
          'contract.value',
          (v) => ({ input: { key: v.word() }, act: (page) => page.keyboard.press(v.word() as 'Enter') }),
        ],
        ['evaluate-name', 'contract.value', (v) => evaluate(`${v.name()}Total.length`)],
        [
          'evaluate-null',
          'contract.value',
          (v) =>
            evaluate(`document.querySelector('#${v.name()}').${v.pick(['click()', 'innerText', 'value'])}`),
        ],
        ['evaluate-syntax', 'contract.value', (v) => evaluate(`const ${v.name()} = = 1`)],
        [
          'select-element',
          'contract.value',
          (v) => on('#a', (page) => page.select('#a', v.word()), `<p id="a">${v.word()}</p>`),
        ],
        [
          'go-refused',
          'exec.unavailable',
          (v) => go(`http://127.0.0.1:${v.integer(4_000, 4_040)}/${v.word()}`),
        ],
        ['go-resolve', 'exec.unavailable', (v) => go(`http://${v.word()}-${v.word()}.invalid/`)],
        ['go-empty', 'exec.unavailable', (v) => go(`${pages.url}/reset/${v.word()}`)],
        ['go-slow', 'exec.timeout', (v) => go(`${pages.url}/slow/${v.word()}`, v.integer(200, 500))],
        ['go-file', 'state.not_found', (v) => go(`file://${v.path()}`)],
        ['go-invalid', 'contract.value', (v) => go(v.pick([v.path(), v.file(), v.phrase()]))],
        [
          'page-closed',
          'exec.env_drift',
          (v) =>
            on(`#${v.name()}`, async (page) => {
              await page.close()
              return page.title()
            }),
        ],
      ]),
    }
  },
}
