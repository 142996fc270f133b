import type { Jail } from '../jail.ts'
import { ENVIRONMENT } from './machine.ts'

/** What the recorder says where it ran no command to its end. */
export const NOT_RUN = /^(?:Command timed out|OCI runtime exec failed)/
const MALFORMED = 'Malformed command'
const MAX_MS = 10_000

export type Recorder = (command: string) => Promise<{ content: string; ok: boolean; late: boolean }>

/**
 * Runs commands as they were run when they were recorded. They were put between double quotes, unescaped, and split as
 * Python's shlex does; so whoever wrote a double quote ran something else. Each began in the folder of the last `cd` alone.
 * An output that was no UTF-8 was a malformed command.
 */
export function recorderIn(jail: Jail, env: Readonly<Record<string, string>> = ENVIRONMENT): Recorder {
  let folder = '/'
  return async (command) => {
    const changesFolder = command.startsWith('cd')
    const target = pathFrom(folder, command.slice(command.indexOf('cd ') + 3).trim())
    const words = shlexWords(`/bin/bash -c "${(changesFolder ? `cd ${target}` : command).trim()}"`)
    if (!words) return { content: MALFORMED, ok: false, late: false }
    const [program = '', ...args] = words
    const cwd = changesFolder ? '/' : folder
    const { stdout, exitCode, late } = await jail.run({
      program,
      args,
      cwd,
      env,
      merged: true,
      timeoutMs: MAX_MS,
    })
    if (stdout.includes('\uFFFD')) return { content: MALFORMED, ok: false, late }
    if (changesFolder && exitCode === 0) folder = target
    return { content: stdout, ok: exitCode === 0, late }
  }
}

/** By the letters alone: a name that the shell would replace stays as it is. */
export function pathFrom(folder: string, changed: string): string {
  if (changed === '') return folder
  const path: string[] = []
  for (const part of `${changed.startsWith('/') ? '' : folder}/${changed}`.split('/'))
    if (part === '..') path.pop()
    else if (part !== '' && part !== '.') path.push(part)
  return `/${path.join('/')}`
}

/** Words as `shlex.split` finds them; undefined where a quote is not closed, or nothing follows a backslash. */
export function shlexWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string
    if (/[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (char === "'") {
      const end = text.indexOf("'", at + 1)
      if (end < 0) return undefined
      word = (word ?? '') + text.slice(at + 1, end)
      at = end
    } else if (char === '"') {
      const quoted = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(text.slice(at))
      if (!quoted) return undefined
      word = (word ?? '') + (quoted[1] as string).replace(/\\(["\\])/g, '$1')
      at += quoted[0].length - 1
    } else if (char === '\\') {
      if (at + 1 === text.length) return undefined
      word = (word ?? '') + text[++at]
    } else word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  return words
}
