import type { Edited } from './edit.ts'
import { type ShellWord, shellWords } from './shell-words.ts'

/** What is left out of a command line, or which program is called in the place of another. */
export type CommandRewrite = { remove?: string; command?: string; by?: string }

/** Output that is thrown away or joined: without it, more is shown and nothing else is done. */
export const DISCARDS: RegExp = /^(?:[12]?>{1,2}\/dev\/null|&>{1,2}\/dev\/null|2>&1|2>>?&-)$/
export const PROGRAM_NAME: RegExp = /^[A-Za-z][\w.+-]{0,63}$/
/** Commands that run others with more rights, or run whatever they are given, or destroy. */
const NEVER = new Set([
  'sudo',
  'doas',
  'su',
  'eval',
  'exec',
  'source',
  'sh',
  'bash',
  'rm',
  'dd',
  'mkfs',
  'kill',
])

/**
 * The edit of a command line: words are compared as wholes, outside quotes; what cannot be told apart into words is left
 * alone. Nothing is ever added: no command, no argument, no flag (law 12).
 * @throws Error where the rewrite is not one of the two.
 */
export function commandRewrite({ remove, command, by }: CommandRewrite): (text: string) => Edited {
  if (remove !== undefined) {
    if (!isDiscard(remove)) throw new Error(`only redirections that hide output are removed, not ${remove}`)
    return (text) => rewritten(text, '>', (word) => (withoutBlanks(word) === remove ? '' : undefined))
  }
  if (!command || !by || command === by || !isProgram(command) || !isProgram(by))
    throw new Error('a redirection to remove is needed, or the names of two programs')
  return (text) =>
    rewritten(text, command, (word) => {
      return word.isCommand && word.isPlain && word.text === command ? by : undefined
    })
}

/** Whether a word only hides output. */
export function isDiscard(word: string): boolean {
  return DISCARDS.test(word)
}

/** Whether a word is the plain name of a program that may be called in place of another, or replaced. */
export function isProgram(word: string): boolean {
  return PROGRAM_NAME.test(word) && !NEVER.has(word)
}

function withoutBlanks({ text }: ShellWord): string {
  return text.replace(/\s+/g, '')
}

function rewritten(text: string, needle: string, change: (word: ShellWord) => string | undefined): Edited {
  if (!text.includes(needle)) return 'keep'
  const words = shellWords(text)
  if (!words) return 'refuse'
  let made = ''
  let from = 0
  for (const word of words) {
    const next = change(word)
    if (next === undefined) continue
    const kept = text.slice(from, word.start)
    made += (next === '' ? kept.trimEnd() : kept) + next
    from = word.end
  }
  return from === 0 ? 'keep' : { to: made + text.slice(from) }
}
