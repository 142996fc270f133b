import { COMMAND_WORDS, OPTION_LITERAL } from '../../edit.ts'
import { isJsonObject, type Json, type JsonObject, jsonEqual, pathOf } from '../../json.ts'
import { type Tool, toolKey } from '../../tool.ts'
import { draftOf, groupBy, literalScope } from '../draft.ts'
import { type CalledTool, defineInducer, type Inducer, type Pair } from '../evidence.ts'
import { alwaysCalled, isMendedByStep } from '../missed-steps.ts'

/**
 * Proposes `insert-step`: before every success after a failure of one kind, one tool had been called for the first time,
 * with arguments of the call itself, or with the same literals in several episodes (`make setup`). Whether the layer may
 * call it is for the user's word to decide.
 */
export const prerequisiteInducer: Inducer = defineInducer({
  name: 'prerequisite',
  *propose(evidence) {
    const found = evidence.pairs.filter(isMendedByStep)
    for (const recovered of groupBy(found, ({ failed }) => failed.failure.signature).values()) {
      const before = onlyCalled(recovered, evidence.tool)
      const input = before && argumentsFor(recovered, before)
      if (!before || !input) continue
      const scope = hasLiterals(input) ? literalScope(recovered.map(({ failed }) => failed)) : {}
      if (!scope) continue
      yield draftOf(evidence, {
        inducer: 'prerequisite',
        kind: 'insert-step',
        options: {
          insert: before.tool.name,
          place: 'before',
          ...(Object.keys(input).length > 0 ? { input } : {}),
        },
        ...scope,
        covered: recovered.map(({ failed }) => ({ failed, paired: true })),
      })
    }
  },
})

/** The one tool of the same origin that was newly called in each of them. */
function onlyCalled(recovered: readonly Pair[], failed: Tool): CalledTool | undefined {
  const always = alwaysCalled(recovered, failed).filter(({ tool }) => tool.origin === failed.origin)
  return always.length === 1 ? always[0] : undefined
}

/** Each argument of the inserted call, by the argument of the failed one that held the same each time. */
function argumentsFor(recovered: readonly Pair[], { tool, input }: CalledTool): JsonObject | undefined {
  if (!isJsonObject(input)) return undefined
  const sources: JsonObject = {}
  for (const name of Object.keys(input)) {
    const given = recovered.map(({ newlyCalled }) => {
      const called = newlyCalled.find((one) => toolKey(one.tool) === toolKey(tool))
      return memberOf(called?.input, name)
    })
    const own = Object.keys(isJsonObject(recovered[0]?.failed.input) ? recovered[0].failed.input : {})
    const same = own.find((argument) =>
      recovered.every(({ failed }, index) => {
        const value = given[index]
        return value !== undefined && jsonEqual(value, memberOf(failed.input, argument) ?? null)
      }),
    )
    const literal = same === undefined ? sharedLiteral(recovered, given) : undefined
    if (same === undefined && literal === undefined) return undefined
    sources[name] = same === undefined ? { value: literal as Json } : { argument: pathOf([same]) }
  }
  return sources
}

/** Episodes in which a literal must have been given alike. */
const MIN_EPISODES = 2
const LITERALS = [OPTION_LITERAL, COMMAND_WORDS].map(({ pattern }) => new RegExp(String(pattern)))
const MAX_LENGTH = 64

function sharedLiteral(recovered: readonly Pair[], given: readonly (Json | undefined)[]): Json | undefined {
  const [value] = given
  if (value === undefined || new Set(recovered.map(({ failed }) => failed.episode)).size < MIN_EPISODES)
    return undefined
  if (!given.every((other) => other !== undefined && jsonEqual(other, value))) return undefined
  if (typeof value === 'string')
    return value.length <= MAX_LENGTH && LITERALS.some((one) => one.test(value)) ? value : undefined
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

function hasLiterals(sources: JsonObject): boolean {
  return Object.values(sources).some((source) => isJsonObject(source) && 'value' in source)
}

function memberOf(input: Json | undefined, name: string): Json | undefined {
  return isJsonObject(input) && Object.hasOwn(input, name) ? input[name] : undefined
}
