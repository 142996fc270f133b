import type { Category } from '../failure.ts'
import { type Guard, guardPasses } from '../guard.ts'
import type { Draft, Fixture, Trust } from '../intervention.ts'
import { type ArgumentPath, canonicalJson, type Json, type JsonObject, jsonEqual } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { anchorOf } from '../tool.ts'
import type { CallRecord, Evidence, FailedCall } from './evidence.ts'

/** A failed call that a draft explains; `expect` is what it should have been, `paired` that a later success says so. */
export type Covered = { failed: FailedCall; expect?: Json; paired: boolean }

export type DraftParts = {
  inducer: string
  kind: string
  options: JsonObject
  /** The argument it touches; absent where it touches none. */
  path?: ArgumentPath
  when?: Guard
  covered: readonly Covered[]
  /** Tenant it is bound to, from `literalScope`. */
  scope?: string
  /** Default `observed`: calls that were made, and verdicts of the layer itself. */
  trust?: Trust
}

const MAX_EPISODES = 20
const MAX_FIXES = 8
const MAX_LEAVES = 12

/** The category of most of the calls; among equals the first in the alphabet. */
function commonest(covered: readonly Covered[]): Category {
  const groups = groupBy(covered, ({ failed }) => failed.failure.category)
  const [first] = [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
  return (first?.[0] ?? 'unknown') as Category
}

/** Completes what an inducer found to a draft: category, signatures, support, prediction and fixtures follow from the evidence. */
export function draftOf(evidence: Evidence, parts: DraftParts): Draft {
  const { covered, path, when, scope } = parts
  const signatures = [...new Set(covered.map(({ failed }) => failed.failure.signature))].sort()
  const episodes = [...new Set(covered.map(({ failed }) => failed.episode))].sort()
  const examined = evidence.failures.filter(({ failure }) => signatures.includes(failure.signature)).length
  return {
    kind: parts.kind,
    options: parts.options,
    tool: evidence.tool,
    category: commonest(covered),
    signatures,
    ...(path === undefined ? {} : { anchor: { path, hash: anchorOf(evidence.contract, path) } }),
    ...(when === undefined ? {} : { when }),
    ...(scope === undefined ? {} : { scope }),
    origin: {
      inducer: parts.inducer,
      trust: parts.trust ?? 'observed',
      episodes: episodes.slice(0, MAX_EPISODES),
      support: {
        pairs: covered.filter(({ paired }) => paired).length,
        episodes: episodes.length,
        subjects: subjectsOf(covered.map(({ failed }) => failed)),
        failures: examined,
      },
      prediction: { removes: shareLowerBound(covered.length, Math.max(examined, covered.length)) },
      fixtures: { fixes: fixesOf(covered), leaves: leavesOf(evidence) },
    },
  }
}

export function subjectsOf(records: readonly CallRecord[]): number {
  return new Set(records.flatMap(({ subject }) => (subject === undefined ? [] : [subject]))).size
}

/** Wilson's lower bound at 90 % (one-sided) of a share, rounded down to two digits. */
export function shareLowerBound(hits: number, total: number): number {
  if (total === 0) return 0
  const z = 1.2816
  const share = hits / total
  const centre = share + z ** 2 / (2 * total)
  const spread = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2))
  return Math.max(0, Math.floor(((centre - spread) / (1 + z ** 2 / total)) * 100) / 100)
}

/** One of each distinct input, from as many episodes as possible. */
function fixesOf(covered: readonly Covered[]): Fixture[] {
  const seen = new Set<string>()
  const ordered = [...covered].sort((a, b) => Number(b.paired) - Number(a.paired))
  const fixes: { episode: string; fixture: Fixture }[] = []
  for (const { failed, expect } of ordered) {
    const text = failed.rawInput ?? canonicalJson(failed.input ?? null)
    if (seen.has(text)) continue
    seen.add(text)
    const fixture: Fixture = {
      ...(failed.input === undefined ? {} : { input: failed.input }),
      ...(failed.rawInput === undefined ? {} : { rawInput: failed.rawInput }),
      error: failed.message.slice(0, 200),
      ...(expect === undefined ? {} : { expect }),
      episode: failed.episode,
    }
    fixes.push({ episode: failed.episode, fixture })
  }
  const first = fixes.filter(({ episode }, index) => fixes.findIndex((f) => f.episode === episode) === index)
  const rest = fixes.filter((fix) => !first.includes(fix))
  return [...first, ...rest].slice(0, MAX_FIXES).map(({ fixture }) => fixture)
}

function leavesOf({ successes }: Evidence): Fixture[] {
  const seen = new Set<string>()
  const leaves: Fixture[] = []
  for (const { input, episode } of successes) {
    if (input === undefined || leaves.length >= MAX_LEAVES) continue
    const text = canonicalJson(input)
    if (!seen.has(text)) leaves.push({ input, episode })
    seen.add(text)
  }
  return leaves
}

/** Whether an edit under its guard leaves every recorded success as it was. An edit that throws leaves it alone. */
export function sparesSuccesses(
  { successes }: Pick<Evidence, 'successes'>,
  when: Guard | undefined,
  edit: (input: Json) => Json | undefined,
): boolean {
  return successes.every(({ input }) => {
    if (input === undefined || !guardPasses(when, input)) return true
    const edited = edit(input)
    return edited === undefined || jsonEqual(edited, input)
  })
}

/** Whether an edit heals what stands at a path (JSON Pointer) without breaking the contract anywhere anew. */
export function healsAt(schema: JsonObject, before: Json, after: Json, path: ArgumentPath): boolean {
  const check = schemaCheck(schema)
  const known = new Set(check(before).map((issue) => `${issue.kind} ${issue.path}`))
  return check(after).every((issue) => {
    const isBelow = issue.path === path || issue.path.startsWith(`${path}/`)
    return !isBelow && known.has(`${issue.kind} ${issue.path}`)
  })
}

/** Distinct subjects from which a literal may be used for all (law 6). */
const LITERAL_SUBJECTS = 3

/**
 * Where a literal that was seen in these calls may be used (law 6): everywhere when three subjects showed it, else
 * within the one tenant they all belong to; undefined where neither holds. A recording without tenants is one tenant.
 */
export function literalScope(records: readonly CallRecord[]): { scope?: string } | undefined {
  if (subjectsOf(records) >= LITERAL_SUBJECTS) return {}
  const scopes = [...new Set(records.map(({ scope }) => scope))]
  if (scopes.length !== 1) return undefined
  return scopes[0] === undefined ? {} : { scope: scopes[0] }
}

/** Groups by a key, in order of first appearance. */
export function groupBy<Member>(
  members: Iterable<Member>,
  keyOf: (member: Member) => string,
): Map<string, Member[]> {
  const groups = new Map<string, Member[]>()
  for (const member of members) {
    const key = keyOf(member)
    const group = groups.get(key)
    if (group) group.push(member)
    else groups.set(key, [member])
  }
  return groups
}
