import { type ShellWord, shellWords } from '../shell-words.ts'

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

/** Programs that run another one, which comes after their options. */
const RUNNERS = new Set(['sudo', 'doas', 'env', 'time', 'nohup', 'command', 'exec', 'nice'])
const REDIRECTION = /^(?:\d*|&)[<>]/
const ASSIGNMENT = /^[A-Za-z_]\w*=/

/** The commands of a line, in order; none where it cannot be told apart into words. */
export function commandsOf(text: string): Command[] {
  const groups: ShellWord[][] = []
  for (const word of shellWords(text) ?? []) {
    if (word.isCommand || groups.length === 0) groups.push([])
    groups.at(-1)?.push(word)
  }
  return groups.flatMap((words) => {
    const plain = words.filter((word) => !REDIRECTION.test(word.text))
    let at = plain.findIndex(({ isCommand }) => isCommand)
    if (at === -1) return []
    const runner = at
    while (RUNNERS.has(plain[at]?.text ?? '') && !isLookUp(plain[at], plain[at + 1])) {
      at++
      while (/^-/.test(plain[at]?.text ?? '') || ASSIGNMENT.test(plain[at]?.text ?? '')) at++
    }
    const program = plain[at] ?? plain[runner]
    if (!program) return []
    const index = plain.indexOf(program)
    return [
      {
        ...{ start: (plain[runner] as ShellWord).start, end: (plain.at(-1) as ShellWord).end },
        ...{ program, runners: plain.slice(runner, index), words: plain.slice(index + 1) },
        redirections: words.filter((word) => REDIRECTION.test(word.text)),
      },
    ]
  })
}

/** `command -v gti` asks for a program and runs none. */
function isLookUp(runner: ShellWord | undefined, option: ShellWord | undefined): boolean {
  return runner?.text === 'command' && /^-p?[vV]/.test(option?.text ?? '')
}

/** The name of a program without the folders before it. */
export function programName({ text }: ShellWord): string {
  return text.slice(text.lastIndexOf('/') + 1)
}
