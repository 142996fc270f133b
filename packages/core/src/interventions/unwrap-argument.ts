import { editedCall, OPTION_PATH, parentOf } from '../edit.ts'
import { type CallContext, defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject, type Json, type JsonObject, valuesAt } from '../json.ts'
import { readLeniently } from '../lenient-json.ts'
import { plainSpelling } from '../spelling.ts'

type Options = JsonObject & { path: string }

/** What may stand beside wrapped arguments without being one: the rest of a provider's envelope. */
const ENVELOPE = new Set([
  'id',
  'type',
  'index',
  'call_id',
  'tool_call_id',
  'name',
  'tool',
  'tool_name',
  'function',
])

/**
 * Takes arguments out of an object around them: `{ path: '/arguments' }` makes `{ city: 'Paris' }` of
 * `{ arguments: { city: 'Paris' } }`, also where the inner object is written as JSON text. Acts on dead calls only,
 * where the contract does not know the outer name but knows the inner ones (in some spelling), and where nothing else stands beside it
 * than the tool's own name and ids.
 */
export const unwrapArgument: Kind = defineIntervention<Options>({
  kind: 'unwrap-argument',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['replace-call'],
  touches: ({ path }) => path,
  options: {
    type: 'object',
    properties: { path: OPTION_PATH },
    required: ['path'],
    additionalProperties: false,
  },
  compile({ path }) {
    const wrapper = parentOf(path)
    if (wrapper?.parent !== '') throw new Error('unwrap-argument needs the name of an argument')
    return (context) => editedCall(context, unwrapped(context, path, wrapper.name))
  },
})

function unwrapped(context: CallContext, path: string, name: string): Json | undefined {
  const { call, contract } = context
  const outer = call.input
  if (!isJsonObject(outer) || !Object.hasOwn(outer, name) || context.issues().length === 0) return undefined
  const declared = contract?.inputSchema?.properties
  if (!isJsonObject(declared) || Object.hasOwn(declared, name)) return undefined
  const isEnvelope = Object.entries(outer).every(
    ([key, value]) =>
      key === name || (!Object.hasOwn(declared, key) && saysNothing(key, value, call.tool.name)),
  )
  if (!isEnvelope) return undefined
  const [written] = valuesAt(outer, path)
  const inner = typeof written === 'string' ? readLeniently(written) : written
  if (!isJsonObject(inner)) return undefined
  const known = new Set(Object.keys(declared).map(plainSpelling))
  const names = Object.keys(inner)
  const isKnown = (key: string) => known.has(plainSpelling(key))
  // What a closed contract refuses outside, it refuses inside too: nothing is let in with the rest.
  const closed = contract?.inputSchema?.additionalProperties === false
  return names.every(isKnown) || (closed && names.some(isKnown)) ? inner : undefined
}

function saysNothing(key: string, value: Json, tool: string): boolean {
  if (!ENVELOPE.has(key)) return false
  if (key === 'type') return value === 'function' || value === 'tool_call' || value === 'tool_use'
  if (key === 'id' || key === 'index' || key.endsWith('_id')) return typeof value !== 'object'
  return typeof value === 'string' && plainSpelling(value) === plainSpelling(tool)
}
