import type { WordLists } from './advice-rule.ts'
import type { Command } from './command-line.ts'
import { type Slots, wordsIn } from './message-template.ts'
import { nearestWord } from './nearest-word.ts'
import { partOfWord } from './part-of-word.ts'
import { programName } from './without-runners.ts'
import { operandsOf, wordAt } from './word-place.ts'

/** What the texts of a rule are filled from. */
export type Filling = {
  text: string
  command: Command
  slots: Slots
  lists: WordLists
  lines: readonly string[]
}
/** A filled text; the words in it that a program printed, and those of them that are near to what was typed. */
export type Filled = { text: string; printed: readonly string[]; near: readonly string[] }

const SLOT = /\{([@\w-]+)(?:\.(\w+)|~([@\w]+))?\}/g

/**
 * A text with its slots filled: `{wrong}`; `{choices~wrong}`, the one of a list that is nearest; `{choices}`, the first
 * one; `{x.dir}` and other parts of a word; `{@last}`, a word of the command. Undefined where one has nothing to stand in
 * it.
 */
export function fillText(template: string, filling: Filling): Filled | undefined {
  const printed: string[] = []
  const near: string[] = []
  let complete = true
  const text = template.replace(SLOT, (_, name: string, part?: string, to?: string) => {
    const value = to === undefined ? slotValue(name, filling, printed) : nearestOf(name, to, filling, near)
    const partial = value === undefined || part === undefined ? value : partOfWord(value, part, filling.lists)
    if (partial === undefined || (partial === '' && name !== '@rest')) complete = false
    return partial ?? ''
  })
  return complete ? { text: text.trim(), printed: [...printed, ...near], near } : undefined
}

function slotValue(name: string, { text, command, slots }: Filling, printed: string[]): string | undefined {
  const { start, end, words } = command
  if (name === '@command') return text.slice(start, end)
  if (name === '@rest') {
    const sub = wordAt('@sub', command)
    return sub && text.slice(sub.end, words.at(-1)?.end).trimStart()
  }
  if (name.startsWith('@')) return wordAt(name, command)?.text
  const known = slots.get(name)
  const value = typeof known === 'string' ? known : known?.[0]
  if (value !== undefined) printed.push(value)
  return value
}

function nearestOf(name: string, to: string, filling: Filling, near: string[]): string | undefined {
  const { command, slots, lists } = filling
  const word = to.startsWith('@') ? wordAt(to, command)?.text : slots.get(to)
  if (typeof word !== 'string') return undefined
  // Git and some others name a long option without its dashes.
  const written = name.endsWith('options') && !word.startsWith('-') ? `--${word}` : word
  // `--name=value` is one word, and its value stays.
  const at = written.startsWith('-') ? written.indexOf('=') : -1
  const [typed, value] = at === -1 ? [written, ''] : [written.slice(0, at), written.slice(at)]
  const own = lists[name === 'program-options' ? `${programName(command.program.text)}-options` : name]
  if (own) return withValue(nearestWord(typed, own), value)
  const known = slots.get(name) ?? (name === 'options' ? optionsIn(filling) : undefined)
  const choices = name === 'uses' ? usesIn(filling, typed) : typeof known === 'string' ? [known] : known
  const chosen = choices && nearestWord(typed, choices, { ranked: true, share: 0.5 })
  if (chosen !== undefined) near.push(chosen)
  return withValue(chosen, value)
}

function withValue(name: string | undefined, value: string): string | undefined {
  return name === undefined ? undefined : name + value
}

/** The long options that a usage text shows. */
function optionsIn({ lines }: Filling): string[] {
  const found = new Set<string>()
  for (const line of lines)
    for (const word of line.split(/[^\w-]+/)) if (/^--?[a-z][\w-]+$/i.test(word)) found.add(word)
  return [...found]
}

/** The words that follow, in a usage text, what was written before the word that is wrong. */
function usesIn({ lines, command }: Filling, wrong: string): string[] {
  const operands = operandsOf(command).map(({ text }) => text)
  const before = [command.program.text, ...operands.slice(0, operands.indexOf(wrong))].join(' ')
  return lines.flatMap((line) => {
    const at = line.indexOf(`${before} `)
    return at === -1 ? [] : wordsIn(line.slice(at + before.length)).slice(0, 4)
  })
}
