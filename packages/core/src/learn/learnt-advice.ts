import { type Json, type JsonObject, pathSegments, valuesAt } from '../json.ts'
import { editsOf, type PairEdit } from './diff.ts'
import { type Covered, groupBy, literalScope } from './draft.ts'
import type { Evidence, FailedCall } from './evidence.ts'
import { boundaryPrefix } from './profile.ts'
import { distinctKeys } from './sample.ts'

/** Advice in closed vocabulary (see `renderAdvice`), with the failed calls that it is for. */
export type Advice = { advice: string; slots: JsonObject; path?: string; covered: Covered[]; scope?: string }

/** Values below which nothing is said of what all of them have in common. */
export const MIN_VALUES = 5

/** All successes begin alike, failed calls of one message do not, and those that were repaired then did. */
export function sharedPrefix(evidence: Evidence): Advice[] {
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
export function lengthLimit(evidence: Evidence): Advice[] {
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

export function signatureOf({ failed }: Covered): string {
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

function coveredBy({ failures }: Evidence, path: string, test: (text: string) => boolean): Covered[] {
  const failing = failures.filter(({ input }) => textsAt(input, path).some(test))
  return failing.map((failed) => ({ failed, paired: false }))
}

function textsAt(input: Json | undefined, path: string): string[] {
  return valuesAt(input, path).filter((value) => typeof value === 'string')
}

/** An argument by its names joined by dots; elements of lists have no name. */
export function nameOf(path: string): string {
  return pathSegments(path)
    .filter((segment) => !/^(?:\d+|\*)$/.test(segment))
    .join('.')
}

/** Slots hold short words only; what does not fit is not said. */
export function isSlot(slots: JsonObject): boolean {
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
