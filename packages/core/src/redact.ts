import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { RedactionConfig } from './config.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { isPlainName } from './redaction/entropy.ts'
import { accepts, cookieSpans, findSecrets, type Span, schemeOf } from './redaction/find-secrets.ts'
import { secretType } from './redaction/secret-formats.ts'
import { judgeKey, type KeyVerdict, plainName } from './redaction/secret-keys.ts'

/**
 * Replaces secrets by tokens such as `‹secret:github:9f3a1c04b2de›`: the type, then 12 digits of an HMAC-SHA-256 under
 * the redactor's key. Equal secrets have equal tokens under one key, wherever they stand, so values can still be
 * compared; nothing of the secret can be got back. What is around a secret (a scheme, the user and host of an address,
 * the names of cookies) stays.
 */
export type Redactor = {
  /** The value without secrets: the same reference where there were none. The value itself is never changed. */
  redact(value: Json): Json
  text(value: string): string
}

const TOKEN = /‹secret:[a-z-]{2,16}:[0-9a-f]{12}›/g
const MARK = '‹secret:'
/** Deeper, and more, than any real argument; beyond it nothing is looked at, so nothing is let through. */
const MAX_DEPTH = 200
const MAX_VALUES = 1_000_000
const REMEMBERED_NAMES = 4_096
const MAX_PASSES = 8
/** No secret is shorter together with what tells it. */
const SHORTEST = 8

/** Whether a text holds a token of a redactor. */
export function isRedacted(text: string): boolean {
  return text.includes(MARK) && text.search(TOKEN) >= 0
}

export function createRedactor(config: RedactionConfig = {}): Redactor {
  const userNames = new Set((config.keys ?? []).map(plainName))
  const patterns = (config.patterns ?? []).map(
    ({ source, flags }) => new RegExp(source, `${flags.replace(/[gy]/g, '')}g`),
  )
  const verdicts = new Map<string, KeyVerdict>()
  let left = 0
  let key: Uint8Array | undefined

  function judge(name: string): KeyVerdict {
    let verdict = verdicts.get(name)
    if (verdict === undefined && !verdicts.has(name)) {
      verdict = userNames.has(plainName(name)) ? 'number' : judgeKey(name)
      if (verdicts.size >= REMEMBERED_NAMES) verdicts.clear()
      verdicts.set(name, verdict)
    }
    return verdict
  }

  function token(secret: string): string {
    // Drawn late: some runtimes give no randomness before the first request.
    key ??=
      config.key === undefined
        ? globalThis.crypto.getRandomValues(new Uint8Array(32))
        : utf8ToBytes(config.key)
    const digest = bytesToHex(hmac(sha256, key, utf8ToBytes(secret))).slice(0, 12)
    return `${MARK}${secretType(secret)}:${digest}›`
  }

  function replace(text: string, spans: readonly Span[]): string {
    if (spans.length === 0) return text
    let result = ''
    let at = 0
    for (const { start, end } of merged(spans, text)) {
      result += text.slice(at, start) + token(text.slice(start, end))
      at = end
    }
    return result + text.slice(at)
  }

  /** One pass can uncover another secret, because what stood before it is gone; so it goes on until nothing is found. */
  function text(value: string): string {
    let clean = value
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      const next = replace(clean, spansOf(clean))
      if (next === clean) break
      clean = next
    }
    return clean
  }

  function spansOf(value: string): Span[] {
    const spans = value.length < SHORTEST ? [] : findSecrets(value, judge, userNames.size > 0)
    for (const pattern of patterns)
      for (const match of value.matchAll(pattern))
        if (match[0] !== '') spans.push({ start: match.index, end: match.index + match[0].length })
    return spans
  }

  /** A value under a name that announces a secret. */
  function secret(given: Json, name: string, verdict: KeyVerdict, depth: number): Json {
    const value = plainLeaf(given)
    if (typeof value === 'number')
      return verdict === 'number' || accepts(verdict === 'code' ? 'code' : undefined, String(value))
        ? token(String(value))
        : value
    if (Array.isArray(value))
      return mapped(value, (item) =>
        typeof item === 'object' ? walk(item, depth + 1) : secret(item, name, verdict, depth + 1),
      )
    if (isJsonObject(value)) return walk(value, depth, userNames.has(plainName(name)) ? name : undefined)
    if (typeof value !== 'string') return value
    if (!accepts(verdict, value) || isRedacted(value)) return text(value)
    const cookies = /cookies?$/i.test(name) ? cookieSpans(value, name) : []
    const start = schemeOf(value) || value.length - value.trimStart().length
    return text(replace(value, cookies.length > 0 ? cookies : [{ start, end: value.trimEnd().length }]))
  }

  /** `under`: the name of a secret whose members are all secrets. */
  function walk(value: Json, depth: number, under?: string): Json {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null) {
      const plain = plainLeaf(value)
      return typeof plain === 'string' ? text(plain) : plain
    }
    if (depth > MAX_DEPTH || left-- <= 0) return '…'
    if (Array.isArray(value)) return mapped(value, (item) => walk(item, depth + 1))
    const { toJSON } = value as { toJSON?: unknown }
    if (typeof toJSON === 'function') return walk(toJSON.call(value), depth + 1, under)
    const named = nameOfPair(value)
    let copy: JsonObject | undefined
    for (const name of Object.keys(value)) {
      const member = value[name] as Json
      const owner = under ?? (name === 'value' && named !== undefined ? named : name)
      const verdict = judge(owner)
      const next = verdict ? secret(member, owner, verdict, depth + 1) : plainMember(member, name, depth)
      const nextName = name.length >= 16 ? text(name) : name
      if (copy === undefined && next === member && nextName === name) continue
      copy ??= copyUpTo(value, name)
      set(copy, nextName, next)
    }
    return copy ?? value
  }

  /** What its field calls an id, a digest or a cursor is none of the random-looking secrets. */
  function plainMember(member: Json, name: string, depth: number): Json {
    if (typeof member !== 'string' || member.length < 32 || !isPlainName(name)) return walk(member, depth + 1)
    return text(`${name}:${member}`).slice(name.length + 1)
  }

  return {
    redact(value) {
      left = MAX_VALUES
      return walk(value, 0)
    },
    text,
  }
}

/** Hosts hand over what is no JSON too: the store takes nothing else, and one such value must not cost an event. */
function plainLeaf(value: Json): Json {
  const given: unknown = value
  if (typeof given === 'bigint') return String(given)
  return typeof given === 'function' || typeof given === 'symbol' ? null : value
}

/** Overlapping spans as one; a span that touches a token is left, what stands there was redacted before. */
function merged(spans: readonly Span[], text: string): Span[] {
  const tokens = text.includes(MARK) ? text.matchAll(TOKEN) : [][Symbol.iterator]()
  let token = tokens.next().value
  const result: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    while (token && token.index + token[0].length <= span.start) token = tokens.next().value
    if (token && token.index < span.end) continue
    const last = result.at(-1)
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end)
    else result.push({ ...span })
  }
  return result
}

/** Headers and variables are often lists of `{ name: 'Authorization', value: '…' }`. */
function nameOfPair(value: JsonObject): string | undefined {
  if (!Object.hasOwn(value, 'value')) return undefined
  const name = value.name ?? value.key
  return typeof name === 'string' ? name : undefined
}

function mapped(items: Json[], map: (item: Json) => Json): Json[] {
  let copy: Json[] | undefined
  items.forEach((item, index) => {
    const next = map(item)
    if (next === item) return
    copy ??= [...items]
    copy[index] = next
  })
  return copy ?? items
}

function copyUpTo(value: JsonObject, stop: string): JsonObject {
  const copy: JsonObject = {}
  for (const name of Object.keys(value)) {
    if (name === stop) break
    set(copy, name, value[name] as Json)
  }
  return copy
}

/** Plain assignment would lose a member that is called `__proto__`. */
function set(object: JsonObject, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
  else object[name] = value
}
