import { isJsonObject, type Json } from './json.ts'

/**
 * The advice stands after the error, in the place of a result where texts stand. Whoever reads a list or a number must
 * go on finding one, so these are left as they are.
 */
export function withAdvice(view: Json, text: string): Json {
  if (typeof view === 'string') return view.trimEnd() === '' ? text : `${view.trimEnd()}\n${text}`
  if (isParts(view)) return [...view, { type: 'text', text }]
  if (!isJsonObject(view)) return view
  if (isParts(view.content)) return { ...view, content: [...view.content, { type: 'text', text }] }
  return Object.hasOwn(view, 'advice') ? view : { ...view, advice: text }
}

/** Content parts as MCP, LangChain and most providers write them. */
function isParts(value: Json | undefined): value is Json[] {
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every((part) => isJsonObject(part) && part.type === 'text' && typeof part.text === 'string')
}
