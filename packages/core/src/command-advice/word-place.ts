import type { ShellWord } from '../shell-words.ts'
import type { Command } from './command-line.ts'
import { isSlotWord } from './message-template.ts'
import { programName } from './without-runners.ts'

/** The arguments of a command that are no options. */
export function operandsOf({ words }: Command): ShellWord[] {
  return words.filter(({ text }) => !text.startsWith('-'))
}

/** The word at a place that is named by its role. */
export function wordAt(place: string, command: Command): ShellWord | undefined {
  const { program, words, runners } = command
  switch (place) {
    case '@program':
      return program
    case '@sub':
      return operandsOf(command)[0]
    case '@operand':
      return operandsOf(command)[1]
    case '@third':
      return operandsOf(command)[2]
    case '@last':
      return words.at(-1)
    case '@option':
      return words.find(({ text }) => text.startsWith('-'))
    case '@runner':
      return runners[0]
    case '@target':
      return targetOf(command)
    case '@script':
      return words.find(({ text }) => /^["']?s[^\w\s"']/.test(text))
    default:
      return undefined
  }
}

/** Where the output goes, without the mark before it. */
function targetOf({ redirections }: Command): ShellWord | undefined {
  for (const word of redirections) {
    const mark = /^(?:[12]?|&)>{1,2}\s*/.exec(word.text)?.[0]
    if (mark) return { ...word, text: word.text.slice(mark.length), start: word.start + mark.length }
  }
  return undefined
}

/** The word of a command that reads as a text, quoted or not; of `--name=value` the name alone. */
export function wordLike(text: string, { program, words }: Command): ShellWord | undefined {
  for (const word of [program, ...words]) {
    if (word.text === text || (word === program && programName(word.text) === text)) return word
    const quoted = /^(["'])([^"'\\$`]*)\1$/.exec(word.text)
    if (quoted?.[2] === text) return word
    if (word.text.startsWith(`${text}=`) && text.startsWith('-') && isSlotWord(text))
      return { ...word, text, end: word.start + text.length }
  }
  return undefined
}
