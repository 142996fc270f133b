import { defineIntervention, type Kind } from '../intervention.ts'
import { isJsonObject } from '../json.ts'
import { schemaCheck } from '../schema.ts'
import { readTextCalls } from '../text-calls/read-text-calls.ts'
import type { ToolCall } from '../trajectory.ts'

/**
 * Makes calls of what a model wrote as text: the tags and tokens of the model families, XML, ReAct, fenced JSON, call
 * expressions. Asked with a call of its tool whose `rawInput` is the text, and with the tools that the model was shown.
 * It answers for the whole text, once: where the first call is of its tool, with all calls in their order. Every call
 * must fit its contract; a text cut short, or one that merely talks about a call, is left alone.
 */
export const rescueTextCall: Kind = defineIntervention({
  kind: 'rescue-text-call',
  layer: 'action',
  risk: 'form',
  phase: 'call',
  validation: 'edit',
  actions: ['emit-calls', 'replace-call'],
  options: { type: 'object', properties: {}, additionalProperties: false },
  compile: () => (context) => {
    const { rawInput, ...call } = context.call
    const { contract } = context
    if (rawInput === undefined || call.approved || !contract) return undefined
    const found = readTextCalls(rawInput, context.contracts ?? [contract])
    if (found === undefined || found === 'broken') return undefined
    if (found[0]?.contract.tool.name !== contract.tool.name) return undefined
    const calls = found.map(({ contract: { tool }, input }, position): ToolCall | undefined => {
      if (!isJsonObject(input)) return undefined
      // The host gives ids; siblings must differ until it has.
      const id = position === 0 ? call.id : `${call.id}-${position}`
      return { ...call, id, tool, index: call.index + position, input }
    })
    if (!calls.every((one) => one !== undefined)) return undefined
    const fits = found.every(({ contract: { inputSchema }, input }) => {
      return !inputSchema || input === undefined || schemaCheck(inputSchema)(input).length === 0
    })
    if (!fits) return undefined
    const [only, ...others] = calls
    return only && others.length === 0 ? { type: 'replace-call', call: only } : { type: 'emit-calls', calls }
  },
})
