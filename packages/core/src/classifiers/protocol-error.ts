import { type Category, type Classifier, defineClassifier } from '../failure.ts'
import { failureFacts } from '../failure-facts.ts'
import { verdict } from '../verdict.ts'

/** JSON-RPC 2.0 and MCP codes that say more than "the protocol failed". -32602 with a text is read elsewhere. */
const CATEGORY_OF: Readonly<Record<number, Category>> = {
  [-32601]: 'resolve.unknown_tool',
  [-32602]: 'contract.value',
  [-32002]: 'state.not_found', // MCP: resource not found.
  [-32000]: 'exec.unavailable', // MCP: connection closed.
}
/** Servers give it to whatever their tools throw: what that was stands in the message. */
const INTERNAL = -32603
const FLATTENED = /^(?:Error: )?(?:MCP|JSON-?RPC) error (-32\d{3})\b/i

/** A JSON-RPC error in the place of a tool result, which many hosts never show the model. */
export const protocolError: Classifier = defineClassifier({
  name: 'protocol-error',
  categories: [
    'resolve.unknown_tool',
    'contract.value',
    'state.not_found',
    'exec.unavailable',
    'exec.protocol',
  ],
  on: 'facts',
  classify(step) {
    const facts = failureFacts(step.result)
    if (!facts) return undefined
    const { code, message } = facts
    if (typeof code === 'number' && code >= -32768 && code <= -32000 && code !== -32001) {
      const category = CATEGORY_OF[code] ?? (code >= -32099 ? undefined : 'exec.protocol')
      const rank = code === INTERNAL ? 'text' : code === -32602 ? 'protocol' : 'typed'
      if (category) return verdict(category, rank, `${code}: ${message}`)
    }
    // As text it is a tool's error like any other; only where the text says nothing else does the code decide.
    const flattened = Number(FLATTENED.exec(message)?.[1])
    const category = flattened < -32099 ? (CATEGORY_OF[flattened] ?? 'exec.protocol') : undefined
    return category && category !== 'contract.value' ? verdict(category, 'text', message) : undefined
  },
})
