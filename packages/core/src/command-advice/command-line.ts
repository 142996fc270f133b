import { type ShellWord, shellWords } from '../shell-words.ts'
import { withoutRunners } from './without-runners.ts'

/** One command of a command line: its program, its arguments, and what stands before them and around them. */
export type Command = {
  /** Where it begins and ends in the text, without the mark that parts it from the next. */
  start: number
  end: number
  /** The word that names the program; what runs it (`sudo`, `env`, an assignment) stands before. */
  program: ShellWord
  /** What runs the program, where something does. */
  runners: readonly ShellWord[]
  /** Its arguments, without redirections. */
  words: readonly ShellWord[]
  redirections: readonly ShellWord[]
}

const REDIRECTION = /^(?:\d*|&)[<>]/

/** The commands of a line, in order; none where it cannot be told apart into words. */
export function commandsOf(text: string): Command[] {
  const groups: ShellWord[][] = []
  for (const word of shellWords(text) ?? []) {
    if (word.isCommand || groups.length === 0) groups.push([])
    groups.at(-1)?.push(word)
  }
  return groups.flatMap((words) => {
    const plain = words.filter((word) => !REDIRECTION.test(word.text))
    const runner = plain.findIndex(({ isCommand }) => isCommand)
    if (runner === -1) return []
    const own = withoutRunners(plain.slice(runner).map(({ text }) => text))
    const index = plain.length - own.length
    const program = plain[index]
    if (!program) return []
    return [
      {
        ...{ start: (plain[runner] as ShellWord).start, end: (plain.at(-1) as ShellWord).end },
        ...{ program, runners: plain.slice(runner, index), words: plain.slice(index + 1) },
        redirections: words.filter((word) => REDIRECTION.test(word.text)),
      },
    ]
  })
}
