import { isJsonObject, type Json, type JsonObject, pathOf } from './json.ts'
import { type SchemaCheck, type SchemaIssue, schemaCheck } from './schema.ts'

/**
 * An object schema taken apart into its frame (names, requiredness) and its arguments, so that an edit of one argument
 * need not have the others validated again. Undefined for schemas whose arguments depend on one another.
 */
type Parts = { frame: SchemaCheck; byName: Map<string, SchemaCheck> }

const parts = new WeakMap<JsonObject, Parts | 'whole'>()

/** Keywords under which each argument can be judged on its own. */
const SEPARABLE = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', '$defs', 'definitions'],
  ...['title', 'description', '$schema', 'examples', '$comment'],
])

function partsOf(schema: JsonObject): Parts | undefined {
  let known = parts.get(schema)
  if (!known) {
    known = takeApart(schema) ?? 'whole'
    parts.set(schema, known)
  }
  return known === 'whole' ? undefined : known
}

function takeApart(schema: JsonObject): Parts | undefined {
  const { properties, additionalProperties, $defs, definitions } = schema
  if (schema.type !== 'object' || !isJsonObject(properties)) return undefined
  if (additionalProperties !== undefined && typeof additionalProperties !== 'boolean') return undefined
  if (!Object.keys(schema).every((keyword) => SEPARABLE.has(keyword))) return undefined
  // A reference to anything but a definition would lose its target.
  if (
    /"\$(?:id|anchor|dynamicRef|recursiveRef)"|"\$ref":"(?!#\/(?:\$defs|definitions)\/)/.test(
      JSON.stringify(schema),
    )
  )
    return undefined
  const shared = {
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
  }
  // A boolean schema is kept in the frame; definitions of its own would hide the shared ones.
  const own = Object.entries(properties)
  if (own.some(([, part]) => isJsonObject(part) && ('$defs' in part || 'definitions' in part)))
    return undefined
  const names = own.map(([name]) => name)
  const open = own.map(([name, part]) => [name, isJsonObject(part) ? {} : part] as const)
  const frame = schemaCheck({ ...schema, properties: Object.fromEntries(open) })
  const byName = new Map<string, SchemaCheck>()
  for (const name of names) {
    const own = properties[name]
    if (isJsonObject(own)) byName.set(name, schemaCheck({ ...shared, ...own }))
  }
  return { frame, byName }
}

/** Issues of edited arguments that the original ones did not have. `before` absent: all of them. */
export function addedIssues(
  schema: JsonObject,
  before: Json | undefined,
  after: Json,
): readonly SchemaIssue[] {
  const apart = isJsonObject(before) && isJsonObject(after) ? partsOf(schema) : undefined
  if (!apart || !isJsonObject(before) || !isJsonObject(after)) {
    const check = schemaCheck(schema)
    return without(check(after), () => (before === undefined ? [] : check(before)))
  }
  const added = sameNames(before, after) ? [] : [...without(apart.frame(after), () => apart.frame(before))]
  for (const name of Object.keys(after)) {
    if (after[name] === before[name]) continue
    const issues = argumentIssues(apart, name, after[name])
    added.push(...without(issues, () => argumentIssues(apart, name, before[name])))
  }
  return added
}

/** Then the frame finds the same fault with both. */
function sameNames(a: JsonObject, b: JsonObject): boolean {
  const names = Object.keys(b)
  return names.length === Object.keys(a).length && names.every((name) => Object.hasOwn(a, name))
}

/**
 * Whether arguments break a schema in a way that counts; the argument `first` is looked at first, because one issue is
 * enough.
 */
export function breaksSchema(
  schema: JsonObject,
  input: Json,
  first?: string,
  counts: (issue: Pick<SchemaIssue, 'kind' | 'keyword'>) => boolean = () => true,
): boolean {
  const own = isJsonObject(input) && first !== undefined ? input[first] : undefined
  if (
    own !== undefined &&
    partsOf(schema)
      ?.byName.get(first as string)?.(own)
      .some(counts)
  )
    return true
  return schemaCheck(schema)(input).some(counts)
}

function argumentIssues({ byName }: Parts, name: string, value: Json | undefined): SchemaIssue[] {
  if (value === undefined) return []
  const issues = byName.get(name)?.(value) ?? []
  return issues.map((issue) => ({ ...issue, path: `${pathOf([name])}${issue.path}` }))
}

/** What was wrong before is looked for only where something is wrong now. */
function without(
  issues: readonly SchemaIssue[],
  known: () => readonly SchemaIssue[],
): readonly SchemaIssue[] {
  if (issues.length === 0) return issues
  const before = new Set(known().map(issueKey))
  return issues.filter((issue) => !before.has(issueKey(issue)))
}

function issueKey({ kind, path }: SchemaIssue): string {
  return `${kind} ${path}`
}
