import type { Json } from '@lifeharness/core'

/**
 * JSON as Python reads and writes it. The recorded worlds were run in Python, where `5` and `5.0` differ; results and
 * states can be compared to the letter only if that survives.
 */
export type PyValue = null | boolean | number | string | Float | PyValue[] | { [key: string]: PyValue }
export type PyObject = { [key: string]: PyValue }

/** A number that Python holds as a float: it is written with a decimal point. */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/**
 * How a member is named in a `PyObject`. JavaScript moves members whose names are whole numbers to the front; Python keeps
 * their order, so such a name is marked.
 */
export function memberName(name: string): string {
  return /^\d+$/.test(name) ? `\0${name}` : name
}

export function parsePython(text: string): PyValue {
  const marked = text.replace(/"(\d+)"\s*:/g, '"\\u0000$1":')
  // The third argument of a reviver holds the text that a number was written in.
  const reviver = (_key: string, value: unknown, context: { source?: string }) =>
    typeof value === 'number' && /[.eE]/.test(context.source ?? '') ? new Float(value) : value
  return JSON.parse(marked, reviver as (key: string, value: unknown) => unknown) as PyValue
}

export function numberOf(value: PyValue | undefined): number {
  if (value instanceof Float) return value.value
  if (typeof value === 'number') return value
  throw new TypeError(`no number: ${String(value)}`)
}

/** `a + b` in Python: a float as soon as one of them is. */
export function add(a: PyValue, b: PyValue): PyValue {
  const sum = numberOf(a) + numberOf(b)
  return a instanceof Float || b instanceof Float ? new Float(sum) : sum
}

export function negate(value: PyValue): PyValue {
  return value instanceof Float ? new Float(-value.value) : -numberOf(value)
}

/** `round(value, places)`: of two that are equally near, the even one. */
export function round(value: PyValue, places: number): PyValue {
  if (!(value instanceof Float)) return value
  const exact = value.value
  if (Math.abs(exact) >= 1e21) return value
  if (places < 0) return new Float(roundEven(exact / 10 ** -places) * 10 ** -places)
  const near = Number(exact.toFixed(places))
  // A number that lies between two ends in a five behind these places, and its decimals are few enough to be written.
  const digits = exact.toFixed(Math.min(places + 30, 100)).split('.')[1] ?? ''
  if (!/^50*$/.test(digits.slice(places))) return new Float(near)
  const isEven = Number(near.toFixed(places).at(-1)) % 2 === 0
  return new Float(isEven ? near : Number((near - Math.sign(exact) * 10 ** -places).toFixed(places)))
}

/** `round(value, 2)`. */
export function round2(value: PyValue): PyValue {
  return round(value, 2)
}

function roundEven(value: number): number {
  return numberOf(round(new Float(value), 0))
}

/** `json.dumps(value)`. */
export function dumps(value: PyValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return String(value)
  if (value instanceof Float) return floatText(value.value)
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(dumps).join(', ')}]`
  const members = Object.entries(value).map(([key, member]) => `${quoted(plainName(key))}: ${dumps(member)}`)
  return `{${members.join(', ')}}`
}

/** `repr(value)` of the nested tuples that Python makes of a state to hash it: sorted members, lists as tuples. */
export function reprOfState(value: PyValue): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'number') return String(value)
  if (value instanceof Float) return floatText(value.value)
  if (typeof value === 'string') return reprOfText(value)
  const parts = Array.isArray(value)
    ? value.map(reprOfState)
    : Object.keys(value)
        .sort((a, b) => byCodePoint(plainName(a), plainName(b)))
        .map((key) => `(${reprOfText(plainName(key))}, ${reprOfState(value[key] as PyValue)})`)
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`
}

/** As JSON has it: whole numbers and floats look alike. */
export function toJson(value: PyValue): Json {
  if (value instanceof Float) return value.value
  if (Array.isArray(value)) return value.map(toJson)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [plainName(key), toJson(member)]))
}

export function copy<T extends PyValue>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T
  if (value === null || typeof value !== 'object' || value instanceof Float) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)])) as T
}

export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function plainName(member: string): string {
  return member.startsWith('\0') ? member.slice(1) : member
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const text = Object.is(value, -0) ? '-0' : String(value)
  const [mantissa = '', exponent] = text.split('e')
  // Python goes over to exponents below 1e-4 and from 1e16 on, and writes at least two digits of them.
  if (exponent === undefined) {
    if (Number.isInteger(value) && Math.abs(value) >= 1e16) return exponential(value)
    if (value !== 0 && Math.abs(value) < 1e-4) return exponential(value)
    return text.includes('.') ? text : `${text}.0`
  }
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
}

function exponential(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** `repr(text)`. */
export function reprOfText(text: string): string {
  if (!/[\\'\n\t\r]/.test(text)) return `'${text}'`
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
  return quote + escaped + quote
}
