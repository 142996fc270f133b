import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Language, Unavailable } from './provocation.ts'
import { speaking } from './shell.ts'

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const LOCALE = { en: 'en-US', fr: 'fr-FR', de: 'de-DE', zh: 'zh-CN' } as const

/** The Chromium of this machine; throws `Unavailable` where there is none. */
export function chromiumExecutable(): string {
  const found = EXECUTABLES.find(existsSync)
  if (!found) throw new Unavailable('no Chromium')
  return found
}

/** Chromium in a language: its own words, and what pages are told of it. */
export async function chromiumSpeaking(
  language: Language,
  home: string,
): Promise<{ browser: Browser; context: BrowserContext }> {
  const locale = LOCALE[language]
  const env = { ...speaking(language), HOME: home, LANGUAGE: locale.slice(0, 2) } as Record<string, string>
  const args = ['--no-sandbox', `--lang=${locale}`, '--disable-gpu']
  const browser = await chromium.launch({ executablePath: chromiumExecutable(), args, env })
  return { browser, context: await browser.newContext({ locale }) }
}

/** What the browser says of the first field of a page, in its language; empty where the field is valid. */
export function validityOf(page: Page): Promise<string> {
  return page
    .locator('input, select')
    .first()
    .evaluate((field) => (field as unknown as { validationMessage: string }).validationMessage)
}
