import { isJsonObject, type Json, type JsonObject, jsonEqual, valuesAt } from '../json.ts'
import { allowedTypes, jsonType } from '../schema.ts'
import { namesBornOut, type TableNames } from '../sql-knowledge.ts'
import type { ToolStep } from '../trajectory.ts'
import { numbersIn, sumOf } from './amounts.ts'

/** How a failure went on: the failed step, what was called in between, and the next success of the same tool. */
export type Recovery = { failed: ToolStep; between: readonly ToolStep[]; next: ToolStep | undefined }

/**
 * Whether what the model did next agrees with a hint (options of `explain-error`, `explain-names`, `sequence-card`,
 * or a call that is inserted): true and false where its next
 * successful call bears the advice out or shows it wrong, undefined where this cannot be told.
 */
export function hintAgrees(options: JsonObject, recovery: Recovery): boolean | undefined {
  const slots = isJsonObject(options.slots) ? options.slots : {}
  const { failed, between, next } = recovery
  const before = failed.executed.input
  const after = next?.executed.input
  const same = next !== undefined && jsonEqual(before ?? null, after ?? null)
  if (isJsonObject(options.tables)) return namesAgree(options, before, after)
  const wasCalled = (name: Json | undefined) =>
    between.some(({ call, result }) => call.tool.name === name && result.outcome === 'ok')
  // A call that is inserted must have happened in between, and succeeded.
  if (typeof options.insert === 'string') return next ? wasCalled(options.insert) : undefined
  if (Array.isArray(options.tools)) return next ? calledInOrder(options.tools, between) : undefined
  switch (options.advice) {
    case 'try-later':
      return next ? same : undefined
    case 'same-again':
      return next ? !same : undefined
    case 'already-done':
    case 'not-permitted':
      return same ? false : undefined
    case 'call-first':
      return next ? wasCalled(slots.tool) : undefined
    case 'call-instead':
      return wasCalled(slots.tool) ? true : same ? false : undefined
    case 'shorten-input':
      return next ? JSON.stringify(after ?? '').length < sizeOf(failed) : undefined
    case 'misnamed-argument':
      return after === undefined ? undefined : stands(after, slots.to) && !stands(after, slots.from)
    case 'known-arguments':
      return isJsonObject(after) && Array.isArray(slots.arguments)
        ? Object.keys(after).every((name) => (slots.arguments as Json[]).includes(name))
        : undefined
    case 'missing-argument':
      return after === undefined ? undefined : stands(after, slots.argument)
    case 'only-one-argument':
      return after === undefined || !Array.isArray(slots.arguments)
        ? undefined
        : slots.arguments.filter((argument) => stands(after, argument)).length < 2
    case 'amounts-add-up':
      return after === undefined
        ? undefined
        : addsUp(at(before, slots.argument), at(after, slots.argument), failed)
  }
  if (after === undefined || same) return same ? false : undefined
  if (options.advice === 'argument-format' || options.advice === 'look-up') {
    const values = at(after, slots.argument)
    // The form is named, not given: that the next success has another value there is all that can be seen.
    return values.length === 0 ? undefined : !jsonEqual(at(before, slots.argument), values)
  }
  return adviceHolds(options, after)
}

/** All but the last, which is the call itself, first succeeded in this order. */
function calledInOrder(tools: readonly Json[], between: readonly ToolStep[]): boolean {
  const first = tools.slice(0, -1).map((name) => {
    return between.findIndex(({ call, result }) => call.tool.name === name && result.outcome === 'ok')
  })
  return first.every((at, index) => at >= 0 && at > (first[index - 1] ?? -1))
}

/** Whether arguments are as advice says that they must be; undefined where it says nothing of them. */
export function adviceHolds(options: JsonObject, input: Json): boolean | undefined {
  const slots = isJsonObject(options.slots) ? options.slots : {}
  const values = at(input, slots.argument)
  if (values.length === 0) return undefined
  switch (options.advice) {
    case 'allowed-values':
      return Array.isArray(slots.values)
        ? values.every((value) => (slots.values as Json[]).some((one) => jsonEqual(one, value)))
        : undefined
    case 'argument-type':
      return values.every((value) => allowedTypes({ type: slots.type ?? null }).includes(jsonType(value)))
    case 'argument-prefix':
      return values.every((value) => typeof value === 'string' && value.startsWith(String(slots.prefix)))
    case 'argument-limit':
      return values.every((value) => typeof value !== 'string' || value.length <= Number(slots.limit))
    case 'known-names':
      return Array.isArray(slots.names)
        ? values.every((value) => (slots.names as Json[]).includes(value))
        : undefined
    case 'joined-list':
      return values.every((value) => typeof value === 'string')
    default:
      return undefined
  }
}

/** Hints of names (options of `explain-names`). */
function namesAgree(
  options: JsonObject,
  before: Json | undefined,
  after: Json | undefined,
): boolean | undefined {
  const [failed] = valuesAt(before, String(options.path))
  const [later] = valuesAt(after, String(options.path))
  if (typeof failed !== 'string' || typeof later !== 'string') return undefined
  return namesBornOut(failed, later, options.tables as TableNames)
}

/** The new amounts make a total that the error named; the old ones did not, or it is not what was wrong. */
function addsUp(before: readonly Json[], after: readonly Json[], { result }: ToolStep): boolean | undefined {
  const totals = numbersIn(result.error?.message ?? '')
  const old = sumOf(before)
  const sum = sumOf(after)
  if (old === undefined || sum === undefined || totals.length === 0) return undefined
  return sum !== old && totals.includes(sum)
}

function sizeOf({ executed }: ToolStep): number {
  return executed.rawInput?.length ?? JSON.stringify(executed.input ?? '').length
}

/** An argument is named in a slot by its path or by its names joined by dots; elements of lists have no name. */
function at(input: Json | undefined, argument: Json | undefined): Json[] {
  if (typeof argument !== 'string' || input === undefined) return []
  if (argument.startsWith('/')) return valuesAt(input, argument)
  if (isJsonObject(input) && Object.hasOwn(input, argument)) return [input[argument] as Json]
  let found: Json[] = [input]
  for (const name of argument.replaceAll('[]', '').split('.'))
    found = found
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .flatMap((value) => (isJsonObject(value) && Object.hasOwn(value, name) ? [value[name] as Json] : []))
  return found
}

function stands(input: Json, argument: Json | undefined): boolean {
  return at(input, argument).length > 0
}
