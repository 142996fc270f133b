import { type ArgumentPath, isJsonObject, type Json } from '../json.ts'
import { type JsonType, jsonType } from '../schema.ts'
import { looseShape } from '../shape.ts'
import {
  countOrKeep,
  distinctKeys,
  hashUnder,
  type KeyPrefix,
  keyHash,
  keyPrefix,
  memberAt,
  mergeSamples,
  offer,
  openSample,
  type Sample,
} from './sample.ts'

/** What the values at one argument path of a tool's successful calls look like. Bounded whatever the number of calls. */
export type ArgumentProfile = {
  /** Calls in which the argument is present, and values seen (more than one per call below an array). */
  calls: number
  values: number
  types: { [Type in JsonType]?: number }
  /** Loose shapes of the strings, see `looseShape`. */
  shapes: Sample<string>
  /** Distinct scalar values. Texts longer than 120 characters are left out. */
  distinct: Sample<Json>
  /** Longest prefix and suffix common to all strings; undefined before the first string. */
  prefix?: string
  suffix?: string
  /** Shortest and longest text. */
  lengths?: { min: number; max: number }
  /** Smallest and largest number. */
  range?: { min: number; max: number }
}

/** What successful calls of one tool look like, argument by argument. The path `''` is the whole input. */
export type ToolProfile = {
  calls: number
  arguments: Map<ArgumentPath, ArgumentProfile>
  /** Greatest rank of a path that stayed, once paths had to go. */
  ceiling: number
}

export const MAX_PATHS = 128
/** Members of the samples of one argument, while there are not too many of all arguments, see `keepWithin`. */
export const SHAPES = 32
export const DISTINCT = 64
const MAX_VALUE_LENGTH = 120
const MAX_DEPTH = 6
/** Elements of one array that are looked at. */
const MAX_ELEMENTS = 32
const MAX_AFFIX = 200

export function emptyProfile(): ToolProfile {
  return { calls: 0, arguments: new Map(), ceiling: Number.POSITIVE_INFINITY }
}

function emptyArgument(): ArgumentProfile {
  return {
    calls: 0,
    values: 0,
    types: {},
    shapes: openSample(SHAPES),
    distinct: openSample(DISTINCT),
  }
}

/** Adds the arguments of one successful call, in place. */
export function addToProfile(profile: ToolProfile, input: Json): void {
  profile.calls++
  addValue(profile, '', input, 0, false)
}

/** Position of the last call counted at each argument below an array, whose elements count as one call. */
const lastCall = new WeakMap<ArgumentProfile, number>()

function addValue(
  profile: ToolProfile,
  path: ArgumentPath,
  value: Json,
  depth: number,
  inArray: boolean,
): void {
  const argument = argumentAt(profile, path)
  if (!argument) return
  if (!inArray) argument.calls++
  else if (lastCall.get(argument) !== profile.calls) {
    lastCall.set(argument, profile.calls)
    argument.calls++
  }
  argument.values++
  const type = jsonType(value)
  argument.types[type] = (argument.types[type] ?? 0) + 1
  if (typeof value === 'string') addText(argument, value)
  else if (typeof value === 'number') {
    argument.range = widened(argument.range, value, value)
    addDistinct(argument, value, PLAIN, String(value))
  } else if (typeof value === 'boolean' || value === null) addDistinct(argument, value, PLAIN, String(value))
  else if (depth >= MAX_DEPTH) return
  else if (Array.isArray(value)) {
    const elements = Math.min(value.length, MAX_ELEMENTS)
    for (let index = 0; index < elements; index++)
      addValue(profile, childPath(path, '*'), value[index] as Json, depth + 1, true)
  } else
    for (const key of Object.keys(value))
      addValue(profile, childPath(path, key), value[key] as Json, depth + 1, inArray)
}

/** Paths recur with every call; one that is joined anew must be hashed anew to be looked up. */
const childPaths = new Map<ArgumentPath, Map<string, ArgumentPath>>()
const MAX_CHILD_PATHS = 256

export function childPath(path: ArgumentPath, key: string): ArgumentPath {
  let children = childPaths.get(path)
  const known = children?.get(key)
  if (known !== undefined) return known
  if (!children) {
    if (childPaths.size >= MAX_CHILD_PATHS) childPaths.clear()
    children = new Map()
    childPaths.set(path, children)
  }
  const child = `${path}/${escaped(key)}`
  if (children.size < MAX_CHILD_PATHS) children.set(key, child)
  return child
}

function escaped(key: string): string {
  return key.includes('/') || key.includes('~') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}

/** Texts are told from numbers and words of JSON by what stands before them: in what is hashed, and in the key. */
const TEXT = keyPrefix('"')
const PLAIN = keyPrefix('')
const MARK = '\u0000'

/** Whether the value is new as far as is known. A text is its own key, so that nothing is put together to look it up. */
function addDistinct({ distinct }: ArgumentProfile, value: Json, form: KeyPrefix, text: string): boolean {
  distinct.offered++
  const hash = hashUnder(form, text)
  if (hash > distinct.ceiling) return true
  const key = form === TEXT && text.charCodeAt(0) !== 0 ? text : MARK + form.text + text
  return !countOrKeep(distinct, key, hash, () => value, 1)
}

function addText(argument: ArgumentProfile, text: string): void {
  const shape = looseShape(text)
  offer(argument.shapes, shape, () => shape)
  // What was seen before changes nothing below.
  if (text.length <= MAX_VALUE_LENGTH && !addDistinct(argument, text, TEXT, text)) return
  argument.prefix = commonPrefix(argument.prefix, text)
  argument.suffix = commonSuffix(argument.suffix, text)
  argument.lengths = widened(argument.lengths, text.length, text.length)
}

function widened(
  range: { min: number; max: number } | undefined,
  min: number,
  max: number,
): { min: number; max: number } {
  if (range && range.min <= min && range.max >= max) return range
  return range ? { min: Math.min(range.min, min), max: Math.max(range.max, max) } : { min, max }
}

function commonPrefix(known: string | undefined, text: string): string {
  if (known === undefined) return text.slice(0, MAX_AFFIX)
  if (known === '' || text.startsWith(known)) return known
  let end = 0
  while (end < known.length && known[end] === text[end]) end++
  return known.slice(0, end)
}

function commonSuffix(known: string | undefined, text: string): string {
  if (known === undefined) return text.slice(-MAX_AFFIX)
  if (known === '' || text.endsWith(known)) return known
  let end = 0
  while (end < known.length && known.at(-1 - end) === text.at(-1 - end)) end++
  return end === 0 ? '' : known.slice(-end)
}

/** The argument's profile, made when there is room: the paths whose hashes are lowest stay, whatever the order. */
function argumentAt(profile: ToolProfile, path: ArgumentPath): ArgumentProfile | undefined {
  const known = profile.arguments.get(path)
  if (known) return known
  if (rank(path) > profile.ceiling) return undefined
  const made = emptyArgument()
  profile.arguments.set(path, made)
  if (profile.arguments.size >= 2 * MAX_PATHS) trimPaths(profile)
  return profile.arguments.get(path)
}

/** Leaves the paths that stay, whatever else comes. */
export function trimPaths(profile: ToolProfile): void {
  if (profile.arguments.size <= MAX_PATHS) return
  const order = [...profile.arguments.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  for (const path of order.slice(MAX_PATHS)) profile.arguments.delete(path)
  profile.ceiling = rank(order[MAX_PATHS - 1] as ArgumentPath)
}

/** Shallow arguments first: they are the tool's own, deep ones often the data's. */
export function rank(path: ArgumentPath): number {
  return path.split('/').length + keyHash(path)
}

/**
 * A profile of the calls of all, to be read only. Associative and commutative, so the work can be divided at will.
 */
export function mergeProfiles(profiles: readonly ToolProfile[]): ToolProfile {
  const merged = emptyProfile()
  // What one of them had to leave out is known in part only.
  merged.ceiling = Math.min(merged.ceiling, ...profiles.map(({ ceiling }) => ceiling))
  for (const profile of profiles) {
    merged.calls += profile.calls
    for (const [path, argument] of profile.arguments) {
      if (rank(path) > merged.ceiling) continue
      const known = merged.arguments.get(path)
      merged.arguments.set(path, known ? mergeArguments(known, argument) : argument)
    }
  }
  trimPaths(merged)
  return merged
}

/** The same with samples of its own, to be made smaller. */
export function withOwnSamples(profile: ToolProfile): ToolProfile {
  const all = [...profile.arguments].map(([path, argument]): [ArgumentPath, ArgumentProfile] => {
    const shapes = mergeSamples([argument.shapes], SHAPES)
    return [path, { ...argument, shapes, distinct: mergeSamples([argument.distinct], DISTINCT) }]
  })
  return { ...profile, arguments: new Map(all) }
}

function mergeArguments(a: ArgumentProfile, b: ArgumentProfile): ArgumentProfile {
  const types = { ...a.types }
  for (const type of Object.keys(b.types) as JsonType[])
    types[type] = (types[type] ?? 0) + (b.types[type] as number)
  const range = b.range ? widened(a.range, b.range.min, b.range.max) : a.range
  const lengths = b.lengths ? widened(a.lengths, b.lengths.min, b.lengths.max) : a.lengths
  const prefix = b.prefix === undefined ? a.prefix : commonPrefix(a.prefix, b.prefix)
  const suffix = b.suffix === undefined ? a.suffix : commonSuffix(a.suffix, b.suffix)
  return {
    calls: a.calls + b.calls,
    values: a.values + b.values,
    types,
    shapes: mergeSamples([a.shapes, b.shapes], SHAPES),
    distinct: mergeSamples([a.distinct, b.distinct], DISTINCT),
    ...(prefix === undefined ? {} : { prefix }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(lengths === undefined ? {} : { lengths }),
    ...(range === undefined ? {} : { range }),
  }
}

/** Successes below which a profile says nothing. */
export const MIN_PROFILE_CALLS = 5

/**
 * Does a call look like the tool's successes? Asked where no contract and no later success can answer. Everything that
 * every success had must be there, nothing may be there that none had, and types, shapes of enumerable texts and the
 * beginning that all texts share must be among those seen. With too few successes: false.
 */
export function conforms(profile: ToolProfile, input: Json): boolean {
  if (profile.calls < MIN_PROFILE_CALLS) return false
  for (const [path, argument] of profile.arguments) {
    const topLevel = path !== '' && !path.slice(1).includes('/')
    const always = topLevel && argument.calls === profile.calls
    if (always && !(isJsonObject(input) && Object.hasOwn(input, unescaped(path)))) return false
  }
  return valueConforms(profile, '', input, 0)
}

function unescaped(path: ArgumentPath): string {
  return path.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
}

function valueConforms(profile: ToolProfile, path: ArgumentPath, value: Json, depth: number): boolean {
  const argument = profile.arguments.get(path)
  if (!argument) return profile.arguments.size >= MAX_PATHS || depth > MAX_DEPTH
  const type = jsonType(value)
  if (!argument.types[type] && !(type === 'integer' && argument.types.number)) return false
  if (typeof value === 'string') return textConforms(argument, value)
  if (Array.isArray(value))
    return value
      .slice(0, MAX_ELEMENTS)
      .every((element) => valueConforms(profile, `${path}/*`, element, depth + 1))
  if (isJsonObject(value))
    return Object.entries(value).every(([key, member]) =>
      valueConforms(profile, `${path}/${escaped(key)}`, member, depth + 1),
    )
  return true
}

/** Of so many distinct texts with so few shapes, the next one has one of the shapes too. */
const FEW_SHAPES = 4

function textConforms(argument: ArgumentProfile, text: string): boolean {
  if (distinctKeys(argument.distinct) < MIN_PROFILE_CALLS) return true
  if (argument.prefix !== undefined && !text.startsWith(boundaryPrefix(argument.prefix))) return false
  const shapes = distinctKeys(argument.shapes)
  return shapes > FEW_SHAPES || memberAt(argument.shapes, looseShape(text)) !== undefined
}

/** A common prefix cut back to its last boundary: `/data/in/re ` → `/data/in/`, `#W` → `#`; letters alone are chance. */
export function boundaryPrefix(prefix: string): string {
  return (prefix.includes('/') ? /^.*\// : /^.*[^\p{L}\p{N}]/u).exec(prefix)?.[0] ?? ''
}

/** Share of an argument's values (of those that were kept) that pass a test; 0 where there are none. */
export function shareOf(argument: ArgumentProfile | undefined, test: (value: Json) => boolean): number {
  let total = 0
  let passed = 0
  for (const { count, member } of argument?.distinct.members ?? []) {
    total += count
    if (test(member)) passed += count
  }
  return total === 0 ? 0 : passed / total
}

/** The strings an argument takes when they are an enumeration: at most `limit`, each seen often; else undefined. */
export function enumerated(argument: ArgumentProfile | undefined, limit = 16): string[] | undefined {
  if (!argument) return undefined
  const strings = argument.distinct.members.filter(({ member }) => typeof member === 'string')
  const { values } = argument
  const closed = distinctKeys(argument.distinct) <= limit && values >= 20 && values >= 5 * strings.length
  return closed && strings.length > 0 ? strings.map(({ member }) => member as string).sort() : undefined
}
