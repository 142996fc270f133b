import type { Json } from './json.ts'

/** `Error`, `Message error...`, `An unexpected error occurred`, `Request failed`. */
const NOTHING_SAID =
  /^(?:an? )?(?:(?:unexpected|unknown|internal|message|request|api|tool|execution) ){0,2}(?:error|failure|failed)(?: (?:has )?occurred)?\W*$/i

/** Whether a message says that something failed, and no more. */
export function saysOnlyThatItFailed(message: string | undefined): boolean {
  return message !== undefined && NOTHING_SAID.test(message.trim())
}

/** Some name the kind of error in one field and say in another what is wrong. */
export function bothOf(error: Json | undefined, more: Json | undefined): string | undefined {
  if (typeof error !== 'string' || typeof more !== 'string') return undefined
  if (error.trim() === '' || more.trim() === '') return undefined
  if (error.includes(more)) return error
  return more.includes(error) || saysOnlyThatItFailed(error) ? more : `${error}: ${more}`
}
