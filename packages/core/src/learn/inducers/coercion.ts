import type { Draft } from '../../intervention.ts'
import { editAt, type Json, jsonEqual, pathSegments, valuesAt } from '../../json.ts'
import { isExactNumber, parseExactly } from '../../json-text.ts'
import { allowedTypes, type JsonType, jsonType, schemaCheck } from '../../schema.ts'
import { argumentSchema } from '../../tool.ts'
import { editsOf, generalPath } from '../diff.ts'
import { type Covered, draftOf, groupBy, healsAt, sparesSuccesses } from '../draft.ts'
import { defineInducer, type Evidence, type FailedCall, type Inducer } from '../evidence.ts'

type Target = 'integer' | 'number' | 'boolean' | 'string' | 'json' | 'array' | 'element' | 'absent'
type Coercion = { path: string; to: Target; covered: Covered }

/**
 * Proposes `coerce-argument` where a value of the wrong JSON type says losslessly what the right type would. The
 * contract alone is proof enough; without one, a pair in which the model wrote it anew in the other type.
 */
export const coercionInducer: Inducer = defineInducer({
  name: 'coercion',
  *propose(evidence) {
    const found = [
      ...fromPairs(evidence),
      ...evidence.failures.flatMap((failed) => fromContract(failed, evidence)),
    ]
    for (const atPath of groupBy(found, ({ path }) => path).values()) {
      const best = [...groupBy(atPath, ({ to }) => to).values()].sort((a, b) => b.length - a.length)[0] ?? []
      yield* coercionDraft(evidence, best)
    }
  },
})

function* coercionDraft(evidence: Evidence, found: readonly Coercion[]): Iterable<Draft> {
  const { path, to } = found[0] as Coercion
  const calls = groupBy(found, ({ covered }) => `${covered.failed.episode} ${covered.failed.step}`)
  const covered = [...calls.values()].map(
    (twins) => (twins.find((t) => t.covered.paired) ?? (twins[0] as Coercion)).covered,
  )
  const types = allowedTypes(argumentSchema(evidence.contract, path), evidence.contract?.inputSchema)
  const spared = sparesSuccesses(evidence, undefined, (input) =>
    editAt(input, path, (value) => (types.includes(jsonType(value)) ? undefined : coerced(value, to))),
  )
  if (spared)
    yield draftOf(evidence, {
      inducer: 'coercion',
      kind: 'coerce-argument',
      options: { path, to },
      path,
      covered,
    })
}

function fromContract(failed: FailedCall, { contract }: Evidence): Coercion[] {
  const schema = contract?.inputSchema
  const { input } = failed
  if (!schema || input === undefined) return []
  return schemaCheck(schema)(input).flatMap((issue): Coercion[] => {
    const [value] = valuesAt(input, issue.path)
    if (issue.kind !== 'type' || issue.path === '' || value === undefined) return []
    const wanted = allowedTypes(issue.expected, schema)
    const to = targetFor(value, wanted, schema, issue.path)
    if (to === undefined) return []
    const expect = to === 'absent' ? undefined : editAt(input, issue.path, (old) => coerced(old, to))
    if (expect !== undefined && !healsAt(schema, input, expect, issue.path)) return []
    const covered = { failed, paired: false, ...(expect === undefined ? {} : { expect }) }
    return [{ path: generalPath(issue.path), to, covered }]
  })
}

/** The one type of those wanted into which the value goes without loss; undefined where there is none or a choice. */
function targetFor(
  value: Json,
  wanted: readonly JsonType[],
  schema: { required?: Json },
  path: string,
): Target | undefined {
  if (value === null) {
    const [name = '', ...below] = pathSegments(path)
    const required = Array.isArray(schema.required) && schema.required.includes(name)
    return below.length === 0 && !required ? 'absent' : undefined
  }
  const targets: Target[] = wanted.includes('number')
    ? ['number']
    : wanted.includes('integer')
      ? ['integer']
      : []
  if (wanted.includes('boolean')) targets.push('boolean')
  if (wanted.includes('object') || wanted.includes('array')) targets.push('json')
  if (wanted.includes('string') && typeof value !== 'object') targets.push('string')
  const direct = targets.filter((to) => wantedAfter(coerced(value, to), wanted))
  if (direct.length > 0) return direct.length === 1 ? direct[0] : undefined
  const wrapping: Target[] = ['array', 'element']
  return wrapping.find((to) => wantedAfter(coerced(value, to), wanted))
}

function wantedAfter(value: Json | undefined, wanted: readonly JsonType[]): boolean {
  return value !== undefined && wanted.includes(jsonType(value))
}

function* fromPairs({ pairs, contract, profile }: Evidence): Iterable<Coercion> {
  for (const { pair, before, after, changes } of editsOf(pairs)) {
    for (const { type, path, before: old, after: next } of changes) {
      if (type !== 'changed' || old === undefined || next === undefined || jsonType(old) === jsonType(next))
        continue
      // A value of a type that the contract or some success allows was not at fault for its type.
      const allowed = allowedTypes(argumentSchema(contract, path), contract?.inputSchema)
      if (allowed.includes(jsonType(old)) || profile.arguments.get(path)?.types[jsonType(old)]) continue
      const to = TARGETS.find((target) => {
        const made = coerced(old, target)
        return made !== undefined && jsonEqual(made, next)
      })
      if (to === undefined) continue
      const expect = editAt(before, path, (value) => coerced(value, to))
      yield { path, to, covered: { failed: pair.failed, expect, paired: jsonEqual(expect, after) } }
    }
  }
}

const TARGETS: readonly Target[] = ['integer', 'number', 'boolean', 'string', 'json', 'array', 'element']

/** The value in another type, where writing it back would give the same text; undefined elsewhere. */
function coerced(value: Json, to: Target): Json | undefined {
  if (to === 'array')
    return typeof value === 'object' || /[,;|\n[\]{}]/.test(String(value)) ? undefined : [value]
  if (to === 'element') return Array.isArray(value) && value.length === 1 ? value[0] : undefined
  if (to === 'string')
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  if (typeof value !== 'string') return undefined
  if (to === 'boolean') return /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined
  if (to === 'json') {
    const parsed = /^\s*[[{]/.test(value) ? parseExactly(value) : undefined
    return typeof parsed === 'object' ? parsed : undefined
  }
  const pattern = to === 'integer' ? /^(?:0|-?[1-9]\d{0,15})$/ : /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?$/
  return pattern.test(value) && isExactNumber(value, Number(value)) ? Number(value) : undefined
}
