import type { Json } from '../json.ts'
import type { ToolCall } from '../trajectory.ts'

/** Calls with longer arguments are counted, but no sample keeps them. */
const MAX_INPUT_LENGTH = 8_192

export function isSmall({ input, rawInput }: ToolCall): boolean {
  return (rawInput?.length ?? 0) + roughLength(input, MAX_INPUT_LENGTH) <= MAX_INPUT_LENGTH
}

/** Characters of the texts in a value, roughly; stops when it has more than `enough`. */
function roughLength(value: Json | undefined, enough: number): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 4
  let length = 2
  for (const member of Object.values(value)) {
    length += 8 + roughLength(member, enough - length)
    if (length > enough) break
  }
  return length
}
