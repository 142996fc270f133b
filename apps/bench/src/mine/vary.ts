import type { Json } from '@lifeharness/core'

/** Draws of one synthetic episode: how its digits and words come out. Seeded, so every run draws the same. */
export type Draw = { word(slot: number): string; digits(slot: number): string }

/** A text with holes for words and numbers, which one episode fills alike wherever they stand. */
export type Variable<T> = (draw: Draw) => T

/** What an episode's texts may vary in, by slot. */
export type Slots = { words: string[]; digits: string[] }

/** Runs of digits that tell one thing from another; shorter ones are statuses, codes, lines and days. */
const DIGITS = /(?<!-)\d{4,}/g
const WORDS = /\p{Ll}{5,}/gu
/** Shorter texts are names, flags and values of a fixed set. */
const MIN_PROSE = 24

/** The words in a text that another episode might have put differently. */
export function looseWords(text: string): string[] {
  return text.length < MIN_PROSE ? [] : (text.match(WORDS) ?? [])
}

/** Finds the holes of a text. What is no slot stays as it is. */
export function variableText(text: string, slots: Slots): Variable<string> {
  const parts: (string | Variable<string>)[] = []
  let end = 0
  const holes = [...text.matchAll(DIGITS), ...(text.length < MIN_PROSE ? [] : text.matchAll(WORDS))]
  for (const { 0: found, index } of holes.sort((a, b) => a.index - b.index)) {
    const hole = holeOf(found, slots)
    if (!hole || index < end) continue
    parts.push(text.slice(end, index), hole)
    end = index + found.length
  }
  if (parts.length === 0) return () => text
  parts.push(text.slice(end))
  // One piece, as texts are that were read: what is put together by `+` would be flattened when it is mined.
  return (draw) => parts.map((part) => (typeof part === 'string' ? part : part(draw))).join('')
}

function holeOf(found: string, { words, digits }: Slots): Variable<string> | undefined {
  if (/\d/.test(found)) {
    let slot = digits.indexOf(found)
    if (slot < 0) slot = digits.push(found) - 1
    return (draw) => draw.digits(slot)
  }
  const slot = words.indexOf(found)
  return slot < 0 ? undefined : (draw) => draw.word(slot)
}

/** The same for every text inside a JSON value; numbers of four digits and more vary too. */
export function variableJson(value: Json, slots: Slots): Variable<Json> {
  if (typeof value === 'string') return variableText(value, slots)
  if (typeof value === 'number' && Number.isInteger(value) && value > 999 && value < 1e12) {
    const text = variableText(String(value), slots)
    return (draw) => Number(text(draw))
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => variableJson(item, slots))
    return (draw) => items.map((item) => item(draw))
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => [key, variableJson(member, slots)] as const)
    return (draw) => {
      const object: { [key: string]: Json } = {}
      for (const [key, member] of members) object[key] = member(draw)
      return object
    }
  }
  return () => value
}
