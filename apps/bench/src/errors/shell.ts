import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { toolResult } from '@lifeharness/core'
import { type Language, type Provoked, Unavailable } from './provocation.ts'

const LOCALES: Readonly<Record<Exclude<Language, 'en'>, string>> = {
  fr: 'fr_FR.UTF-8',
  de: 'de_DE.UTF-8',
  zh: 'zh_CN.UTF-8',
}

const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin'

export function localeOf(language: Language): string {
  return language === 'en' ? 'C.UTF-8' : LOCALES[language]
}

/** The environment in which programs speak a language; their wordings must be installed with them. */
export function speaking(language: Language): NodeJS.ProcessEnv {
  const locale = localeOf(language)
  const { LANGUAGE: _, ...env } = process.env
  // Folders that only root may enter would make each unknown command a refusal.
  return {
    ...env,
    PATH: SYSTEM_PATH,
    LANG: locale,
    LC_ALL: locale,
    LC_MESSAGES: locale,
    TERM: 'dumb',
    NO_COLOR: '1',
  }
}

export type Ran = { stdout: string; stderr: string; exitCode: number }

const MAX_MS = 20_000

/** Who is refused nothing provokes no refusal: as root, programs run as `nobody`. */
export const nobody: { uid: number; gid: number } | Record<string, never> =
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

export function run(
  command: string,
  args: readonly string[],
  {
    timeout = MAX_MS,
    ...options
  }: { cwd: string; env?: NodeJS.ProcessEnv; input?: string; timeout?: number },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...nobody, ...options, timeout, killSignal: 'SIGKILL' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    child.stdin.on('error', () => {}).end(options.input ?? '')
    child.on('error', reject)
    child.on('close', (code) => resolve({ stdout, stderr, exitCode: code ?? 137 }))
  })
}

/** Makes what a tool works on, before it is called. Throws with what was printed where that fails. */
export async function setUp(script: string, cwd: string, home: string = cwd): Promise<void> {
  const env = { ...speaking('en'), HOME: home }
  const { exitCode, stderr } = await run('bash', ['-c', script], { cwd, env })
  if (exitCode !== 0) throw new Error(`set-up failed: ${script}\n${stderr}`)
}

/** A tool `bash{command}` that answers `{ stdout, stderr, exitCode }`, as agents' shells do. */
export function shellTool(cwd: string, language: Language): (command: string) => Promise<Provoked> {
  const env = { ...speaking(language), HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' }
  return async (command) => {
    const ran = await run('bash', ['-c', command], { cwd, env })
    return { input: { command }, result: toolResult('ok', ran) }
  }
}

export function program(name: string): string {
  const found = SYSTEM_PATH.split(delimiter)
    .map((dir) => join(dir, name))
    .find(existsSync)
  if (!found) throw new Unavailable(`no ${name} on the PATH`)
  return found
}

/** Refuses a language of which this machine has no locale: the programs would silently speak English. */
export async function requireLocale(language: Language, cwd: string): Promise<void> {
  if (language === 'en') return
  const { stdout } = await run('locale', ['-a'], { cwd })
  const wanted = localeOf(language).replace('-', '').toLowerCase()
  const known = stdout.split('\n').some((line) => line.replace('-', '').toLowerCase() === wanted)
  if (!known) throw new Unavailable(`no locale ${localeOf(language)}`)
}
