import { forEachChild, type Script, type SyntaxNode } from 'unbash'
import type { GateRule } from './gate-rule.ts'
import { type RunCommand, readScript, runCommands } from './run-commands.ts'
import { plainPath } from './shell-form.ts'

/** A script in which a function calls itself twice, in the background, and is called: `:(){ :|:& };:`. */
export function isForkBomb(text: string): boolean {
  return text.includes('|') && text.includes('&') && readScript(text, 1_000, isBomb) === true
}

function isBomb(script: Script): boolean {
  const bombs = new Set<string>()
  const called = new Set<string>()
  const look = (node: SyntaxNode, within?: string): void => {
    if (node.type === 'Statement' && node.background && node.command.type === 'Pipeline') {
      const names = node.command.commands.map((one) => (one.type === 'Command' ? one.name?.value : undefined))
      if (within !== undefined && names.length > 1 && names.every((name) => name === within))
        bombs.add(within)
    }
    if (node.type === 'Command' && within === undefined && node.name) called.add(node.name.value)
    const inner = node.type === 'Function' ? node.name.value : within
    forEachChild(node, (child) => look(child, inner))
  }
  look(script)
  return [...bombs].some((name) => called.has(name))
}

/** The first rule that a command which the text would run is under; none where a shell would run nothing of it. */
export function gatedBy(rules: readonly GateRule[], text: string): GateRule | undefined {
  const names = /EDITOR/.test(text)
  for (const command of runCommands(text)) {
    const rule = rules.find((one) => isUnder(one, command, names))
    if (rule) return rule
  }
  return undefined
}

function isUnder(rule: GateRule, command: RunCommand, namesEditor: boolean): boolean {
  const { program, words, writes, source, hasInput } = command
  if (rule.program && !rule.program.includes(program)) return false
  if (words.includes('--help') || words.includes('--version')) return false
  const { options, operands } = parted(words, rule.valued ?? [])
  const isGiven = (names: string) => isOneGiven(options, names)
  return (
    (rule.words ?? []).every((names, index) => names.split('|').includes(operands[index] ?? '')) &&
    (rule.has ?? []).every(isGiven) &&
    !(rule.lacks ?? []).some(isGiven) &&
    (!rule.operands || operands.some((word) => isForm(rule.operands ?? [], word))) &&
    (!rule.writes || writes.some((word) => isForm(rule.writes ?? [], word))) &&
    operands.length <= (rule.most ?? Infinity) &&
    (!rule.from || (source !== undefined && isFrom(rule, source))) &&
    (!rule.atTerminal || !(source || hasInput || namesEditor))
  )
}

function isFrom(rule: GateRule, { program, words }: RunCommand): boolean {
  const { options, operands } = parted(words, [])
  const loads = operands.filter((word) => !isForm(rule.fromExcept ?? [], word))
  return (
    (rule.from ?? []).includes(program) &&
    (rule.fromHas ?? []).every((names) => isOneGiven(options, names)) &&
    (!rule.fromOperands || loads.some((word) => isForm(rule.fromOperands ?? [], word)))
  )
}

function isOneGiven(options: readonly string[], names: string): boolean {
  return names.split('|').some((name) => hasOption(options, name))
}

function isForm(forms: readonly string[], word: string): boolean {
  return forms.some((form) => fits(form, word) || fits(form, plainPath(word)))
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

/** `-r` is given by `-r`, `-fr` and `-r=x`, not by `-H"a: r"`; `--force` by itself and `--force=x`. */
function hasOption(options: readonly string[], name: string): boolean {
  return options.some(
    (option) =>
      option === name ||
      option.startsWith(`${name}=`) ||
      (/^-\w$/.test(name) && /^-\w+$/.test(option) && option.includes(name[1] as string)),
  )
}

function fits(form: string, word: string): boolean {
  const at = form.indexOf('…')
  if (at === -1) return word === form
  return word.length > at && word.startsWith(form.slice(0, at)) && word.endsWith(form.slice(at + 1))
}
