import { isJsonObject, type Json } from './json.ts'

/** The advice stands after the error, in the place of a result where texts stand. */
export function withAdvice(view: Json, text: string): Json {
  if (typeof view === 'string') return view.trimEnd() === '' ? text : `${view.trimEnd()}\n${text}`
  if (isJsonObject(view) && Array.isArray(view.content))
    return { ...view, content: [...view.content, { type: 'text', text }] }
  if (isJsonObject(view) && !Object.hasOwn(view, 'advice')) return { ...view, advice: text }
  return `${typeof view === 'object' ? JSON.stringify(view) : String(view)}\n${text}`
}
