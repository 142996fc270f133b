import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LifeHarnessConfig, ToolConfig } from '@lifeharness/core'
import * as core from '@lifeharness/core'
import { createJiti } from 'jiti'
import { CliError } from './cli-error.ts'

const NAMES = ['lifeharness.config.ts', 'lifeharness.config.js', 'lifeharness.config.json'] as const

const MEMBERS: Readonly<Record<keyof LifeHarnessConfig, 'object' | 'list' | 'function'>> = {
  tools: 'object',
  trustedOrigins: 'list',
  metaTools: 'list',
  off: 'object',
  modelFamily: 'function',
  redaction: 'object',
  observeState: 'function',
}

const TOOL_MEMBERS: Readonly<Record<keyof ToolConfig, readonly string[]>> = {
  readOnly: ['boolean', 'function'],
  idempotent: ['boolean', 'function'],
  destructive: ['boolean'],
  trusted: ['boolean'],
  insertable: ['boolean', 'function'],
  never: ['boolean'],
  succeeded: ['function'],
  expected: ['function'],
  subject: ['function'],
  compensates: ['list'],
}

/**
 * The configuration of a project: the named file, or `lifeharness.config.ts|js|json` in the working directory, or none.
 * @throws CliError when the file is missing, cannot be read, or says what the layer does not know.
 */
export async function loadConfig(named: string | undefined): Promise<LifeHarnessConfig> {
  const file = named ?? NAMES.find((name) => existsSync(name))
  if (file === undefined) return {}
  const path = resolve(file)
  if (!existsSync(path)) throw new CliError(`the configuration ${file} does not exist (looked for ${path})`)
  let config: unknown
  try {
    config = path.endsWith('.json') ? JSON.parse(readFileSync(path, 'utf8')) : await importConfig(path)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CliError(`the configuration ${file} cannot be read: ${why}`, { cause })
  }
  return checkConfig(config, file)
}

/** A configuration may import `@lifeharness/core`, also where only this command is installed: it gets the command's. */
async function importConfig(path: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, { virtualModules: { '@lifeharness/core': core }, fsCache: false })
  return jiti.import(path, { default: true })
}

function checkConfig(config: unknown, file: string): LifeHarnessConfig {
  const wrong = (problem: string) => new CliError(`the configuration ${file}: ${problem}`)
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw wrong('its default export is no object; write `export default defineConfig({ … })`')
  for (const [name, value] of Object.entries(config)) {
    const expected = Object.hasOwn(MEMBERS, name) ? MEMBERS[name as keyof LifeHarnessConfig] : undefined
    if (!expected) throw wrong(`${name} is not known; it may hold ${Object.keys(MEMBERS).join(', ')}`)
    const found = formOf(value)
    if (value !== undefined && found !== expected)
      throw wrong(`${name} should be ${expected === 'object' ? 'an object' : `a ${expected}`}, not ${found}`)
  }
  for (const [tool, settings] of Object.entries((config as LifeHarnessConfig).tools ?? {})) {
    const place = `tools[${JSON.stringify(tool)}]`
    if (typeof settings !== 'object' || settings === null)
      throw wrong(`${place} should be an object, e.g. { readOnly: true }`)
    for (const [name, value] of Object.entries(settings)) {
      const forms = Object.hasOwn(TOOL_MEMBERS, name) ? TOOL_MEMBERS[name as keyof ToolConfig] : undefined
      // What is not known would be taken for not said, and a tool that only reads for one that writes.
      if (!forms)
        throw wrong(`${place}.${name} is not known; it may hold ${Object.keys(TOOL_MEMBERS).join(', ')}`)
      if (value !== undefined && !forms.includes(formOf(value)))
        throw wrong(`${place}.${name} should be a ${forms.join(' or a ')}, not ${formOf(value)}`)
    }
  }
  return config as LifeHarnessConfig
}

function formOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value
}
