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
  return `${category}:${toolKey(tool)}:${keyHash(maskMessage(message, input, rawInput))}`
}

const keyHash = remembering((masked: string): string => shortHash(keyText(masked), 12))
