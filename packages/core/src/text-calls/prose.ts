/** A part of a text that could be a call, with what stands before and after it. */
export type Block = { body: string; before: string; after: string }

const FENCE = /^[ \t]*```[ \t]*([\w+-]*)[^\n`]*\n([\s\S]*?)^[ \t]*```[ \t]*$/gm

/** The one fenced block of a text; undefined where there is none, or more than one to choose from. */
export function onlyFence(text: string): Block | undefined {
  const [fence, ...others] = text.matchAll(FENCE)
  if (!fence || others.length > 0 || (text.match(/```/g)?.length ?? 0) !== 2) return undefined
  return {
    body: (fence[2] ?? '').trim(),
    before: text.slice(0, fence.index).trim(),
    after: text.slice(fence.index + fence[0].length).trim(),
  }
}

/** The lines from the last one that begins with a bracket or a call, up to the end, after a paragraph of prose. */
export function lastLines(text: string): Block | undefined {
  const trimmed = text.trim()
  const starts = [...trimmed.matchAll(/\n[ \t]*(?=[{[]|[\p{L}_][\p{L}\p{N}_.]*\()/gu)]
  const start = starts.find(({ index }) => !/^[ \t]/.test(trimmed.slice(index + 1)))
  if (!start) return undefined
  return { body: trimmed.slice(start.index).trim(), before: trimmed.slice(0, start.index).trim(), after: '' }
}

const MAX_BEFORE = 600

/**
 * Whether prose around a block leaves no doubt that the block is the call itself: it comes last, shortly announced.
 * Prose that asks, that shows an example or a form, that says what could, should not or did happen, is talk about a
 * call, and so is whatever goes on after it.
 */
export function announces({ before, after }: Block): boolean {
  if (after !== '') return false
  if (before.length > MAX_BEFORE || /[`{}]/.test(before)) return false
  return !isTalk(before)
}

/** Whether prose speaks of calls that could, should not or did happen, or shows what they look like. */
export function isTalk(text: string): boolean {
  return TALK.test(text)
}

/** Words of talk about calls, in the languages that prompts are most often written in; question marks of any script. */
const TALK = new RegExp(
  [
    '[?？؟]',
    "\\b(?:not|never|no|cannot|without|avoid|unless|until|instead)\\b|n['’]t\\b",
    '\\b(?:if|whenever|would|could|should|might|example|e\\.g|sample|such as|format|syntax|schema|template|usage)\\b',
    '\\b(?:you|we|one|it|they|that|this|user|users|someone) (?:can|may|must|need|have|want)\\b|\\b(?:must|to call|how to)\\b',
    '\\b(?:previous|previously|earlier|already|failed|tried|was|were|had|did|last|history|log|returned|responded)\\b',
    '\\b(?:like this|looks like|similar|documentation|docs|explains?|described|definition)\\b',
    '\\b(?:nicht|kein|keine|wenn|falls|würde|könnte|sollte|beispiel|z\\.\\s?b|bereits)\\b',
    '\\b(?:pas|jamais|si|exemple|pourrait|devrait|déjà|ejemplo|nunca|podría|debería|ya)\\b',
    '例如|比如|示例|例子|如果|不要|可以|应该|例えば|場合|예를',
  ].join('|'),
  'iu',
)
