import { type Command, commandsOf, programName } from './command-line.ts'
import type { GateRule } from './gate-rule.ts'
import { plainPath, shellForm } from './shell-form.ts'

/** What the shell itself reads before a command. */
const OPENERS = new Set(['then', 'do', 'else', 'if', 'elif', 'while', 'until', '{', '!'])
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh'])
/** A function that calls itself twice, in the background: `:(){ :|:& };:`. */
const FORK_BOMB =
  /^\s*(?:function\s+)?([\w:.]+)\s*\(\s*\)\s*\{\s*\1\s*\|\s*\1\s*&\s*;?\s*\}\s*;\s*\1\s*;?\s*$/
/** Commands that a shell is given as a text are read this deep. */
const DEPTH = 2

export function isForkBomb(text: string): boolean {
  return text.length < 200 && FORK_BOMB.test(text)
}

/** The first rule that a command of the line is under; none where the line cannot be told apart into words. */
export function gatedBy(rules: readonly GateRule[], text: string, depth = 0): GateRule | undefined {
  // The elements of an array are no commands.
  if (/=\(/.test(text)) return undefined
  const commands = commandsOf(text)
  for (const [index, command] of commands.entries()) {
    const read = readCommand(command)
    if (!read) continue
    const before = commands[index - 1]
    const isPiped = before !== undefined && /(?:^|[^|])\|&?\s*$/.test(text.slice(before.end, command.start))
    const source = isPiped ? readCommand(before)?.program : undefined
    const rule = rules.find((one) => isUnder(one, read, { source, isPiped, names: /EDITOR/.test(text) }))
    if (rule) return rule
    const inner = depth < DEPTH && SHELLS.has(read.program) ? innerText(read.words) : undefined
    const within = inner === undefined ? undefined : gatedBy(rules, inner, depth + 1)
    if (within) return within
  }
  return undefined
}

type Read = { program: string; words: string[]; redirections: string[] }
type Around = { source: string | undefined; isPiped: boolean; names: boolean }

function readCommand(command: Command): Read | undefined {
  const words = [command.program, ...command.words]
  while (OPENERS.has(words[0]?.text ?? '')) words.shift()
  const [program, ...rest] = words
  if (!program) return undefined
  return {
    program: programName({ ...program, text: shellForm(program.text) }),
    words: rest.map(({ text }) => shellForm(text)).filter((form) => form !== ''),
    redirections: command.redirections.map(({ text }) => text),
  }
}

/** The commands that a shell is given after `-c`. */
function innerText(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word))
  return at === -1 ? undefined : words[at + 1]?.replace(/\\([~$*?[\]])/g, '$1')
}

function isUnder(rule: GateRule, { program, words, redirections }: Read, around: Around): boolean {
  if (!rule.program.includes(program) || words.includes('--help') || words.includes('--version')) return false
  const { options, operands } = parted(words, rule.valued ?? [])
  const isGiven = (names: string) => names.split('|').some((name) => hasOption(options, name))
  const isForm = (forms: readonly string[], word: string) =>
    forms.some((form) => fits(form, word) || fits(form, plainPath(word)))
  const targets = redirections.flatMap((text) => /^(?:[12]?|&)>{1,2}\s*(.+)$/s.exec(text)?.[1] ?? [])
  return (
    (rule.words ?? []).every((names, index) => names.split('|').includes(operands[index] ?? '')) &&
    (rule.has ?? []).every(isGiven) &&
    !(rule.lacks ?? []).some(isGiven) &&
    (!rule.operands || operands.some((word) => isForm(rule.operands ?? [], word))) &&
    (!rule.writes || targets.some((word) => isForm(rule.writes ?? [], shellForm(word)))) &&
    operands.length <= (rule.most ?? Infinity) &&
    (!rule.from || (around.source !== undefined && rule.from.includes(around.source))) &&
    (!rule.atTerminal || !(around.isPiped || around.names || redirections.some((text) => /^\d*</.test(text))))
  )
}

function parted(words: readonly string[], valued: readonly string[]) {
  const options: string[] = []
  const operands: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '--') return { options, operands: [...operands, ...words.slice(at + 1)] }
    if (!word.startsWith('-') || word === '-') operands.push(word)
    else {
      options.push(word)
      if (valued.includes(word)) at++
    }
  }
  return { options, operands }
}

/** `-r` is given by `-r`, `-fr` and `-r=x`; `--force` by itself and `--force=x`. */
function hasOption(options: readonly string[], name: string): boolean {
  return options.some(
    (option) =>
      option === name ||
      option.startsWith(`${name}=`) ||
      (/^-\w$/.test(name) && /^-\w/.test(option) && option.includes(name[1] as string)),
  )
}

function fits(form: string, word: string): boolean {
  const at = form.indexOf('…')
  if (at === -1) return word === form
  return word.length > at && word.startsWith(form.slice(0, at)) && word.endsWith(form.slice(at + 1))
}
