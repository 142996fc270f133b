import { isJsonObject, type Json, type JsonObject, pathOf, pathSegments, valuesAt } from '../../json.ts'
import { quantityOf } from '../../quantity.ts'
import { allowedTypes, type JsonType, jsonType, type SchemaIssue } from '../../schema.ts'
import { plainSpelling } from '../../spelling.ts'
import type { ToolContract } from '../../tool.ts'
import { argumentSchema } from '../../tool.ts'
import { generalPath } from '../diff.ts'
import { statedFormat, writtenFormats } from './stated-format.ts'
import { statedUnit } from './units.ts'

/** An intervention that the contract alone suggests: the kind, its options, and the argument it is anchored to. */
export type Proposal = { kind: string; options: JsonObject; path: string }

function proposal(kind: string, options: JsonObject, path: string): Proposal {
  return { kind, options, path }
}

type Question = { contract: ToolContract; schema: JsonObject; input: Json; issues: readonly SchemaIssue[] }
type Proposer = (question: Question) => Iterable<Proposal>

/** Arguments around the arguments, or arguments beside the object that should hold them. */
const containers: Proposer = function* ({ schema, input, issues }) {
  if (issues.some(({ path }) => path === '')) {
    if (typeof input === 'string')
      yield* [proposal('repair-json', {}, ''), proposal('repair-json', { around: true }, '')]
    if (Array.isArray(input)) yield proposal('coerce-argument', { path: '', to: 'element' }, '')
  }
  const { properties } = schema
  if (!isJsonObject(input) || !isJsonObject(properties)) return
  for (const name of Object.keys(input)) {
    if (Object.hasOwn(properties, name)) continue
    const path = pathOf([name])
    yield proposal('unwrap-argument', { path }, '')
  }
  const holders = Object.keys(properties).filter((name) => {
    const inner = argumentSchema(
      { tool: { origin: '', name: '' }, inputSchema: schema },
      pathOf([name]),
    )?.properties
    return isJsonObject(inner) && Object.keys(input).every((key) => Object.hasOwn(inner, key))
  })
  const [holder, ...others] = holders
  if (holder !== undefined && others.length === 0) {
    const path = pathOf([holder])
    yield proposal('wrap-argument', { path }, path)
  }
}

/** An unknown name that is another spelling of one that is free. One to one, or nobody can say which is which. */
const names: Proposer = function* ({ contract, schema, input, issues }) {
  const faulty = new Set(
    issues.flatMap(({ kind, path }) => (kind === 'missing' || kind === 'unexpected' ? [path] : [])),
  )
  if (faulty.size === 0) return
  for (const { object, segments } of objectsIn(input, [])) {
    const declared = (segments.length === 0 ? schema : argumentSchema(contract, pathOf(segments)))?.properties
    const known = isJsonObject(declared) ? Object.keys(declared) : []
    const unknown = Object.keys(object).filter((name) => !known.includes(name))
    for (const from of unknown) {
      const spelling = plainSpelling(from)
      const [to, ...rivals] = known.filter((name) => plainSpelling(name) === spelling)
      if (to === undefined || rivals.length > 0 || Object.hasOwn(object, to)) continue
      if (unknown.filter((name) => plainSpelling(name) === spelling).length > 1) continue
      const [source, target] = [pathOf([...segments, from]), pathOf([...segments, to])]
      if (!faulty.has(source) && !faulty.has(target)) continue
      const path = generalPath(target)
      yield proposal('rename-argument', { from: generalPath(source), to: path }, path)
    }
  }
}

/** A value of another JSON type that says the same. */
const types: Proposer = function* ({ schema, input, issues }) {
  for (const { kind, path, expected } of issues) {
    const [value] = valuesAt(input, path)
    if (kind === 'missing' || kind === 'unexpected' || value === undefined || path === '') continue
    const at = generalPath(path)
    for (const to of targets(value, allowedTypes(expected, schema), listedIn(expected)))
      yield proposal('coerce-argument', { path: at, to }, at)
  }
}

function targets(value: Json, wanted: readonly JsonType[], listed: readonly Json[]): string[] {
  if (value === null) return ['absent']
  if (Array.isArray(value)) return wanted.length > 0 && !wanted.includes('array') ? ['element'] : []
  const direct = wanted.includes('number') ? ['number'] : wanted.includes('integer') ? ['integer'] : []
  if (wanted.includes('boolean')) direct.push('boolean')
  if (wanted.includes('object') || wanted.includes('array')) direct.push('json')
  // `true` as a text may be "true", "yes" or "1": only a list says which.
  const isText =
    typeof value === 'number' ||
    (typeof value === 'boolean' && listed.some((one) => isSpelling(String(value), one)))
  if (wanted.includes('string') && isText) direct.push('string')
  const list = wanted.includes('array') ? ['array'] : []
  if (typeof value !== 'string') return [...direct, ...list]
  // A text that says nothing where no text is wanted is left out like a null.
  const absent = wanted.length > 0 && (!wanted.includes('string') || listed.length > 0) ? ['absent'] : []
  return [...direct, ...list, ...absent]
}

/** Another spelling of the one literal that is listed. */
const literals: Proposer = function* ({ input, issues }) {
  for (const { kind, path, expected } of issues) {
    const [value] = valuesAt(input, path)
    if (kind !== 'value' || typeof value !== 'string') continue
    const listed = listedIn(expected)
    const same = listed.filter((literal) => isSpelling(value, literal))
    const [to] = same
    if (to === undefined || same.length > 1 || typeof to === 'object') continue
    const at = generalPath(path)
    yield proposal('map-value', { path: at, map: { [value]: to } }, at)
  }
}

function isSpelling(value: string, literal: Json): boolean {
  if (typeof literal === 'string') return plainSpelling(literal) === plainSpelling(value)
  return typeof literal === 'number' && String(literal) === value
}

/** A number with its own unit. */
const units: Proposer = function* ({ input, issues }) {
  for (const { kind, path, expected } of issues) {
    const [value] = valuesAt(input, path)
    const quantity = kind === 'type' && value !== undefined ? quantityOf(value) : undefined
    if (!quantity || !expected) continue
    const spellings = statedUnit(
      quantity.unit,
      pathSegments(path).findLast((name) => !/^\d+$/.test(name)) ?? '',
      expected,
    )
    const at = generalPath(path)
    if (spellings) yield proposal('strip-unit', { path: at, units: spellings }, at)
  }
}

/** Numbers with grouped digits. */
const grouped: Proposer = function* ({ input, issues }) {
  for (const { kind, path } of issues) {
    const [value] = valuesAt(input, path)
    if (kind !== 'type' || typeof value !== 'string' || !/^-?\d{1,3}(?:[,. ]\d{3})/.test(value)) continue
    const at = generalPath(path)
    for (const from of ['#,###.#', '#.###,#', '# ###,#'])
      yield proposal('reformat-value', { path: at, from, to: 'number' }, at)
  }
}

/** Names of what a model writes for itself beside the arguments. */
const THOUGHTS = new Set([
  'thought',
  'thoughts',
  'thinking',
  'reasoning',
  'rationale',
  'explanation',
  'chainofthought',
  'scratchpad',
])

/**
 * Unknown arguments that carry nothing the tool could have meant: empty ones, ones that repeat another argument's text,
 * and what the model writes to itself. All others may be data under a wrong name, or a wish (`dry_run`) that must not
 * be lost in silence; and so may an empty list or a repeated text where an argument of that type is free.
 */
const extras: Proposer = function* ({ schema, input, issues }) {
  for (const { kind, path } of issues) {
    const [value] = valuesAt(input, path)
    const [name = '', ...below] = pathSegments(path)
    if (kind !== 'unexpected' || value === undefined) continue
    const at = generalPath(path)
    if (isEmpty(value)) {
      if (value === null || (below.length === 0 && !hasRoomFor(value, schema, input)))
        yield proposal('drop-argument', { path: at, only: 'empty' }, '')
    } else if (
      below.length === 0 &&
      (isThought(name, value, schema, input) ||
        (repeats(value, path, input, issues) && !hasRoomFor(value, schema, input)))
    )
      yield proposal('drop-argument', { path: at }, '')
  }
}

/** Whether an argument that is not given could take the value. */
function hasRoomFor(value: Json, schema: JsonObject, input: Json): boolean {
  if (!isJsonObject(schema.properties) || !isJsonObject(input)) return true
  return Object.entries(schema.properties).some(([name, member]) => {
    if (Object.hasOwn(input, name) || !isJsonObject(member)) return false
    const types = allowedTypes(member, schema)
    return types.length === 0 || types.includes(jsonType(value))
  })
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

function repeats(value: Json, path: string, input: Json, issues: readonly SchemaIssue[]): boolean {
  if (typeof value !== 'string' || value.length < 3 || !isJsonObject(input)) return false
  const refused = new Set(issues.map((issue) => issue.path))
  return Object.entries(input).some(([name, other]) => {
    const place = pathOf([name])
    return place !== path && !refused.has(place) && other === value
  })
}

/** Names of arguments that a tool may have for just such a text. */
const NOTES =
  /reason|explanation|justification|rationale|comment|note|description|message|summary|details?|thought|purpose|content|text|body/i

function isThought(name: string, value: Json, schema: JsonObject, input: Json): boolean {
  if (typeof value !== 'string' || !THOUGHTS.has(plainSpelling(name)) || !isJsonObject(input)) return false
  const declared = isJsonObject(schema.properties) ? Object.keys(schema.properties) : []
  return declared.every((key) => Object.hasOwn(input, key) || !NOTES.test(key))
}

/** In the order in which they are tried: containers before names, names before values. */
const PROPOSERS: readonly Proposer[] = [containers, names, types, units, grouped, literals, extras]

export function* proposalsFor(question: Question): Iterable<Proposal> {
  for (const propose of PROPOSERS) yield* propose(question)
}

/** Dates and times in another format than the one that the contract states, whatever the schema lets pass. */
export function* dateProposals(contract: ToolContract, input: Json): Iterable<Proposal> {
  for (const { value, segments } of textsIn(input, [])) {
    const schema =
      /^[\d\p{L}].*\d/su.test(value) && value.length <= 30
        ? argumentSchema(contract, pathOf(segments))
        : undefined
    const to = statedFormat(schema)
    if (to === undefined) continue
    const at = generalPath(pathOf(segments))
    for (const from of writtenFormats(value, to)) yield proposal('reformat-value', { path: at, from, to }, at)
  }
}

function listedIn(schema: JsonObject | undefined): Json[] {
  if (!schema) return []
  if (Array.isArray(schema.enum)) return schema.enum
  if (schema.const !== undefined) return [schema.const]
  const members = Array.isArray(schema.anyOf) ? schema.anyOf : Array.isArray(schema.oneOf) ? schema.oneOf : []
  return members.flatMap((member) => (isJsonObject(member) ? listedIn(member) : []))
}

const MAX_DEPTH = 4

function objectsIn(value: Json, segments: string[]): { object: JsonObject; segments: string[] }[] {
  if (segments.length > MAX_DEPTH || typeof value !== 'object' || value === null) return []
  const own = isJsonObject(value) ? [{ object: value, segments }] : []
  return [...own, ...Object.entries(value).flatMap(([key, member]) => objectsIn(member, [...segments, key]))]
}

function textsIn(value: Json, segments: string[]): { value: string; segments: string[] }[] {
  if (typeof value === 'string') return [{ value, segments }]
  if (segments.length > MAX_DEPTH || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...segments, key]))
}
