import { renderAdvice } from '../advice-text.ts'
import type { AdviceRule, WordLists } from './advice-rule.ts'
import { type Command, commandsOf } from './command-line.ts'
import { editCommand } from './edit-command.ts'
import { type Filling, fillText } from './fill-text.ts'
import { type MessageTemplate, messageTemplate, type Slots } from './message-template.ts'
import { programName } from './without-runners.ts'

/** A command that failed, and what it printed. */
export type FailedCommand = { command: string; output: string; exitCode?: number | undefined }
/** What is said of it: the command that was meant, or why it failed. */
export type CommandAdvice = { rule: AdviceRule } & ({ command: string } | { text: string })

const MAX_LINES = 120
const MAX_OUTPUT = 30_000
const MAX_COMMAND = 4_000
/** With more of them it is a script, and each rule would be asked about each. */
const MAX_COMMANDS = 40
const MAX_TRIED = 12
/** Shorter texts stand in commands by chance. */
const LEAST_SPELLED = 8
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g

type Reading = { text: string; template: MessageTemplate }
type Wording = { templates: readonly MessageTemplate[] }
type Compiled = {
  rule: AdviceRule
  order: number
  wordings: readonly Wording[]
  where: readonly Reading[]
  unless: readonly Reading[]
  listed?: { name: string; after: MessageTemplate; each: MessageTemplate }
}

/**
 * Advice about failed commands by some rules: the first that fits, in their order. Rules of one program cost nothing where
 * another one failed.
 * @throws where a template of a rule cannot be read.
 */
export function compileAdvice(
  rules: readonly AdviceRule[],
  lists: WordLists,
): (failed: FailedCommand) => CommandAdvice | undefined {
  const general: Compiled[] = []
  const byProgram = new Map<string, Compiled[]>()
  for (const [order, rule] of rules.entries()) {
    const compiled = compiledRule(rule, order)
    if (!rule.program) general.push(compiled)
    for (const program of rule.program ?? []) {
      const own = byProgram.get(program)
      if (own) own.push(compiled)
      else byProgram.set(program, [compiled])
    }
  }
  return ({ command: text, output, exitCode }) => {
    if (text.length > MAX_COMMAND) return undefined
    const commands = commandsOf(text)
    if (commands.length > MAX_COMMANDS) return undefined
    const asked = commands.flatMap((command) =>
      (byProgram.get(programName(command.program.text)) ?? []).map((compiled) => ({ compiled, command })),
    )
    for (const compiled of general) for (const command of commands) asked.push({ compiled, command })
    if (asked.length === 0) return undefined
    asked.sort((a, b) => a.compiled.order - b.compiled.order)
    const plain = endsOf(output).replace(COLOURS, '')
    let lines: string[] | undefined
    for (const { compiled, command } of asked) {
      if (!concerns(compiled.rule, command, exitCode)) continue
      for (const { templates } of compiled.wordings) {
        if (!templates.every(({ needle }) => plain.includes(needle))) continue
        if (isSpelledOut(templates[0], text)) continue
        lines ??= linesOf(plain)
        const made = adviceOf(compiled, templates, { text, command, lists, lines })
        if (made) return made
      }
    }
    return undefined
  }
}

function compiledRule(rule: AdviceRule, order: number): Compiled {
  const wordings = [...(rule.says ? [rule.says] : []), ...(rule.or ?? [])]
  if (wordings.length === 0 && !rule.exit) throw new Error(`${rule.name} fits whatever is printed`)
  const { listed } = rule
  return {
    ...{ rule, order, where: readingsOf(rule.where), unless: readingsOf(rule.unless) },
    wordings: (wordings.length === 0 ? [[]] : wordings).map((says) => ({
      templates: says.map(messageTemplate),
    })),
    ...(listed && {
      listed: {
        name: listed.name,
        after: messageTemplate(listed.after),
        each: messageTemplate(listed.each),
      },
    }),
  }
}

function readingsOf(conditions: { [text: string]: string } = {}): Reading[] {
  return Object.entries(conditions).map(([text, template]) => ({ text, template: messageTemplate(template) }))
}

/** Whether a text reads as a template, in agreement with what stood in the slots before. */
function reads(text: string, template: MessageTemplate, filling: Filling): boolean {
  const filled = fillText(text, filling)
  const found = filled && template.match(filled.text)
  return found !== undefined && agree(filling.slots, found)
}

/** What is wrong stands at the beginning of what was printed, or at its end. */
function endsOf(output: string): string {
  if (output.length <= MAX_OUTPUT) return output
  return `${output.slice(0, MAX_OUTPUT / 2)}\n${output.slice(-MAX_OUTPUT / 2)}`
}

/** A command that holds the message itself may have printed it: `echo "…"; exit 1`. */
function isSpelledOut(template: MessageTemplate | undefined, command: string): boolean {
  return (
    template !== undefined && template.needle.length >= LEAST_SPELLED && command.includes(template.needle)
  )
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.length <= MAX_LINES
    ? lines
    : [...lines.slice(0, MAX_LINES / 2), ...lines.slice(-MAX_LINES / 2)]
}

function concerns(rule: AdviceRule, { program, words }: Command, exitCode: number | undefined): boolean {
  if (rule.exit && (exitCode === undefined || !rule.exit.includes(exitCode))) return false
  const texts = words.map(({ text }) => text)
  const operands = texts.filter((text) => !text.startsWith('-'))
  const isOneOf = (text: string | undefined, alternatives: string) =>
    text !== undefined && alternatives.split('|').includes(text)
  return (
    !rule.exceptProgram?.includes(programName(program.text)) &&
    (rule.words ?? []).every((wanted, at) => isOneOf(operands[at], wanted)) &&
    (rule.has ?? []).every((wanted) => texts.some((text) => isOneOf(text, wanted))) &&
    !(rule.lacks ?? []).some((unwanted) => texts.some((text) => isOneOf(text, unwanted)))
  )
}

function adviceOf(
  { rule, listed, where, unless }: Compiled,
  templates: readonly MessageTemplate[],
  from: Omit<Filling, 'slots'>,
): CommandAdvice | undefined {
  for (const read of readings(templates, from.lines)) {
    const slots = listed ? withListed(read, listed, from.lines) : read
    const filling = { ...from, slots }
    if (where.some(({ text, template }) => !reads(text, template, filling))) continue
    if (unless.some(({ text, template }) => reads(text, template, filling))) continue
    const made = rule.edits ? corrected(rule, filling) : explained(rule, filling)
    if (made) return made
  }
  return undefined
}

function corrected(rule: AdviceRule, filling: Filling): CommandAdvice | undefined {
  const command = editCommand(filling, rule.edits ?? [], rule.effect ?? false)
  return command === undefined ? undefined : { rule, command }
}

function explained(rule: AdviceRule, filling: Filling): CommandAdvice | undefined {
  const slots: Record<string, string> = {}
  for (const [name, template] of Object.entries(rule.slots ?? {})) {
    const value = fillText(template, filling)?.text
    // Longer than a slot, or no word: there is nothing to say then.
    if (value === undefined || value.length > 64 || /\s/.test(value)) return undefined
    slots[name] = value
  }
  return { rule, text: renderAdvice(rule.advice ?? '', slots) }
}

/** The ways to read the templates line after line: each line that fits the first, with those that follow. */
function* readings(templates: readonly MessageTemplate[], lines: readonly string[]): Iterable<Slots> {
  const [first, ...rest] = templates
  if (!first) {
    yield new Map()
    return
  }
  let tried = 0
  for (const [index, line] of lines.entries()) {
    const slots = first.match(line)
    if (!slots) continue
    const all = restOf(rest, lines, index, slots)
    if (all) yield all
    if (++tried === MAX_TRIED) return
  }
}

function restOf(
  templates: readonly MessageTemplate[],
  lines: readonly string[],
  start: number,
  begun: Slots,
): Slots | undefined {
  let slots = begun
  let at = start
  for (const template of templates) {
    let found: Slots | undefined
    for (; at < lines.length && !found; at++) {
      const more = template.match(lines[at] as string)
      if (more && agree(slots, more)) found = more
    }
    if (!found) return undefined
    slots = new Map([...slots, ...found])
  }
  return slots
}

function agree(slots: Slots, more: Slots): boolean {
  for (const [name, value] of more) {
    const known = slots.get(name)
    if (typeof known === 'string' && known !== value) return false
  }
  return true
}

/** The words that the lines after a heading list, up to the first that lists none. */
function withListed(
  slots: Slots,
  { name, after, each }: NonNullable<Compiled['listed']>,
  lines: readonly string[],
): Slots {
  const words: string[] = []
  const heading = lines.findIndex((line) => after.match(line))
  if (heading === -1) return slots
  for (const line of lines.slice(heading + 1)) {
    const found = line === '' ? undefined : each.match(line)?.get(name)
    if (found === undefined && (line !== '' || words.length > 0)) break
    if (typeof found === 'string') words.push(found)
    else if (found) words.push(...found)
  }
  return words.length === 0 ? slots : new Map([...slots, [name, words]])
}
