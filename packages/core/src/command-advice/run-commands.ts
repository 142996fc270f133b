import {
  type Command,
  forEachChild,
  parse,
  type Redirection,
  type Script,
  type SyntaxNode,
  type Word,
} from 'unbash'
import { shellForm } from './shell-form.ts'
import { programName, withoutRunners } from './without-runners.ts'

/** A command that a script would run, in the words that the shell gives it. */
export type RunCommand = {
  /** Its program without the folders before it; empty where only a redirection stands. */
  program: string
  words: readonly string[]
  /** The files that its output goes to. */
  writes: readonly string[]
  /** What it reads comes out of a file or a text. */
  hasInput: boolean
  /** What it reads comes out of this one. */
  source: RunCommand | undefined
}

/** `isFed`: what stands here reads what is given to all of it, `while read line; do …; done < file`. */
type Reading = { found: RunCommand[]; called: ReadonlySet<string>; depth: number; isFed?: boolean }

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh'])
/** Scripts within scripts are read this deep. */
const DEPTH = 3
const MAX_LENGTH = 20_000
/** Brackets within brackets that anyone writes; the parser reads all that is inside anew for each. */
const MAX_BRACKETS = 32
/** A longer word is not multiplied by its braces. */
const MAX_BRACED = 1_000
/** Tests of `find` that leave nothing out. */
const FINDS_ALL = new Set(['-print', '-print0', '-delete', '-depth', '-xdev', '-mount', '-follow'])
const EXECUTES = new Set(['-exec', '-execdir', '-ok', '-okdir'])
const VALUED_OF_SSH = /^-[bcDEeFIiJLlmOopQRSWw]$/
const VALUED_OF_XARGS = /^-[adEIiLlnPs]$/

/**
 * The commands that a script runs, also those in loops, substitutions, functions that are called, and texts that it gives
 * to a shell. None where it is not complete: a shell would run nothing of it.
 */
export function runCommands(text: string, depth = 0): RunCommand[] {
  if (depth > DEPTH) return []
  return (
    readScript(text, MAX_LENGTH, (script) => {
      const reading: Reading = { found: [], called: calledIn(script), depth }
      visit(script, reading, undefined)
      return reading.found
    }) ?? []
  )
}

/** What is found in a script; undefined where it is too long, nested too deep, or not complete. */
export function readScript<Found>(
  text: string,
  maxLength: number,
  read: (script: Script) => Found,
): Found | undefined {
  if (text.length > maxLength || isDeep(text)) return undefined
  try {
    const script = parse(text)
    return script.errors && script.errors.length > 0 ? undefined : read(script)
  } catch (error) {
    // A chain of ten thousand operators is as deep as it is long.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function isDeep(text: string): boolean {
  let depth = 0
  for (const char of text) {
    if (char === '(' || char === '{') depth++
    else if ((char === ')' || char === '}') && depth > 0) depth--
    if (depth > MAX_BRACKETS) return true
  }
  return false
}

/** Names that stand where a command's does. */
function calledIn(node: SyntaxNode, names = new Set<string>()): ReadonlySet<string> {
  if (node.type === 'Command' && node.name) names.add(node.name.value)
  if (node.type !== 'Function') forEachChild(node, (child) => void calledIn(child, names))
  return names
}

function visit(node: SyntaxNode, reading: Reading, source: RunCommand | undefined): void {
  if (node.type === 'Function' && !reading.called.has(node.name.value)) return
  if (node.type === 'Pipeline') {
    let before: RunCommand | undefined
    for (const [index, command] of node.commands.entries()) {
      visit(command, index > 0 ? { ...reading, isFed: true } : reading, before)
      before = command.type === 'Command' ? readCommand(command, before) : undefined
    }
    return
  }
  if (node.type === 'Command') {
    const read = readCommand(node, source)
    const command = reading.isFed ? { ...read, hasInput: true } : read
    reading.found.push(command, ...(command.program === '' ? [] : runWithin(command, node, reading.depth)))
  }
  let inner = reading
  if (node.type === 'Redirected') {
    const around = redirected(node.redirects)
    reading.found.push({ program: '', words: [], source, ...around })
    if (around.hasInput) inner = { ...reading, isFed: true }
  }
  forEachChild(node, (child) => visit(child, inner, undefined))
}

function readCommand({ name, args, redirects }: Command, source: RunCommand | undefined): RunCommand {
  const words = [...(name ? formsOf(name) : []), ...args.flatMap(formsOf)]
  const [program = '', ...rest] = withoutRunners(words)
  return {
    program: programName(program),
    words: rest,
    source,
    ...redirected(redirects),
  }
}

function redirected(redirects: readonly Redirection[]): Pick<RunCommand, 'writes' | 'hasInput'> {
  const writes: string[] = []
  let hasInput = false
  for (const one of redirects) {
    if (one.operator.startsWith('<')) hasInput = true
    if (one.type === 'Redirect' && one.target && !one.operator.startsWith('<'))
      writes.push(...formsOf(one.target))
  }
  return { writes, hasInput }
}

/** A word as the shell would give it on: several where braces stand for several. */
function formsOf(word: Word | { type: 'Assignment'; text: string }): string[] {
  if (word.type === 'Assignment') return [shellForm(word.text)]
  const { text, value, parts = [] } = word
  if (parts.some(({ type }) => type === 'ProcessSubstitution')) return []
  if (parts.length > 0 && parts.every(({ type }) => type === 'AnsiCQuoted')) return [value]
  const braces =
    text.length <= MAX_BRACED && parts.some(({ type }) => type === 'BraceExpansion')
      ? /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(text)
      : null
  if (!braces) return [shellForm(text)].filter((form) => form !== '')
  const [, before = '', inner = '', after = ''] = braces
  return inner.split(',').map((one) => shellForm(before + one + after))
}

/** What a command runs in its turn. */
function runWithin(command: RunCommand, node: Command, depth: number): RunCommand[] {
  const { program, words, source } = command
  if (SHELLS.has(program)) return withinShell(command, node, depth)
  if (program === 'eval') return [...runCommands(plain(words.join(' ')), depth + 1), ...loaded(command, node)]
  if (program === 'source' || program === '.') return loaded(command, node)
  if (program === 'su') return textAfter(words, /^(?:-c|--command)$/, depth)
  if (program === 'ssh')
    return runCommands(plain(afterOptions(words, VALUED_OF_SSH).slice(1).join(' ')), depth + 1)
  if (program === 'xargs') {
    const [run = 'echo', ...rest] = withoutRunners(afterOptions(words, VALUED_OF_XARGS))
    return [
      { program: run, words: [...rest, ...namedBy(source)], writes: [], hasInput: true, source: undefined },
    ]
  }
  return program === 'find' ? withinFind(words) : []
}

function withinShell(command: RunCommand, node: Command, depth: number): RunCommand[] {
  const { words, source } = command
  const first = words.findIndex((word) => !word.startsWith('-'))
  // It reads the script and runs nothing.
  if (words.slice(0, first === -1 ? undefined : first).some((word) => /^-[a-z]*n/.test(word))) return []
  const given = textAfter(words, /^-[a-z]*c$/, depth)
  const texts: string[] = []
  if (words.every((word) => /^-[a-z]*s?$/.test(word))) {
    for (const one of node.redirects) {
      if (one.type === 'HereDoc') texts.push(one.body.text)
      if (one.type === 'HereString' && one.target) texts.push(one.target.value)
    }
    if (prints(source)) texts.push(plain(operandsOf(source).join(' ')))
  }
  return [...given, ...texts.flatMap((text) => runCommands(text, depth + 1)), ...loaded(command, node)]
}

/** `sh <(curl …)` and `sh -c "$(curl …)"` run what is loaded as `curl … | sh` does. */
function loaded({ program }: RunCommand, node: Command): RunCommand[] {
  const found: RunCommand[] = []
  const look = (part: SyntaxNode): void => {
    if (part.type === 'ProcessSubstitution' || part.type === 'CommandExpansion') {
      const first = part.script?.commands[0]?.command
      if (first?.type !== 'Command') return
      const source = readCommand(first, undefined)
      found.push({
        program: SHELLS.has(program) ? program : 'sh',
        words: [],
        writes: [],
        hasInput: false,
        source,
      })
    } else if (part.type === 'Word' || part.type === 'DoubleQuoted') forEachChild(part, look)
  }
  for (const word of node.args) look(word)
  return found
}

function textAfter(words: readonly string[], option: RegExp, depth: number): RunCommand[] {
  const at = words.findIndex((word) => option.test(word))
  const text = at === -1 ? undefined : words[at + 1]
  return text === undefined ? [] : runCommands(plain(text), depth + 1)
}

/** The text of a form: what a quote kept from being expanded stands in it behind a backslash. */
function plain(form: string): string {
  return form.replace(/\\([~$*?[\]])/g, '$1')
}

function afterOptions(words: readonly string[], valued: RegExp): readonly string[] {
  let at = 0
  while (words[at]?.startsWith('-')) at += valued.test(words[at] as string) ? 2 : 1
  return words.slice(at)
}

/** What it prints are its own words. */
function prints(command: RunCommand | undefined): command is RunCommand & { program: 'echo' | 'printf' } {
  return command?.program === 'echo' || command?.program === 'printf'
}

function operandsOf({ words }: RunCommand): string[] {
  return words.filter((word) => !word.startsWith('-'))
}

/** What a command names to the one that reads it, as far as its own words say it. */
function namedBy(source: RunCommand | undefined): string[] {
  if (prints(source)) return operandsOf(source)
  if (source?.program === 'find') return foundBy(source.words)
  return source?.program === 'ls' && source.words.includes('-d') ? operandsOf(source) : []
}

/** The folders of a `find` that leaves nothing in them out; with a mark of recursion where it reaches all there is below. */
function foundBy(words: readonly string[]): string[] {
  const end = words.findIndex((word) => /^[-(!]/.test(word))
  const tests = end === -1 ? [] : words.slice(end)
  let reachesAll = true
  for (let at = 0; at < tests.length; at++) {
    const test = tests[at] as string
    if (EXECUTES.has(test)) break
    if (test === '-mindepth') at++
    else if (test === '-maxdepth') {
      reachesAll = false
      at++
    } else if (test === '-type') {
      const types = tests[++at] ?? ''
      if (!/[df]/.test(types)) return []
      reachesAll &&= types.includes('f')
    } else if (!FINDS_ALL.has(test)) return []
  }
  return [...(reachesAll ? ['-r'] : []), ...words.slice(0, end === -1 ? undefined : end)]
}

function withinFind(words: readonly string[]): RunCommand[] {
  const around = { writes: [], hasInput: true, source: undefined }
  const places = foundBy(words)
  const found: RunCommand[] = words.includes('-delete') ? [{ program: 'rm', words: places, ...around }] : []
  const at = words.findIndex((word) => EXECUTES.has(word))
  if (at === -1) return found
  const end = words.findIndex((word, index) => index > at && /^(?:\\?;|\+)$/.test(word))
  const [program = '', ...rest] = withoutRunners(words.slice(at + 1, end === -1 ? undefined : end))
  return [...found, { program, words: [...rest.filter((word) => word !== '{}'), ...places], ...around }]
}
