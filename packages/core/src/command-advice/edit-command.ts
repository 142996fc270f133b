import type { ShellWord } from '../shell-words.ts'
import type { CommandEdit } from './advice-rule.ts'
import { commandsOf } from './command-line.ts'
import { type Filling, fillText } from './fill-text.ts'
import { isSlotWord } from './message-template.ts'
import { spellingDistance } from './nearest-word.ts'
import { wordAt, wordLike } from './word-place.ts'

/** Flags that force, recurse or consent: no output may plant one. */
const CONSENT =
  /^(?:-[A-Za-z]*[fFyYrRD][A-Za-z]*|--(?:force[\w-]*|yes|assume-yes|recursive|hard|no-verify|delete|no-preserve-root|unsafe[\w-]*|privileged|exec\S*|upload-pack\S*|receive-pack\S*))$/
/** Signs that change what a word reaches: another folder, host or home, a variable, a forced or a deleted branch. */
const REACH = /^[/~+:]|^\.$|^\w+=|:\/\/|(?:^|[/:=])\.\.(?:\/|$)/
const ABOVE = /(?:^|\/)\.\.(?:\/|$)/
const MAX_LENGTH = 1_000
/** Where a program names what it did not know: on the line of what was meant, or a few lines above it. */
const NAMED_ABOVE = 3

const APART = /[\s'"`‘’“”()[\]{}<>?!;|,=]+/

type Splice = { start: number; end: number; text: string }

/**
 * The command line with the edits of a rule, or undefined where one has no place, nothing changes, or what a program
 * printed would come to name a program, or a flag of consent that was not almost typed (`mayConsent`).
 */
export function editCommand(
  filling: Filling,
  edits: readonly CommandEdit[],
  mayConsent: boolean,
): string | undefined {
  const { text, command } = filling
  const splices: Splice[] = []
  const printed = new Set<string>()
  const near = new Set<string>()
  for (const edit of edits) {
    const splice = spliceOf(edit, filling, printed, near)
    if (splice === 'none') continue
    if (!splice) return undefined
    splices.push(splice)
  }
  splices.sort((a, b) => a.start - b.start || a.end - b.end)
  let made = ''
  let from = 0
  for (const { start, end, text: next } of splices) {
    if (start < from) return undefined
    made += text.slice(from, start) + next
    from = end
  }
  made += text.slice(from)
  if (made === text || made.length > MAX_LENGTH) return undefined
  for (const word of printed)
    if (
      !command.words.some((own) => own.text === word) &&
      isPlanted(word, filling, mayConsent && near.has(word))
    )
      return undefined
  const programs = new Set(commandsOf(text).map(({ program }) => program.text))
  const isNewProgram = ({ program }: { program: { text: string } }) =>
    printed.has(program.text) && !programs.has(program.text)
  return commandsOf(made).some(isNewProgram) ? undefined : made
}

/**
 * Whether a word that was printed, and not typed, would do more than correct: force, recurse or consent, be an option that
 * nothing typed comes near, reach further than what was typed, or only look like a word that a person knows.
 */
function isPlanted(word: string, { text, command }: Filling, mayConsent: boolean): boolean {
  const [name = ''] = word.split('=', 1)
  if (!isSlotWord(word) || (CONSENT.test(name) && !mayConsent)) return true
  if (/[^ -~]/.test(word) && !text.includes(word)) return true
  const typed = [...command.words, ...command.redirections].map((own) => own.text)
  if (word.startsWith('-')) return !typed.some((own) => isNear(own.split('=', 1)[0] as string, name))
  const isWithin = (own: string) =>
    own.includes('/') && own !== '/' && word.startsWith(own) && !ABOVE.test(word)
  return REACH.test(word) && !text.includes(word) && !typed.some(isWithin)
}

function isNear(typed: string, meant: string): boolean {
  return spellingDistance(typed, meant) <= Math.max(1, Math.floor(meant.length / 2))
}

function spliceOf(
  edit: CommandEdit,
  filling: Filling,
  printed: Set<string>,
  near: Set<string>,
): Splice | 'none' | undefined {
  const { text, command } = filling
  const filled = (template: string): string | undefined => {
    const made = fillText(template, filling)
    for (const word of made?.printed ?? []) printed.add(word)
    for (const word of made?.near ?? []) near.add(word)
    return made?.text
  }
  if ('first' in edit) {
    const step = filled(edit.first)
    return step === undefined ? undefined : { start: command.start, end: command.start, text: `${step} && ` }
  }
  if ('then' in edit) {
    const step = filled(edit.then)
    return step === undefined ? undefined : { start: command.end, end: command.end, text: ` && ${step}` }
  }
  if ('whole' in edit) {
    const whole = filled(edit.whole)
    return whole === undefined ? undefined : { start: command.start, end: command.end, text: whole }
  }
  if ('insert' in edit) {
    const added = filled(edit.insert)
    if (added === undefined) return undefined
    if ('before' in edit) {
      const at = edit.before === '@start' ? command.start : placeOf(edit.before, filling)?.start
      return at === undefined ? undefined : { start: at, end: at, text: `${added} ` }
    }
    const end = edit.after === '@end' ? command.end : placeOf(edit.after, filling)?.end
    return end === undefined ? undefined : { start: end, end, text: ` ${added}` }
  }
  if ('drop' in edit) {
    const place = placeOf(edit.drop, filling)
    return place ? without(place, text) : 'none'
  }
  if ('remove' in edit) {
    const place = placeOf(edit.remove, filling)
    return place && without(place, text)
  }
  const place = placeOf(edit.replace, filling)
  const next = filled(edit.by)
  return !place || next === undefined ? undefined : { start: place.start, end: place.end, text: next }
}

/** Leaves out a word with the blank before it; the first one with the blank after it. */
function without({ start, end }: { start: number; end: number }, text: string): Splice {
  const kept = text.slice(0, start).trimEnd().length
  if (kept > 0 && !/[;&|(]/.test(text[kept - 1] as string)) return { start: kept, end, text: '' }
  return { start, end: end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0), text: '' }
}

function placeOf(place: string, filling: Filling): { start: number; end: number } | undefined {
  if (place.startsWith('@like ')) return likeliest(filling.slots.get(place.slice(6)), filling)
  if (place.startsWith('@')) return wordAt(place, filling.command)
  const text = fillText(place, filling)?.text
  return text === undefined ? undefined : wordLike(text, filling.command)
}

/** The argument that is nearest to a word, where the program named it: what it says may be of what it read. */
function likeliest(
  word: string | readonly string[] | undefined,
  { command: { words }, lines }: Filling,
): ShellWord | undefined {
  const meant = typeof word === 'string' ? word : word?.[0]
  if (meant === undefined) return undefined
  const limit = Math.max(1, Math.floor(meant.length / 2))
  const plain = words.filter(({ isPlain, text }) => isPlain && text !== meant)
  const near = plain.map((own) => ({ own, distance: spellingDistance(own.text, meant) }))
  near.sort((a, b) => a.distance - b.distance)
  const [first, second] = near
  if (!first || first.distance > limit || first.distance === second?.distance) return undefined
  return isNamed(first.own.text, meant, lines) ? first.own : undefined
}

function isNamed(typed: string, meant: string, lines: readonly string[]): boolean {
  const bare = nameOf(typed.split('=', 1)[0] as string)
  return lines.some(
    (line, at) =>
      line.includes(meant) &&
      lines
        .slice(Math.max(0, at - NAMED_ABOVE), at + 1)
        .some((said) => said.split(APART).some((one) => nameOf(one) === bare)),
  )
}

/** A word without the dashes of an option and the mark of a sentence: programs write it either way. */
function nameOf(word: string): string {
  return word.replace(/^-{1,2}/, '').replace(/[.:,]{1,3}$/, '')
}
