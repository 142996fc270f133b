import type { Category } from './failure.ts'
import { shortHash } from './hash.ts'
import type { Json } from './json.ts'
import { keyText, maskMessage } from './mask.ts'
import { remembering } from './remember.ts'
import { type Tool, toolKey } from './tool.ts'

export { maskMessage }

/**
 * The stable key for "the same failure again": a pure function of category, tool and the masked tokens of the error,
 * and so the same in every process and on every replay. Readable on purpose: `contract.type:add:1f0c9a3b5d7e`.
 */
export function signatureOf(
  category: Category,
  tool: Tool,
  message: string,
  input?: Json,
  rawInput?: string,
): string {
  const { hash, known } = keyed(maskMessage(message, input, rawInput))
  for (const one of known)
    if (one.category === category && one.tool.name === tool.name && one.tool.origin === tool.origin)
      return one.signature
  const signature = `${category}:${toolKey(tool)}:${hash}`
  if (known.length < MAX_KNOWN) known.push({ category, tool, signature })
  return signature
}

/** Signatures that are remembered with one masked message. */
const MAX_KNOWN = 8

/** One text for one signature, so that it need not be put together and hashed anew each time it is looked up. */
type Known = { category: Category; tool: Tool; signature: string }

const keyed = remembering((masked: string): { hash: string; known: Known[] } => ({
  hash: shortHash(keyText(masked), 12),
  known: [],
}))
