import type { EvidenceRank, Verdict } from './failure.ts'
import { isJsonObject, type Json, pathOf, pathSegments, valuesAt } from './json.ts'
import { parseExactly } from './json-text.ts'
import type { SchemaIssue } from './schema.ts'
import { verdict } from './verdict.ts'

type Issue = Pick<SchemaIssue, 'kind' | 'path' | 'message'> & Partial<Pick<SchemaIssue, 'expected'>>

/**
 * One verdict for the ways in which arguments break a contract: what causes the rest is named, in the order wrong
 * container, misnamed, missing, unknown name, type, value. Nothing was executed: whoever checks, checks before.
 */
export function contractVerdict(
  issues: readonly Issue[],
  rank: EvidenceRank,
  input: Json | undefined,
): Verdict | undefined {
  const of = (kind: SchemaIssue['kind']) => issues.filter((issue) => issue.kind === kind)
  const [missing, unexpected, type, value] = [of('missing'), of('unexpected'), of('type'), of('value')]
  const name = (category: Verdict['category'], first: Issue, all: readonly Issue[] = issues) =>
    verdict(category, rank, messages(first, all), { effect: 'none', path: first.path })

  const contained = type.find((issue) => isWrongContainer(issue, input))
  if (contained) return name('parse.wrong_container', contained)
  const misnamed = unexpected.find(({ path }) =>
    missing.some((other) => parentPath(other.path) === parentPath(path)),
  )
  if (misnamed) return name('contract.misnamed_param', misnamed, [...unexpected, ...missing])
  if (missing[0]) return name('contract.missing_param', missing[0])
  if (unexpected[0]) return name('contract.misnamed_param', unexpected[0])
  if (type[0]) return name('contract.type', type[0])
  return value[0] && name('contract.value', value[0])
}

/** Evidence names each argument at fault once, the decisive one first. */
function messages(first: Issue, issues: readonly Issue[]): string {
  const ordered = [first, ...issues.filter((issue) => issue !== first)]
  return ordered.map(({ kind, path, message }) => `${kind} ${path || '(arguments)'}: ${message}`).join('\n')
}

/** JSON text where the object or list itself is wanted, or anything but an object as the arguments. */
function isWrongContainer({ path }: Issue, input: Json | undefined): boolean {
  if (input === undefined) return false
  if (path === '') return !isJsonObject(input)
  const value = valuesAt(input, path)[0]
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return false
  const parsed = parseExactly(value)
  return typeof parsed === 'object' && parsed !== null
}

function parentPath(path: string): string {
  return pathOf(pathSegments(path).slice(0, -1))
}
