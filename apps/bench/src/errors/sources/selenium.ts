import { join } from 'node:path'
import { errorFacts, type Json, toolResult } from '@lifeharness/core'
import { Browser, Builder, By, Key, until, type WebDriver } from 'selenium-webdriver'
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js'
import { chromiumExecutable } from '../chromium-browser.ts'
import { localServer } from '../local-server.ts'
import { type Provoked, provocations, type Source } from '../provocation.ts'
import { program, speaking } from '../shell.ts'

type Call = { input: Json; html?: string; act: (driver: WebDriver) => Promise<unknown> }

/** A browser driven by Selenium. */
export const selenium: Source = {
  tool: 'selenium',
  languages: ['en'],
  async open({ dir }) {
    const service = new ServiceBuilder(program('chromedriver')).setEnvironment({
      ...speaking('en'),
      HOME: dir,
    } as never)
    const options = new Options()
    options.setChromeBinaryPath(chromiumExecutable())
    options.addArguments(
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--lang=en-US',
      `--user-data-dir=${join(dir, 'profile')}`,
    )
    options.setAlertBehavior('ignore')
    const driver = await new Builder()
      .forBrowser(Browser.CHROME)
      .setChromeService(service)
      .setChromeOptions(options)
      .build()
    await driver.manage().setTimeouts({ pageLoad: 15_000, script: 9_000, implicit: 0 })
    const pages = await localServer((request, response) => {
      if (request.url?.startsWith('/page')) response.setHeader('content-type', 'text/html').end('<p>page</p>')
      // Any other path is never answered.
    })
    const provoke = async ({ input, html = '', act }: Call): Promise<Provoked> => {
      await driver.get(`data:text/html,${encodeURIComponent(html)}`)
      try {
        return { input, result: toolResult('ok', await act(driver)) }
      } catch (thrown) {
        return { input, result: toolResult('error', thrown, { error: errorFacts(thrown) }) }
      } finally {
        await driver
          .switchTo()
          .alert()
          .then(
            (alert) => alert.accept(),
            () => {},
          )
      }
    }
    const click = (selector: string, html?: string): Call => ({
      input: { selector },
      ...(html === undefined ? {} : { html }),
      act: (browser) => browser.findElement(By.css(selector)).click(),
    })
    const type = (text: string, html: string): Call => ({
      ...{ input: { text }, html },
      act: (browser) => browser.findElement(By.css('#a')).sendKeys(text),
    })
    const go = (url: string): Call => ({ input: { url }, act: (browser) => browser.get(url) })
    const script = (code: string): Call => ({
      input: { script: code },
      act: (browser) => browser.executeScript(code),
    })
    return {
      close: async () => {
        await driver.quit()
        await pages.close()
      },
      provocations: provocations(provoke, [
        ['absent', 'exec.env_drift', (v) => click(`#${v.name()}`)],
        [
          'wait',
          'exec.env_drift',
          (v) => {
            const selector = `.${v.word()}`
            return {
              input: { selector },
              act: (browser) => browser.wait(until.elementLocated(By.css(selector)), v.integer(50, 150)),
            }
          },
        ],
        [
          'hidden',
          'exec.env_drift',
          (v) => click('#a', `<button id="a" style="display:none">${v.word()}</button>`),
        ],
        [
          'covered',
          'exec.env_drift',
          (v) =>
            click(
              '#a',
              `<button id="a">${v.word()}</button><div class="${v.word()}" style="position:fixed;inset:0"></div>`,
            ),
        ],
        [
          'stale',
          'exec.env_drift',
          (v) => ({
            ...{ input: { selector: `#${v.name()}` }, html: '<p id="a">old</p>' },
            act: async (browser) => {
              const found = await browser.findElement(By.css('#a'))
              await browser.executeScript('document.body.innerHTML = ""')
              return found.click()
            },
          }),
        ],
        [
          'alert',
          'exec.env_drift',
          (v) => ({
            ...{ input: { selector: 'p' }, html: '<p>text</p>' },
            act: async (browser) => {
              await browser.executeScript(`setTimeout(() => alert("${v.phrase()}"))`)
              await browser.wait(until.alertIsPresent(), 2_000)
              return browser.getTitle()
            },
          }),
        ],
        ['selector', 'contract.value', (v) => click(`${v.word()}[${v.name()}=`)],
        [
          'xpath',
          'contract.value',
          (v) => {
            const xpath = `//${v.word()}[@id=`
            return { input: { xpath }, act: (browser) => browser.findElement(By.xpath(xpath)) }
          },
        ],
        ['upload', 'state.not_found', (v) => type(v.path(), '<input id="a" type="file">')],
        ['script-name', 'contract.value', (v) => script(`return ${v.name()}Total.length`)],
        ['script-null', 'contract.value', (v) => script(`document.querySelector("#${v.name()}").click()`)],
        ['script-syntax', 'contract.value', (v) => script(`const ${v.name()} = = 1`)],
        [
          'script-late',
          'exec.timeout',
          (v) => ({
            input: { script: v.word() },
            act: async (browser) => {
              await browser.manage().setTimeouts({ script: v.integer(100, 300) })
              await browser
                .executeAsyncScript(`var ${v.name()}s = arguments[0]`)
                .finally(() => browser.manage().setTimeouts({ script: 9_000 }))
            },
          }),
        ],
        [
          'cookie',
          'contract.value',
          (v) => ({
            input: { domain: `${v.word()}.example` },
            act: async (browser) => {
              await browser.get(`${pages.url}/page`)
              return browser.manage().addCookie({ name: 'a', value: 'b', domain: `${v.word()}.example` })
            },
          }),
        ],
        [
          'cookie-absent',
          'state.not_found',
          (v) => ({ input: { name: v.word() }, act: (browser) => browser.manage().getCookie(v.word()) }),
        ],
        [
          'outside',
          'contract.value',
          (v) => ({
            input: { x: 9_000 },
            act: (browser) =>
              browser
                .actions()
                .move({ x: v.integer(5_000, 9_000), y: 9 })
                .perform(),
          }),
        ],
        [
          'go-refused',
          'exec.unavailable',
          (v) => go(`http://127.0.0.1:${v.integer(4_000, 4_040)}/${v.word()}`),
        ],
        ['go-resolve', 'exec.unavailable', (v) => go(`http://${v.word()}-${v.word()}.invalid/`)],
        ['go-invalid', 'contract.value', (v) => go(v.pick([v.path(), v.file(), v.phrase()]))],
        [
          'key',
          'contract.type',
          (v) => ({
            ...{ input: { keys: v.integer(2, 9) }, html: '<input id="a">' },
            act: (browser) => browser.findElement(By.css('#a')).sendKeys(null as never, Key.TAB),
          }),
        ],
        [
          'closed',
          'exec.env_drift',
          (v) => ({
            input: { tab: v.id() },
            act: async (browser) => {
              const first = await browser.getWindowHandle()
              await browser.switchTo().newWindow('tab')
              await browser.close()
              return browser.getTitle().finally(() => browser.switchTo().window(first))
            },
          }),
        ],
        // The last one: what comes after a page that never ends is slow.
        [
          'go-slow',
          'exec.timeout',
          (v) => ({
            input: { url: `${pages.url}/slow/${v.word()}` },
            act: async (browser) => {
              await browser.manage().setTimeouts({ pageLoad: v.integer(300, 600) })
              await browser
                .get(`${pages.url}/slow/${v.word()}`)
                .finally(() => browser.manage().setTimeouts({ pageLoad: 15_000 }))
            },
          }),
        ],
      ]),
    }
  },
}
