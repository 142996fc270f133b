import type { Json, JsonObject } from './json.ts'

type Slots = Readonly<Record<string, Json | undefined>>
/** Literals of a list that are shown at most. */
const LISTED = 12
const SLOT_LENGTH = 64

/**
 * The closed vocabulary of advice. `{x}` is one literal, `{x*}` a list of them. Nothing else a tool wrote ever stands
 * in a hint (law 13), so none can give orders.
 */
const ADVICE: Readonly<Record<string, string>> = {
  'allowed-values': 'The argument {argument} accepts only: {values*}.',
  'argument-format': 'The argument {argument} is written in the form {format}.',
  'argument-type': 'The argument {argument} must be of type {type}.',
  'argument-prefix': 'The argument {argument} must begin with {prefix}.',
  'argument-limit': 'The argument {argument} must not be longer than {limit} characters.',
  'missing-argument': 'The argument {argument} is required.',
  'misnamed-argument': 'There is no argument {from}; its name is {to}.',
  'known-arguments': 'The arguments are: {arguments*}.',
  'amounts-add-up': 'The amounts in {argument} must add up to the total that the error names.',
  'only-one-argument': 'These arguments exclude each other: {arguments*}. Give only one.',
  'joined-list': 'The argument {argument} is one text; its parts are separated by {mark}.',
  'call-first': 'Call {tool} first, and use what it returns.',
  'call-instead': 'Use {tool} for this.',
  'look-up': 'The value of {argument} must be one that {tool} has returned.',
  'known-names': 'These names exist: {names*}.',
  'try-later': 'The tool is not available at the moment. The same call may succeed later.',
  'same-again': 'The same call would fail again. Change the arguments or go on without it.',
  'already-done': 'This was done already. Do not repeat it.',
  'not-permitted': 'This is not permitted here, and will not be. Go on without it.',
  'call-in-order': 'These calls are made in this order: {tools*}.',
  'more-results': 'There is more than this. For the rest, call again with the argument {argument}.',
  'budget-used': 'Of {calls} calls for this task, {used} are made. Finish with what is known.',
  'finish-with': 'Before you finish, call {tool}.',
  'wait-first': 'The server asks to wait {seconds} s before this is called again.',
  'allowed-methods': 'This address takes only: {values*}.',
  'sign-in':
    'The request was not made with credentials that are valid. Do not guess any; say what is missing.',
  'media-type': 'The header {header} must be one of: {values*}.',
  'read-again': 'It has changed since it was read. Read it again, and send the version that it has now.',
  'in-conflict':
    'This is in conflict with how things stand. The same call fails again until something else has changed.',
  'name-version':
    'Say which version is meant: read it first, and send the version that it has then, in {header}.',
  'key-required':
    'A repetition must be told from a new request: give a key of your own in {header}, and the same key only when this very request is sent again.',
  'key-used':
    'This key belongs to another request. Give each request a key of its own; only its repetition has the same.',
  'key-running':
    'A request with this key is still running. Wait, and send it again unchanged with the same key.',
  'wrong-place': 'The server takes no {names*} in the {place} of this request.',
  'partly-answered':
    'This was answered only in part. What failed: {places*}. What stands in "data" besides holds.',
  'query-refused':
    'The status is that of a success, and the query was not answered. What is wrong stands in "errors".',
  'no-program': 'There is no program {program} here. Use another one, or have it installed.',
  'no-module': 'The module {module} is not installed here.',
  'no-such-name': 'The name {name} is not known there. Look up how it is written.',
  'no-such-path': 'There is no {path} where this ran. List the folder, or give the whole path.',
  'check-paths': 'A file or folder of this command is not there. List the folder first.',
  'not-a-folder': '{path} is no folder.',
  'not-a-repository': 'The current folder is in no repository. Change to one first.',
  'already-there': 'What this would make is there already.',
  'server-away': 'No server answers there. It must run before this can work.',
  'git-names': 'Git knows no such name, or not in this state. List branches, tags and remotes first.',
  'shell-syntax': 'The command line is not complete, or its quotes and brackets do not match.',
  'program-syntax': 'The text that was read is not written correctly at the place that the error names.',
  'read-trace': 'The program itself failed. Its last lines name the place.',
  'ask-for-help': 'The command does not take this. Its --help lists what it takes.',
  'wrong-format': 'The file is of another format than this command reads.',
  'was-killed': 'The command was ended from outside, for its time or its memory.',
  crashed: 'The program crashed.',
  'took-too-long': 'The command did not end in time.',
  'name-one-folder':
    'This would reach the whole system or a whole home. Name the one folder that is meant, by its full path.',
  'write-to-file': 'This would overwrite a whole disk. Write to a file instead.',
  'save-and-read': 'This would run what it loads unread. Save it to a file, read it, and run that file.',
  'push-with-lease': 'This would overwrite what others may have pushed. Use {option} instead of a force.',
  'list-first': 'What this would remove cannot be brought back. List it first with {option}.',
  'stop-one-process': 'This would stop the whole machine. Stop the one process that is meant, by its id.',
  'waits-for-input':
    'This would wait for someone to type, and nobody does. Say in the command itself what it should do, with {option}.',
  'cannot-be-run':
    'The file is there and cannot be run: it is a folder, no program, or has no right to be executed.',
  'needs-terminal': 'This needs someone at a terminal, and there is none. Use {option} instead.',
  'shorten-input': 'The input was cut short. Send it again in smaller parts.',
}

/** @throws where the advice is unknown, a slot is missing or left over, or a literal is longer than a slot or no word. */
export function renderAdvice(advice: string, slots: Slots): string {
  const template = Object.hasOwn(ADVICE, advice) ? ADVICE[advice] : undefined
  if (template === undefined) throw new Error(`there is no advice ${advice}`)
  const used = new Set<string>()
  const text = template.replace(/\{(\w+)(\*?)\}/g, (_, name: string, list: string) => {
    used.add(name)
    const value = slots[name]
    if (!list) return slot(value)
    if (!Array.isArray(value) || value.length === 0) throw new Error(`${name} is no list`)
    const more = value.length > LISTED ? ` and ${value.length - LISTED} more` : ''
    return value.slice(0, LISTED).map(slot).join(', ') + more
  })
  const leftOver = Object.keys(slots).find((name) => !used.has(name))
  if (leftOver !== undefined) throw new Error(`${advice} has no slot ${leftOver}`)
  return text
}

function slot(value: Json | undefined): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string' || !isSlotText(value)) throw new Error('a slot is no short word')
  return JSON.stringify(value)
}

function isSlotText(value: string): boolean {
  return value.length > 0 && value.length <= SLOT_LENGTH && !/[\s\p{C}\p{Z}]/u.test(value)
}

/** JSON Schema of `advice` and `slots` in options. */
export const ADVICE_OPTIONS: JsonObject = {
  advice: { type: 'string', enum: Object.keys(ADVICE) },
  slots: { type: 'object', additionalProperties: { anyOf: [slotSchema(), listSchema()] } },
}

function slotSchema(): JsonObject {
  return { type: ['string', 'number', 'boolean'], minLength: 1, maxLength: SLOT_LENGTH, pattern: '^[^\\s]+$' }
}

function listSchema(): JsonObject {
  return { type: 'array', minItems: 1, maxItems: 64, items: slotSchema() }
}
