import type { Json } from './json.ts'

/** What may stand between the parts of a list that is written as one text. */
export const LIST_MARKS = ['|', ';', ',', ', ', '\n'] as const

/** The elements as one text; undefined where that could not be read back. */
export function joined(list: readonly Json[], mark: string): string | undefined {
  if (list.length === 0) return undefined
  const parts = list.map((element) => (typeof element === 'number' ? String(element) : element))
  const inside = mark.trim() || mark
  const readable = parts.every(
    (part) => typeof part === 'string' && part !== '' && part.trim() === part && !part.includes(inside),
  )
  return readable ? parts.join(mark) : undefined
}
