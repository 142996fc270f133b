import { editEvery, editedCall, hasIssueAt, OPTION_LITERAL, OPTION_PATH, parentOf } from '../edit.ts'
import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject, jsonEqual, valuesAt } from '../json.ts'
import { argumentSchema, toolKey } from '../tool.ts'
import { isWholeView } from '../trajectory.ts'

type Source =
  | { from: 'only' | 'default' }
  | { from: 'result' | 'argument'; tool: string; at: string }
  | { from: 'literal'; value: Json }
type Options = JsonObject & { path: string } & Source

/**
 * Gives a call an argument that it lacks, from a source that leaves no choice:
 * - `{ path: '/unit', from: 'only' }`: the contract allows one value; `from: 'default'`: the one that it names as default;
 * - `{ path: '/user_id', from: 'result', tool: 'find_user', at: '/id' }`: what stands there in every successful result of
 *   that tool of the same origin in this episode, where they all say the same; `from: 'argument'`: in its arguments;
 * - `{ path: '/version', from: 'literal', value: '2' }`: a value that somebody must have proven (law 6).
 * An argument that is there, whatever it holds, is left alone; so is one that the contract lets be absent, where the
 * source is the contract itself.
 */
export const fillArgument: Kind = defineIntervention<Options>({
  kind: 'fill-argument',
  layer: 'action',
  risk: 'value',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  needsEpisode: true,
  options: {
    type: 'object',
    properties: {
      path: OPTION_PATH,
      from: { enum: ['only', 'default', 'result', 'argument', 'literal'] },
      tool: { type: 'string', minLength: 1, maxLength: 256 },
      at: OPTION_PATH,
      value: { anyOf: [OPTION_LITERAL, { type: ['number', 'boolean'] }] },
    },
    required: ['path', 'from'],
    oneOf: [
      { properties: { from: { enum: ['only', 'default'] }, tool: false, at: false, value: false } },
      { properties: { from: { enum: ['result', 'argument'] }, value: false }, required: ['tool', 'at'] },
      { properties: { from: { const: 'literal' }, tool: false, at: false }, required: ['value'] },
    ],
    additionalProperties: false,
  },
  riskFor: ({ from }) => (from === 'only' ? 'form' : 'value'),
  compile({ path, ...source }) {
    const argument = parentOf(path)
    if (!argument) throw new Error('fill-argument needs the name of an argument')
    return (context) => {
      const { call, contract } = context
      if (contract?.inputSchema && !argumentSchema(contract, path)) return undefined
      if (isContractSource(source) && !isMissing(context, path)) return undefined
      let value: Json | undefined
      const filled = editEvery(call.input, argument.parent, (parent) => {
        if (!isJsonObject(parent)) return 'refuse'
        if (Object.hasOwn(parent, argument.name)) return 'keep'
        value ??= valueFrom(source, context, path)
        return value === undefined ? 'refuse' : { to: { ...parent, [argument.name]: value } }
      })
      return editedCall(context, filled)
    }
  },
})

function isContractSource({ from }: Source): boolean {
  return from === 'only' || from === 'default'
}

function isMissing({ issues }: CallContext, path: string): boolean {
  return hasIssueAt(
    issues().filter(({ kind }) => kind === 'missing'),
    path,
  )
}

function valueFrom(source: Source, context: CallContext, path: string): Json | undefined {
  switch (source.from) {
    case 'only':
      return onlyValue(argumentSchema(context.contract, path))
    case 'default':
      return argumentSchema(context.contract, path)?.default
    case 'literal':
      return source.value
    default:
      return seenValue(source, context)
  }
}

function onlyValue(schema: JsonObject | undefined): Json | undefined {
  if (schema?.const !== undefined) return schema.const
  return Array.isArray(schema?.enum) && schema.enum.length === 1 ? schema.enum[0] : undefined
}

/** Two different values leave a choice, and a step that is no longer remembered may have held a second one. */
function seenValue(
  { from, tool, at }: Extract<Source, { tool: string }>,
  { call, history, forgot }: CallContext,
): Json | undefined {
  if (forgot) return undefined
  const wanted = toolKey({ origin: call.tool.origin, name: tool })
  const seen = history.flatMap(({ executed, result }) => {
    if (toolKey(executed.tool) !== wanted || result.outcome !== 'ok') return []
    return valuesAt(from === 'argument' ? executed.input : result.view(), at)
  })
  const [first] = seen
  if (typeof first !== 'string' && typeof first !== 'number' && typeof first !== 'boolean') return undefined
  return isWholeView(first) && seen.every((value) => jsonEqual(value, first)) ? first : undefined
}
