import { isJsonObject, type Json } from './json.ts'

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

/** What stands above a list of what is wrong, and says no more than that something is. */
const HEADING =
  /^(?:(?:request|input|schema|body|query|data|param(?:eter)?|argument)s? )?(?:validation (?:failed|failure|errors?)|bad request|invalid (?:request|input|data|param(?:eter)?s?)|unprocessable (?:entity|content))\W*$/i
/** Messages of a list that are read. */
const MOST_LISTED = 4

/**
 * What an object tells in words: one message, or several in a list (NestJS); where the message is but a heading, with what is
 * listed under it. OAuth 2.0 has a name of its own for it (RFC 6749 §5.2).
 */
export function toldIn(object: { readonly [key: string]: Json }): string | undefined {
  const { message, detail, details, error_description: description } = object
  if (typeof message === 'string' && HEADING.test(message.trim())) {
    const listed = [object.errors, object.data, details].map(listedIn).find(Boolean)
    if (listed) return `${message.replace(/\W*$/, '')}: ${listed}`
  }
  return [message, detail, details, description]
    .map((told) => (typeof told === 'string' ? told : listedIn(told)))
    .find((told) => told?.trim())
}

function listedIn(list: Json | undefined): string | undefined {
  if (!Array.isArray(list)) return undefined
  const texts = list
    .map((item) => (isJsonObject(item) ? (item.message ?? item.msg) : item))
    .filter((text) => typeof text === 'string')
  return texts.length === 0 ? undefined : texts.slice(0, MOST_LISTED).join('\n')
}
