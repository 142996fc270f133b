import { isJsonObject, type Json, type JsonObject, pathSegments, valuesAt } from '../../json.ts'
import { allowedTypes, type SchemaIssue, schemaCheck } from '../../schema.ts'
import { toolKey } from '../../tool.ts'
import { editsOf, generalPath, type PairEdit } from '../diff.ts'
import { type Covered, draftOf, groupBy, literalScope } from '../draft.ts'
import { defineInducer, type Evidence, type FailedCall, type Inducer, type Pair } from '../evidence.ts'
import { boundaryPrefix } from '../profile.ts'
import { distinctKeys } from '../sample.ts'

type Advice = { advice: string; slots: JsonObject; path?: string; covered: Covered[]; scope?: string }

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

const MIN_VALUES = 5

/** All successes begin alike, failed calls of one message do not, and those that were repaired then did. */
function sharedPrefix(evidence: Evidence): Advice[] {
  return [...evidence.profile.arguments].flatMap(([path, { prefix: common = '', distinct }]): Advice[] => {
    const prefix = boundaryPrefix(common)
    if (!isWord(prefix) || distinctKeys(distinct) < MIN_VALUES || !isSlot({ prefix })) return []
    const has = (text: string) => text.startsWith(prefix)
    const groups = groupBy(
      coveredBy(evidence, path, (text) => !has(text)),
      signatureOf,
    )
    const covered = [...groups].flatMap(([signature, ofOne]) => {
      const edits = editsOf(evidence.pairs).filter(({ pair }) => pair.failed.failure.signature === signature)
      const repaired = ({ before, after }: PairEdit) => {
        return !textsAt(before, path).every(has) && textsAt(after, path).every(has)
      }
      return edits.length > 0 && edits.every(repaired) ? ofOne : []
    })
    const scope = literalScope([...evidence.successes, ...covered.map(({ failed }) => failed)])
    if (covered.length === 0 || !scope) return []
    return [{ advice: 'argument-prefix', slots: { argument: nameOf(path), prefix }, path, covered, ...scope }]
  })
}

/** Digits that all texts begin with (`2026-`, `+49-`) are what happened to be asked for, not how it is written. */
function isWord(prefix: string): boolean {
  return prefix !== '' && (/\p{L}/u.test(prefix) || !/\d/.test(prefix))
}

/** Every success is shorter than every failure of one message, and the message names a number in between. */
function lengthLimit(evidence: Evidence): Advice[] {
  return [...evidence.profile.arguments].flatMap(([path, { lengths, values }]): Advice[] => {
    if (!lengths || values < MIN_VALUES) return []
    const groups = groupBy(
      coveredBy(evidence, path, (text) => text.length > lengths.max),
      signatureOf,
    )
    const found = [...groups.values()].flatMap((covered) => {
      const shortest = Math.min(...covered.map(({ failed }) => longestAt(failed, path)))
      const limit = numbersIn(covered).find((number) => number >= lengths.max && number <= shortest)
      return covered.length < 2 || limit === undefined || limit < 10 ? [] : [{ limit, covered }]
    })
    return [...groupBy(found, ({ limit }) => String(limit)).values()].map((same) => ({
      advice: 'argument-limit',
      slots: { argument: nameOf(path), limit: same[0]?.limit as number },
      path,
      covered: same.flatMap(({ covered }) => covered),
    }))
  })
}

function signatureOf({ failed }: Covered): string {
  return failed.failure.signature
}

function longestAt({ input }: FailedCall, path: string): number {
  return Math.max(0, ...textsAt(input, path).map(({ length }) => length))
}

/** Numbers that stand in every one of the messages. */
function numbersIn(covered: readonly Covered[]): number[] {
  const [first, ...others] = covered.map(({ failed }) => failed.message.match(/\d+/g)?.map(Number) ?? [])
  return (first ?? []).filter((number) => others.every((numbers) => numbers.includes(number)))
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
      const keys = recovered.map(({ newlyCalled }) => newlyCalled.map((one) => toolKey(one.tool)))
      const newly = (recovered[0] as Pair).newlyCalled.map((one) => one.tool)
      const always = newly.filter((called) => {
        return toolKey(called) !== toolKey(tool) && keys.every((list) => list.includes(toolKey(called)))
      })
      const [only] = always
      if (always.length !== 1 || only === undefined || !isSlot({ tool: only.name })) return []
      const covered = recovered.map(({ failed }) => ({ failed, paired: true }))
      return [{ advice: 'call-first', slots: { tool: only.name }, covered }]
    },
  )
}

function coveredBy({ failures }: Evidence, path: string, test: (text: string) => boolean): Covered[] {
  const failing = failures.filter(({ input }) => textsAt(input, path).some(test))
  return failing.map((failed) => ({ failed, paired: false }))
}

function textsAt(input: Json | undefined, path: string): string[] {
  return valuesAt(input, path).filter((value) => typeof value === 'string')
}

function nameOf(path: string): string {
  return pathSegments(path)
    .filter((segment) => !/^(?:\d+|\*)$/.test(segment))
    .join('.')
}

/** Slots hold short words only; what does not fit is not said. */
function isSlot(slots: JsonObject): boolean {
  return (
    Object.values(slots)
      .flat()
      .every((value) => {
        if (typeof value === 'number' || typeof value === 'boolean') return true
        return (
          typeof value === 'string' &&
          value.length > 0 &&
          value.length <= 64 &&
          !/[\s\p{C}\p{Z}]/u.test(value)
        )
      }) &&
    Object.values(slots).every((value) => !Array.isArray(value) || (value.length > 0 && value.length <= 64))
  )
}
