import { errorFacts, type Json, toolResult } from '@lifeharness/core'
import type { Page } from 'playwright-core'
import { chromiumSpeaking, validityOf } from '../chromium-browser.ts'
import { localServer } from '../local-server.ts'
import { type Provoked, provocations, type Source } from '../provocation.ts'

type Call = { input: Json; html?: string; act: (page: Page) => Promise<unknown> }

/** What a page says of a field, in the browser's language. */
async function validity(page: Page): Promise<never> {
  throw new Error(await validityOf(page))
}

export const chromium: Source = {
  tool: 'chromium',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    const { url, close } = await localServer((request, response) => {
      const [, what = '', rest = ''] = (request.url ?? '').split('/')
      if (what === 'reset') request.socket.destroy()
      else if (what === 'loop') response.writeHead(302, { location: `/loop/${rest}` }).end()
      else if (what === 'page') response.setHeader('content-type', 'text/html').end('<p>page</p>')
    })
    const { browser, context } = await chromiumSpeaking(language, dir)
    const provoke = async ({ input, html = '', act }: Call): Promise<Provoked> => {
      const page = await context.newPage()
      try {
        await page.setContent(html)
        return { input, result: toolResult('ok', await act(page)) }
      } catch (thrown) {
        return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
      } finally {
        await page.close()
      }
    }
    const click = (selector: string, html?: string, ms = 8_000): Call => ({
      input: { selector },
      ...(html === undefined ? {} : { html }),
      act: (page) => page.click(selector, { timeout: ms, strict: true }),
    })
    const go = (address: string, ms = 3_000): Call => ({
      input: { url: address },
      act: (page) => page.goto(address, { timeout: ms }),
    })
    const shown = (address: string): Call => ({
      input: { url: address },
      act: async (page) => {
        await page.goto(address, { timeout: 5_000 }).catch(() => {})
        // The browser's own page comes a moment later.
        await page.waitForURL(/^chrome-error/, { timeout: 8_000 })
        throw new Error(await page.evaluate('document.body.innerText'))
      },
    })
    const field = (html: string, value: string): Call => ({
      input: { value },
      html,
      act: async (page) => {
        if (value) await page.locator('input, select').first().pressSequentially(value)
        return validity(page)
      },
    })
    const english = provocations(provoke, [
      [
        'click-absent',
        'exec.env_drift',
        (v) =>
          click(
            v.pick([`#${v.name()}`, `text=${v.phrase()}`, `button.${v.word()}`]),
            undefined,
            v.integer(40, 300),
          ),
      ],
      [
        'click-strict',
        'contract.value',
        (v) => click('button', `<button>${v.word()}</button><button id="${v.name()}">${v.phrase()}</button>`),
      ],
      [
        'click-hidden',
        'exec.env_drift',
        (v) => {
          const id = v.name()
          return click(
            `#${id}`,
            `<button id="${id}" style="display:none">${v.word()}</button>`,
            v.integer(1_500, 2_500),
          )
        },
      ],
      [
        'click-covered',
        'exec.env_drift',
        (v) => {
          const id = v.name()
          const cover = `<div class="${v.word()}" style="position:fixed;inset:0;background:white"></div>`
          return click(`#${id}`, `<button id="${id}">${v.word()}</button>${cover}`, v.integer(1_500, 2_500))
        },
      ],
      [
        'click-disabled',
        'exec.env_drift',
        (v) => {
          const id = v.name()
          return click(`#${id}`, `<button id="${id}" disabled>${v.word()}</button>`, v.integer(1_500, 2_500))
        },
      ],
      [
        'detached',
        'exec.env_drift',
        (v) => ({
          ...{ input: { ref: v.name() }, html: `<p id="a">${v.phrase()}</p>` },
          act: async (page) => {
            const handle = await page.waitForSelector('#a')
            await handle.evaluate((node) => (node as unknown as { remove(): void }).remove())
            return handle.click({ timeout: 8_000 })
          },
        }),
      ],
      [
        'page-closed',
        'exec.env_drift',
        (v) => ({
          input: { ref: v.name() },
          act: async (page) => {
            await page.close()
            return page.click(`#${v.name()}`)
          },
        }),
      ],
      ['selector-syntax', 'contract.value', (v) => click(`${v.word()}[${v.name()}=`)],
      ['selector-engine', 'contract.value', (v) => click(`${v.word()}s=${v.word()}`)],
      [
        'fill-not-a-field',
        'contract.value',
        (v) => ({
          ...{ input: { text: v.phrase() }, html: `<div id="a">${v.word()}</div>` },
          act: (page) => page.fill('#a', v.phrase(), { timeout: 8_000 }),
        }),
      ],
      [
        'check-not-a-box',
        'contract.value',
        (v) => ({
          ...{ input: { ref: v.name() }, html: `<p id="a">${v.word()}</p>` },
          act: (page) => page.check('#a', { timeout: 8_000 }),
        }),
      ],
      [
        'unknown-key',
        'contract.value',
        (v) => ({ input: { key: v.word() }, act: (page) => page.keyboard.press(v.word()) }),
      ],
      [
        'evaluate-name',
        'contract.value',
        (v) => {
          const script = `${v.name()}Total.length`
          return { input: { script }, act: (page) => page.evaluate(script) }
        },
      ],
      [
        'evaluate-null',
        'contract.value',
        (v) => {
          const script = `document.querySelector('#${v.name()}').${v.pick(['click()', 'innerText', 'value'])}`
          return { input: { script }, act: (page) => page.evaluate(script) }
        },
      ],
      [
        'go-refused',
        'exec.unavailable',
        (v) => go(`http://127.0.0.1:${v.integer(4_000, 4_040)}/${v.word()}`),
      ],
      ['go-resolve', 'exec.unavailable', (v) => go(`http://${v.word()}-${v.word()}.invalid/`)],
      ['go-empty', 'exec.unavailable', (v) => go(`${url}/reset/${v.word()}`)],
      ['go-redirects', 'exec.unavailable', (v) => go(`${url}/loop/${v.word()}`)],
      ['go-slow', 'exec.timeout', (v) => go(`${url}/slow/${v.word()}`, v.integer(200, 500))],
      ['go-file', 'state.not_found', (v) => go(`file://${v.path()}`)],
      ['go-invalid', 'contract.value', (v) => go(v.pick([v.path(), v.file(), v.phrase()]))],
    ])
    // What the browser itself says, in its language.
    const spoken = provocations(provoke, [
      ['required', 'contract.missing_param', (v) => field(`<input name="${v.name()}" required>`, '')],
      ['email', 'contract.value', (v) => field('<input type="email">', v.word())],
      [
        'range',
        'contract.value',
        (v) => field(`<input type="number" max="${v.integer(2, 9)}">`, String(v.integer(10, 99))),
      ],
      ['pattern', 'contract.value', (v) => field('<input pattern="[0-9]{4}">', v.word())],
      ['too-short', 'contract.value', (v) => field(`<input minlength="${v.integer(30, 60)}">`, v.word())],
      [
        'select',
        'contract.missing_param',
        (v) => field(`<select required><option value="">${v.word()}</option></select>`, ''),
      ],
      [
        'page-refused',
        'exec.unavailable',
        (v) => shown(`http://127.0.0.1:${v.integer(4_000, 4_040)}/${v.word()}`),
      ],
      ['page-resolve', 'exec.unavailable', (v) => shown(`http://${v.word()}-${v.word()}.invalid/`)],
      ['page-empty', 'exec.unavailable', (v) => shown(`${url}/reset/${v.word()}`)],
    ])
    return {
      close: async () => {
        await browser.close()
        await close()
      },
      provocations: language === 'en' ? [...english, ...spoken] : spoken,
    }
  },
}
