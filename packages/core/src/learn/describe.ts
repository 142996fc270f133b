import { renderAdvice } from '../advice-text.ts'
import type { Guard } from '../guard.ts'
import type { Intervention } from '../intervention.ts'
import { isJsonObject, type Json, pathSegments } from '../json.ts'
import type { Drift } from './drift.ts'

type Described = Pick<Intervention, 'kind' | 'options'>

/** What an intervention does, in one sentence for people. A kind that is not known here shows its options. */
export function describeIntervention({ kind, options }: Described): string {
  const words = Object.hasOwn(WORDS, kind) ? WORDS[kind] : undefined
  try {
    return words?.(options) ?? `${kind} ${JSON.stringify(options)}`
  } catch {
    // Options that the kind cannot read either: shown as they are.
    return `${kind} ${JSON.stringify(options)}`
  }
}

const WORDS: Readonly<Record<string, (options: Intervention['options']) => string>> = {
  'repair-json': () => 'mends arguments that are not valid JSON, where nothing is lost',
  'rename-argument': ({ from, to }) => `renames the argument ${argument(from)} to ${argument(to)}`,
  'coerce-argument': ({ path, to }) => {
    if (to === 'absent') return `leaves ${argument(path)} out where it is null`
    if (to === 'array') return `makes a list of a single ${argument(path)}`
    if (to === 'element') return `takes ${argument(path)} out of a list of one`
    return `writes ${argument(path)} as ${to === 'json' ? 'an object or list instead of text' : typeName(to)}`
  },
  'map-value': ({ path, map }) => {
    const changes = Object.entries(isJsonObject(map) ? map : {}).map(
      ([from, to]) => `${quote(from)} to ${quote(to)}`,
    )
    return `changes ${argument(path)} from ${listed(changes)}`
  },
  'reformat-value': ({ path, from, to, proven }) =>
    `writes ${argument(path)} as ${to} where it is ${from}${proven ? ', also where both readings are possible' : ''}`,
  'affix-value': ({ path, op, prefix, suffix }) => {
    const [text, end] = prefix === undefined ? [suffix, 'end'] : [prefix, 'beginning']
    return op === 'add'
      ? `adds ${quote(text)} at the ${end} of ${argument(path)}`
      : `takes ${quote(text)} from the ${end} of ${argument(path)}`
  },
  retry: ({ attempts = 3, backoffMs = 500 }) =>
    `calls again, up to ${attempts} times in all, first after ${backoffMs} ms or as long as the error asks for`,
  'break-loop': ({ after = 3 }) => `stops a call that gave the same result ${after} times, and says so`,
  'explain-error': ({ advice, slots }) =>
    `tells the model: ${renderAdvice(String(advice), isJsonObject(slots) ? slots : {})}`,
  'rescue-text-call': () => 'makes calls of what the model wrote as text',
  'rename-tool': ({ from, to }) => `calls ${to} where ${from} is asked for`,
  'unwrap-argument': ({ path }) => `takes the arguments out of ${argument(path)}`,
  'wrap-argument': ({ path }) => `puts the arguments into ${argument(path)}`,
  'drop-argument': ({ path, only }) =>
    `leaves out ${argument(path)}${only === 'empty' ? ' where it is empty' : ''}`,
  'exclude-argument': ({ keep, without }) =>
    `keeps ${argument(keep)} alone of it and ${listed(Array.isArray(without) ? without.map(String) : [])}`,
  'join-elements': ({ path, mark }) =>
    `writes the list ${argument(path)} as one text, joined by ${quote(mark)}`,
  'strip-unit': ({ path, units }) =>
    `takes the unit ${listed(Array.isArray(units) ? units.map(quote) : [])} from ${argument(path)}`,
  'respell-value': ({ path, case: letters, mark }) =>
    `writes ${argument(path)} in ${letters ?? 'the same'} case, its words joined by ${quote(mark)}`,
  'rewrite-command': ({ remove, command, by }) =>
    remove === undefined ? `calls ${by} in place of ${command}` : `leaves ${quote(remove)} out of commands`,
  'recall-correction': ({ path, corrections }) =>
    `sends a failed ${argument(path)} again as it was corrected before (${Array.isArray(corrections) ? corrections.length : 0} known)`,
  'rename-sql-names': ({ path, names }) => {
    const renamed = (Array.isArray(names) ? names : []).filter(isJsonObject)
    const places = renamed.map(
      ({ from, to, table }) => `${table === undefined ? '' : `${table}.`}${from} to ${to}`,
    )
    return `changes names in ${argument(path)}: ${listed(places)}`
  },
  'fill-argument': ({ path, from, tool, at, value }) => {
    const name = argument(path)
    if (from === 'only') return `gives ${name} the only value that is allowed`
    if (from === 'default') return `gives ${name} its default`
    if (from === 'literal') return `gives ${name} the value ${quote(value)}`
    return `gives ${name} what ${argument(at)} was in ${from === 'result' ? 'the result' : 'the arguments'} of ${tool}`
  },
  'insert-step': ({ insert, place, max = 1 }) =>
    `calls ${insert} ${place} it, up to ${max} ${max === 1 ? 'time' : 'times'} in an episode`,
  'patch-description': ({ path, advice, slots }) =>
    `adds to the description of ${path === undefined ? 'the tool' : argument(path)}: ${renderAdvice(String(advice), isJsonObject(slots) ? slots : {})}`,
  'tighten-schema': ({ path, required, ...stated }) => {
    const shown = Object.entries(stated).map(([keyword, value]) => `with ${keyword} ${quote(value)}`)
    return `shows ${argument(path)} ${listed(required ? ['as required', ...shown] : shown)}`
  },
  'sequence-card': ({ tools }) =>
    `tells the model to call in this order: ${listed(Array.isArray(tools) ? tools.map(String) : [])}`,
  gate: ({ needs, advice, slots, max = 2 }) => {
    const text =
      needs === undefined ? renderAdvice(String(advice), isJsonObject(slots) ? slots : {}) : undefined
    return `does not execute it${text === undefined ? ` before ${needs} has succeeded` : `, and says: ${text}`} (up to ${max} times in an episode)`
  },
  'gate-command': ({ path, rules, max = 2 }) =>
    `does not execute ${argument(path)} where one of ${Array.isArray(rules) ? rules.length : 0} rules speaks against it (up to ${max} times in an episode)`,
  'gate-answer': ({ needs }) => `lets the model end after it only when ${needs} has succeeded`,
  'move-argument': ({ from, to }) => `moves ${argument(from)} to ${argument(to)} where nothing stands there`,
  'explain-response': ({ rule }) =>
    `explains a response of the server that refuses or answers in part (${rule})`,
  'suggest-command': ({ path, rules }) =>
    `tells the model what ${argument(path)} should have been (${Array.isArray(rules) ? rules.length : 0} rules)`,
  'explain-command': ({ path }) => `explains to the model why ${argument(path)} failed`,
  'set-header': ({ name, value }) => `adds the header ${name}: ${value} where there is none`,
  'deduplicate-call': () => 'answers a call that was emitted twice with the result of the first',
  'circuit-break': ({ after = 4, coolMs = 30_000 }) =>
    `does not call it for ${coolMs} ms after ${after} failures in a row, then tries one call`,
  'annotate-result': ({ has, advice, slots }) =>
    `says where ${argument(has)} holds something: ${renderAdvice(String(advice), isJsonObject(slots) ? slots : {})}`,
  'normalise-result': ({ op, path }) => {
    if (op === 'parse') return `reads ${path === '' ? 'the result' : argument(path)} as the JSON that it is`
    return op === 'wrap'
      ? `puts the result into ${argument(path)}`
      : `takes the result out of ${argument(path)}`
  },
  'bound-result': ({ characters, items, path }) =>
    characters === undefined
      ? `shortens ${argument(path)} of the result to ${items} items`
      : `shortens the result to ${characters} characters`,
  'warn-budget': ({ calls, at = 0.8 }) =>
    `warns the model after ${Math.ceil(Number(calls) * Number(at))} of ${calls} calls`,
  'lift-protocol-error': () => 'gives the model errors of the protocol as errors of its call',
  'inject-skill': ({ skills }) =>
    `tells the model which of ${Array.isArray(skills) ? skills.length : 0} skills fit its task`,
  'explain-names': ({ tables }) =>
    `tells the model the names of ${listed(Object.keys(isJsonObject(tables) ? tables : {}))}`,
}

/** A predicate in words: `path ends with ".csv" and path does not begin with "/"`. */
export function describeGuard(guard: Guard): string {
  if ('all' in guard) return guard.all.map(nested).join(' and ')
  if ('any' in guard) return guard.any.map(nested).join(' or ')
  if ('not' in guard) return `not (${describeGuard(guard.not)})`
  const name = argument(guard.path)
  switch (guard.test) {
    case 'present':
      return `${name} is given`
    case 'absent':
      return `${name} is not given`
    case 'type':
      return `${name} is ${guard.types.map(typeName).join(' or ')}`
    case 'equals':
      return `${name} is ${quote(guard.value)}`
    case 'one-of':
      return `${name} is one of ${listed(guard.values.map(quote))}`
    case 'prefix':
      return `${name} begins with ${quote(guard.text)}`
    case 'suffix':
      return `${name} ends with ${quote(guard.text)}`
    case 'includes':
      return `${name} contains ${quote(guard.text)}`
    case 'shape':
      return `${name} looks like ${listed(guard.shapes.map(quote))}`
  }
}

function nested(guard: Guard): string {
  const text = describeGuard(guard)
  return 'any' in guard && guard.any.length > 1 ? `(${text})` : text
}

/** What has changed in a tool: an argument that it refuses, or one form of its value. */
export function describeDrift({ path, form, episodes: { accepted, refused } }: Drift): string {
  const calls = `calls with ${argument(path)}${form === undefined ? '' : ` of the form ${form}`}`
  return `${calls} succeeded in ${accepted} episodes and were refused in the ${refused} since`
}

/** `/passengers/*\/dob` → `passengers[].dob`. */
function argument(path: Json | undefined): string {
  if (typeof path !== 'string' || path === '') return 'the input'
  return pathSegments(path)
    .map((segment, index) => (segment === '*' ? '[]' : index === 0 ? segment : `.${segment}`))
    .join('')
}

function typeName(type: Json | undefined): string {
  const name = String(type)
  if (name === 'null') return 'null'
  return name === 'string' ? 'text' : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
}

function quote(value: Json | undefined): string {
  return JSON.stringify(value ?? null)
}

/** Members that are named before the rest is only counted. */
const LISTED = 5

function listed(parts: readonly string[]): string {
  const more = parts.length > LISTED ? ` and ${parts.length - LISTED} more` : ''
  return parts.slice(0, LISTED).join(', ') + more
}
