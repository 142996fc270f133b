import { isJsonObject, type JsonObject, valuesAt } from '../../json.ts'
import { allowedTypes, type SchemaIssue, schemaCheck } from '../../schema.ts'
import { editsOf, generalPath } from '../diff.ts'
import { draftOf, groupBy } from '../draft.ts'
import { defineInducer, type Evidence, type Inducer } from '../evidence.ts'
import {
  type Advice,
  isSlot,
  lengthLimit,
  MIN_VALUES,
  nameOf,
  sharedPrefix,
  signatureOf,
} from '../learnt-advice.ts'
import { alwaysCalled } from '../missed-steps.ts'

/**
 * Proposes `explain-error` where no edit is safe: what distinguishes the calls that succeed, in closed vocabulary. What
 * it says comes from the contract or from the tool's successes, never from the text of an error.
 */
export const explainErrorInducer: Inducer = defineInducer({
  name: 'explain-error',
  *propose(evidence) {
    const advised = [
      ...fromContract(evidence),
      ...sharedPrefix(evidence),
      ...lengthLimit(evidence),
      ...alwaysGiven(evidence),
      ...calledFirst(evidence),
    ]
    for (const { advice, slots, path, covered, scope } of advised)
      yield draftOf(evidence, {
        inducer: 'explain-error',
        kind: 'explain-error',
        options: { advice, slots },
        ...(path === undefined ? {} : { path }),
        covered,
        ...(scope === undefined ? {} : { scope }),
      })
  },
})

function fromContract({ contract, failures }: Evidence): Advice[] {
  const schema = contract?.inputSchema
  if (!schema) return []
  const found = failures.flatMap((failed) => {
    const issues = failed.input === undefined ? [] : schemaCheck(schema)(failed.input)
    return issues.flatMap((issue) => {
      const said = adviceFor(issue, schema)
      return said && isSlot(said.slots) ? [{ ...said, path: generalPath(issue.path), failed }] : []
    })
  })
  const groups = groupBy(found, ({ advice, slots }) => `${advice} ${JSON.stringify(slots)}`)
  return [...groups.values()].map((group) => {
    const { advice, slots, path } = group[0] as (typeof found)[number]
    return { advice, slots, path, covered: group.map(({ failed }) => ({ failed, paired: false })) }
  })
}

function adviceFor(
  issue: SchemaIssue,
  schema: JsonObject,
): { advice: string; slots: JsonObject } | undefined {
  // What is wrong with an element is not wrong with the list that has the name.
  if (/\/\d+$/.test(issue.path)) return undefined
  const argument = nameOf(issue.path)
  if (issue.kind === 'missing') return { advice: 'missing-argument', slots: { argument } }
  if (issue.kind === 'value' && Array.isArray(issue.expected?.enum))
    return { advice: 'allowed-values', slots: { argument, values: issue.expected.enum } }
  if (issue.kind === 'unexpected' && isJsonObject(schema.properties) && !issue.path.slice(1).includes('/'))
    return { advice: 'known-arguments', slots: { arguments: Object.keys(schema.properties) } }
  const types = issue.kind === 'type' ? allowedTypes(issue.expected, schema) : []
  const type = types.includes('number') ? 'number' : types[0]
  if (type !== undefined) return { advice: 'argument-type', slots: { argument, type } }
  return undefined
}

/** An argument that every success gives, and that the model added whenever it repaired this failure. */
function alwaysGiven(evidence: Evidence): Advice[] {
  const { profile, contract } = evidence
  if (contract?.inputSchema || profile.calls < MIN_VALUES) return []
  return [...profile.arguments].flatMap(([path, argument]): Advice[] => {
    const slots = { argument: nameOf(path) }
    if (path === '' || path.slice(1).includes('/') || argument.calls < profile.calls || !isSlot(slots))
      return []
    const covered = evidence.failures
      .filter(({ input }) => isJsonObject(input) && valuesAt(input, path).length === 0)
      .map((failed) => ({ failed, paired: false }))
    const proven = [...groupBy(covered, signatureOf)].flatMap(([signature, ofOne]) => {
      const edits = editsOf(evidence.pairs).filter(({ pair }) => pair.failed.failure.signature === signature)
      const adds = edits.every(({ changes }) =>
        changes.some(({ type, path: at }) => type === 'added' && at === path),
      )
      return edits.length > 0 && adds ? ofOne : []
    })
    return proven.length === 0 ? [] : [{ advice: 'missing-argument', slots, path, covered: proven }]
  })
}

/** Before every success after such a failure, one tool was called for the first time. */
function calledFirst({ pairs, tool }: Evidence): Advice[] {
  const found = pairs.filter(({ failed }) => failed.failure.category.startsWith('state.'))
  return [...groupBy(found, ({ failed }) => failed.failure.signature).values()].flatMap(
    (recovered): Advice[] => {
      if (new Set(recovered.map(({ failed }) => failed.episode)).size < 2) return []
      const [only, ...others] = alwaysCalled(recovered, tool).map((called) => called.tool)
      if (only === undefined || others.length > 0 || !isSlot({ tool: only.name })) return []
      const covered = recovered.map(({ failed }) => ({ failed, paired: true }))
      return [{ advice: 'call-first', slots: { tool: only.name }, covered }]
    },
  )
}
