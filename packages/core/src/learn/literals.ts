import { OPTION_FORMAT, OPTION_PATH, OPTION_SHAPE } from '../edit.ts'
import type { Guard } from '../guard.ts'
import type { Draft, Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { templateOf } from '../statement-template.ts'
import type { ToolContract } from '../tool.ts'
import type { ToolCall } from '../trajectory.ts'

/** Subjects that must have shown a literal before it is used for others (law 6). */
export const LITERAL_SUBJECTS = 3

/**
 * The literals of a draft: texts in its options and guard that are neither paths nor words that the kind itself
 * declares. What a kind does not declare by name (keys of a map) is a literal too.
 */
export function literalsOf(draft: Draft, kind: Kind): string[] {
  const found = new Set<string>()
  collectOptions(draft.options, kind.options, found)
  collectGuard(draft.when, found)
  return [...found]
}

function collectOptions(value: Json, schema: JsonObject, found: Set<string>): void {
  if (typeof value === 'string') {
    const declared = Array.isArray(schema.enum) && schema.enum.includes(value)
    if (schema.format === OPTION_SHAPE.format) return
    if (schema.format === OPTION_FORMAT.format) for (const literal of inBrackets(value)) found.add(literal)
    else if (!declared && schema.pattern !== OPTION_PATH.pattern && value !== '') found.add(value)
    return
  }
  if (Array.isArray(value)) {
    for (const element of value) collectOptions(element, asSchema(schema.items), found)
    return
  }
  if (!isJsonObject(value)) return
  const properties = isJsonObject(schema.properties) ? schema.properties : {}
  for (const [name, member] of Object.entries(value)) {
    const declared = Object.hasOwn(properties, name)
    // Slots of a hint are named by the kind's own templates, not by data.
    if (!declared && schema.propertyNames === undefined && !isSlots(schema)) found.add(name)
    collectOptions(member, asSchema(declared ? properties[name] : schema.additionalProperties), found)
  }
}

/** What stands for itself in a format, but for the signs of ISO 8601: the T before a time, the Z of UTC. */
function inBrackets(format: string): string[] {
  const written = [...format.matchAll(/\[([^\]]*)\]/g)].map(([, literal = '']) => literal)
  return written.filter((literal) => !/^(?:T|(?:\.0+)?Z|)$/.test(literal))
}

/** Free members that may be lists: named places, of which only the content is data. */
function isSlots(schema: JsonObject): boolean {
  const free = schema.additionalProperties
  return isJsonObject(free) && Array.isArray(free.anyOf)
}

function asSchema(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function collectGuard(guard: Guard | undefined, found: Set<string>): void {
  if (!guard) return
  if ('all' in guard) for (const part of guard.all) collectGuard(part, found)
  else if ('any' in guard) for (const part of guard.any) collectGuard(part, found)
  else if ('not' in guard) collectGuard(guard.not, found)
  else if (guard.test === 'equals') collectTexts(guard.value, found)
  else if (guard.test === 'one-of') for (const value of guard.values) collectTexts(value, found)
  else if (guard.test === 'prefix' || guard.test === 'suffix' || guard.test === 'includes')
    found.add(guard.text)
}

function collectTexts(value: Json, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value !== '') found.add(value)
  } else if (Array.isArray(value)) for (const element of value) collectTexts(element, found)
  else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      found.add(name)
      collectTexts(member, found)
    }
  }
}

const contractTexts = new WeakMap<ToolContract, string>()

/** Whether a literal stands in a contract: a name, an allowed value, a default, an example, a word of a description. */
export function isFromContract(literal: string, contract: ToolContract | undefined): boolean {
  if (!contract) return false
  let text = contractTexts.get(contract)
  if (text === undefined) {
    text = JSON.stringify([contract.tool.name, contract.description ?? '', contract.inputSchema ?? {}])
    contractTexts.set(contract, text)
  }
  // A nested argument is named by its names joined by dots.
  return (
    hasWord(text, literal) ||
    (literal.includes('.') && literal.split('.').every((name) => hasWord(text, name)))
  )
}

function hasWord(text: string, literal: string): boolean {
  const written = JSON.stringify(literal).slice(1, -1)
  if (written === '') return false
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + 1)) {
    const around = `${text[at - 1] ?? ''}${text[at + written.length] ?? ''}`
    if (!/[\p{L}\p{N}_]/u.test(around)) return true
  }
  return false
}

/**
 * Whether a literal stands in the arguments of a call, as a value, part of one, the name of an argument, or the template
 * of a statement.
 */
export function isInCall(literal: string, { input, rawInput }: ToolCall): boolean {
  if (rawInput !== undefined) return rawInput.includes(literal)
  return input !== undefined && (contains(input, literal) || templatesIn(input).has(literal))
}

const templates = new WeakMap<object, ReadonlySet<string>>()

function templatesIn(input: Json): ReadonlySet<string> {
  if (typeof input !== 'object' || input === null) return new Set()
  const known = templates.get(input)
  if (known) return known
  const made = new Set(
    Object.values(input).flatMap((value) => {
      const template = typeof value === 'string' ? templateOf(value) : undefined
      return template ? [template.text] : []
    }),
  )
  templates.set(input, made)
  return made
}

function contains(value: Json, literal: string): boolean {
  if (typeof value === 'string') return value.includes(literal)
  if (typeof value === 'number') return String(value) === literal
  if (Array.isArray(value)) return value.some((element) => contains(element, literal))
  return (
    isJsonObject(value) &&
    Object.entries(value).some(([name, member]) => name === literal || contains(member, literal))
  )
}
