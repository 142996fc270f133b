import { isJsonObject, type Json, type JsonObject, jsonEqual, pathOf } from '../../json.ts'
import { type Tool, toolKey } from '../../tool.ts'
import { draftOf, groupBy } from '../draft.ts'
import { type CalledTool, defineInducer, type Inducer, type Pair } from '../evidence.ts'

/**
 * Proposes `insert-step`: before every success after a failure of one kind, one tool had been called for the first time,
 * with nothing but arguments of the call itself. Whether the layer may call it is for the user's word to decide.
 */
export const prerequisiteInducer: Inducer = defineInducer({
  name: 'prerequisite',
  *propose(evidence) {
    const found = evidence.pairs.filter(({ failed, relation }) => {
      return relation !== 'switched' && failed.failure.category.startsWith('state.')
    })
    for (const recovered of groupBy(found, ({ failed }) => failed.failure.signature).values()) {
      const before = onlyCalled(recovered, evidence.tool)
      const input = before && argumentsFor(recovered, before)
      if (!before || !input) continue
      yield draftOf(evidence, {
        inducer: 'prerequisite',
        kind: 'insert-step',
        options: {
          insert: before.tool.name,
          place: 'before',
          ...(Object.keys(input).length > 0 ? { input } : {}),
        },
        covered: recovered.map(({ failed }) => ({ failed, paired: true })),
      })
    }
  },
})

/** The one tool of the same origin that was newly called in each of them. */
function onlyCalled(recovered: readonly Pair[], { origin, ...own }: Tool): CalledTool | undefined {
  const keys = recovered.map(({ newlyCalled }) => newlyCalled.map(({ tool }) => toolKey(tool)))
  const always = (recovered[0] as Pair).newlyCalled.filter(({ tool }) => {
    if (tool.origin !== origin || tool.name === own.name) return false
    return keys.every((list) => list.includes(toolKey(tool)))
  })
  return always.length === 1 ? always[0] : undefined
}

/** Each argument of the inserted call, by the argument of the failed one that held the same each time. */
function argumentsFor(recovered: readonly Pair[], { tool, input }: CalledTool): JsonObject | undefined {
  if (!isJsonObject(input)) return undefined
  const sources: JsonObject = {}
  for (const name of Object.keys(input)) {
    const own = Object.keys(isJsonObject(recovered[0]?.failed.input) ? recovered[0].failed.input : {})
    const same = own.find((argument) =>
      recovered.every(({ failed, newlyCalled }) => {
        const called = newlyCalled.find((one) => toolKey(one.tool) === toolKey(tool))
        const given = memberOf(called?.input, name)
        return given !== undefined && jsonEqual(given, memberOf(failed.input, argument) ?? null)
      }),
    )
    if (same === undefined) return undefined
    sources[name] = { argument: pathOf([same]) }
  }
  return sources
}

function memberOf(input: Json | undefined, name: string): Json | undefined {
  return isJsonObject(input) && Object.hasOwn(input, name) ? input[name] : undefined
}
