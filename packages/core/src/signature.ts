import type { Category } from './failure.ts'
import { shortHash } from './hash.ts'
import type { Json } from './json.ts'
import { keyText, maskMessage } from './mask.ts'
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
  return `${category}:${toolKey(tool)}:${keyHash(keyText(maskMessage(message, input, rawInput)))}`
}

/** The same failures come again and again. */
const hashes = new Map<string, string>()
const MAX_HASHES = 1_024

function keyHash(text: string): string {
  const known = hashes.get(text)
  if (known !== undefined) return known
  const hash = shortHash(text, 12)
  if (hashes.size >= MAX_HASHES) hashes.clear()
  hashes.set(text, hash)
  return hash
}
