import type { Category } from './failure.ts'
import { shortHash } from './hash.ts'
import { isJsonObject, type Json } from './json.ts'
import { type Tool, toolKey } from './tool.ts'

/**
 * Masks, in order: what is quoted before what it contains, long before short. They replace the parts of an error
 * message that differ between two occurrences of the same failure; most of the quality of grouping comes from here
 * (arXiv 2412.05254).
 */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]]+/gi, '<url>'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '<email>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/"(?:[^"\\\n]|\\.){0,400}"/g, '<q>'],
  [/`[^`\n]{0,400}`/g, '<q>'],
  [/(?<![\p{L}\p{N}])'(?:[^'\\\n]|\\.){0,400}'(?!\p{L})/gu, '<q>'],
  [/«[^»\n]{0,400}»|“[^”\n]{0,400}”|‘[^’\n]{0,400}’|„[^“”\n]{0,400}[“”]|「[^」\n]{0,400}」/g, '<q>'],
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g, '<date>'],
  [/\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/g, '<date>'],
  [/(?<![\w.])(?:~|\.{1,2})?(?:\/[\w.@%+*-]+)+\/?|[A-Za-z]:\\[^\s"']+/g, '<path>'],
  [/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<hex>'],
  [/#?\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*\b/g, '<id>'],
  [/[-+]?\d+(?:[.,]\d+)*%?/g, '<n>'],
]

const MASKED_LENGTH = 600

/**
 * An error message with its variable parts masked and white space folded; at most 600 characters. Tools like to repeat
 * what they were given: where the arguments are handed in, texts of theirs are masked too (`report final.xlsx`).
 */
export function maskMessage(message: string, input?: Json): string {
  let text = message.slice(0, 4 * MASKED_LENGTH)
  for (const value of echoed(text, input)) text = text.replaceAll(value, '<q>')
  for (const [pattern, mask] of MASKS) text = text.replace(pattern, mask)
  return text.replace(/\s+/g, ' ').trim().slice(0, MASKED_LENGTH)
}

/**
 * The stable key for "the same failure again": a pure function of category, tool and the masked tokens of the error,
 * and so the same in every process and on every replay. Readable on purpose: `contract.type:add:1f0c9a3b5d7e`.
 */
export function signatureOf(category: Category, tool: Tool, message: string, input?: Json): string {
  return `${category}:${toolKey(tool)}:${shortHash(maskMessage(message, input), 12)}`
}

/** Lower-case words are left: they are as likely words of the message itself. */
const ECHOED = /[^a-z]/

/** The texts among the arguments that stand in a message, longest first. */
function echoed(message: string, input: Json | undefined): string[] {
  const found = new Set<string>()
  const visit = (value: Json | undefined, depth: number) => {
    if (found.size >= 16 || depth > 6) return
    if (typeof value === 'string') {
      if (value.length > 2 && value.length <= 200 && ECHOED.test(value) && message.includes(value))
        found.add(value)
    } else if (Array.isArray(value)) for (const element of value.slice(0, 50)) visit(element, depth + 1)
    else if (isJsonObject(value))
      for (const member of Object.values(value).slice(0, 50)) visit(member, depth + 1)
  }
  visit(input, 0)
  return [...found].sort((a, b) => b.length - a.length)
}
