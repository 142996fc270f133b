import type { Json, JsonObject } from './json.ts'
import { isExactNumber } from './json-text.ts'

/**
 * What stands behind a name. A bare word means itself only where the contract lists it; the source text of a lambda
 * stands for itself only where the contract wants a function as text.
 */
export type Argument = { value: Json } | { word: string } | { source: string }

/** `name(1, a=2)` as written. */
export type CallExpression = { name: string; positional: Json[]; named: Map<string, Argument>; end: number }

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:[.:/-][\p{L}\p{N}_$]+)*/uy
const WORD = /[\p{L}_][\p{L}\p{N}_-]*/uy
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_.])/uy
const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...(['true', 'True'] as const).map((word): [string, Json] => [word, true]),
  ...(['false', 'False'] as const).map((word): [string, Json] => [word, false]),
  ...(['null', 'None'] as const).map((word): [string, Json] => [word, null]),
])
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '"': '"', "'": "'", '\\': '\\', '/': '/', n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '0': '\0' },
}

/**
 * Reads a call as Python or JavaScript write it, literals only: an expression, a lambda, a variable or a text put
 * together from parts has no value here. Undefined where the text at a place is no such call, whole and closed.
 */
export function readCallExpression(text: string, start: number): CallExpression | undefined {
  const reader = new Reader(text, start)
  try {
    return reader.call()
  } catch (error) {
    if (error instanceof NotLiteral) return undefined
    throw error
  }
}

/** `[f(a=1), g()]`, one call, or several one after the other; undefined where anything else stands in the text. */
export function readCallExpressions(text: string): CallExpression[] | undefined {
  const trimmed = text.trim()
  const listed = trimmed.startsWith('[') && trimmed.endsWith(']')
  const body = listed ? trimmed.slice(1, -1) : trimmed
  const calls: CallExpression[] = []
  let at = 0
  while (at < body.length) {
    at += /^\s*/.exec(body.slice(at))?.[0].length ?? 0
    if (at >= body.length) break
    const call = readCallExpression(body, at)
    if (!call) return undefined
    calls.push(call)
    const rest = body.slice(call.end)
    const gap = /^\s*(?:[,;]\s*|\n\s*|$)/.exec(rest)
    if (!gap) return undefined
    at = call.end + gap[0].length
  }
  return calls.length > 0 ? calls : undefined
}

/** The value of a text that is one literal of JSON, Python or JavaScript, and nothing else. */
export function readLiteral(text: string): Json | undefined {
  const trimmed = text.trim()
  const reader = new Reader(trimmed, 0)
  try {
    const value = reader.value()
    return reader.isAtEnd() ? value : undefined
  } catch (error) {
    if (error instanceof NotLiteral) return undefined
    throw error
  }
}

class NotLiteral extends Error {}

class Reader {
  private readonly text: string
  private at: number

  constructor(text: string, at: number) {
    this.text = text
    this.at = at
  }

  call(): CallExpression {
    const name = this.match(NAME)
    const positional: Json[] = []
    const named = new Map<string, Argument>()
    this.space()
    this.expect('(')
    for (this.space(); this.peek() !== ')'; this.space()) {
      const key = this.key()
      if (key === undefined) {
        if (named.size > 0) throw new NotLiteral()
        positional.push(this.value())
      } else {
        // Written twice: which one is meant is anybody's guess.
        if (named.has(key)) throw new NotLiteral()
        named.set(key, this.argument())
      }
      this.space()
      if (this.peek() === ',') this.at++
      else if (this.peek() !== ')') throw new NotLiteral()
    }
    this.at++
    return { name, positional, named, end: this.at }
  }

  /** `name=` or `name:` ahead; consumed. */
  private key(): string | undefined {
    const start = this.at
    WORD.lastIndex = start
    const name = WORD.exec(this.text)?.[0]
    if (name === undefined) return undefined
    this.at += name.length
    this.space()
    if ((this.peek() === '=' || this.peek() === ':') && this.text[this.at + 1] !== '=') {
      this.at++
      this.space()
      return name
    }
    this.at = start
    return undefined
  }

  private argument(): Argument {
    WORD.lastIndex = this.at
    const word = WORD.exec(this.text)?.[0]
    if (word === undefined || WORDS.has(word)) return { value: this.value() }
    if (word === 'lambda') return { source: this.lambda() }
    this.at += word.length
    return { word }
  }

  /** Up to the comma or the bracket that ends the argument; commas before the colon part the parameters. */
  private lambda(): string {
    const start = this.at
    let depth = 0
    let isBody = false
    for (; this.at < this.text.length; this.at++) {
      const char = this.peek() as string
      if (depth === 0 && (char === ')' || (char === ',' && isBody)))
        return this.text.slice(start, this.at).trim()
      if (char === '"' || char === "'" || char === '\n') break
      if (char === ':') isBody = true
      if (char === '(' || char === '[' || char === '{') depth++
      if (char === ')' || char === ']' || char === '}') depth--
    }
    throw new NotLiteral()
  }

  value(): Json {
    const char = this.peek()
    if (char === '"' || char === "'") return this.quoted(char)
    if (char === '[' || char === '(') return this.list(char === '[' ? ']' : ')')
    if (char === '{') return this.object()
    NUMBER.lastIndex = this.at
    const digits = NUMBER.exec(this.text)?.[0]
    if (digits !== undefined) {
      this.at += digits.length
      const value = Number(digits)
      if (!isExactNumber(digits, value)) throw new NotLiteral()
      return value
    }
    const word = this.match(WORD)
    const value = WORDS.get(word)
    if (value === undefined) throw new NotLiteral()
    return value
  }

  private list(closer: string): Json[] {
    const items: Json[] = []
    let commas = 0
    this.at++
    for (this.space(); this.peek() !== closer; this.space()) {
      items.push(this.value())
      this.space()
      if (this.peek() === ',') {
        this.at++
        commas++
      } else if (this.peek() !== closer) throw new NotLiteral()
    }
    this.at++
    // `(1)` is a number in brackets, `(1,)` a list.
    if (closer === ')' && commas === 0 && items.length > 0) throw new NotLiteral()
    return items
  }

  private object(): JsonObject {
    const members: [string, Json][] = []
    this.at++
    for (this.space(); this.peek() !== '}'; this.space()) {
      const char = this.peek()
      const name = char === '"' || char === "'" ? this.quoted(char) : this.match(WORD)
      this.space()
      this.expect(':')
      this.space()
      if (members.some(([known]) => known === name)) throw new NotLiteral()
      members.push([name, this.value()])
      this.space()
      if (this.peek() === ',') this.at++
      else if (this.peek() !== '}') throw new NotLiteral()
    }
    this.at++
    return Object.fromEntries(members)
  }

  private quoted(quote: string): string {
    const long = quote.repeat(3)
    const closer = this.text.startsWith(long, this.at) ? long : quote
    let content = ''
    for (let at = this.at + closer.length; at < this.text.length; at++) {
      const char = this.text[at] as string
      if (this.text.startsWith(closer, at)) {
        this.at = at + closer.length
        this.space()
        // Two texts side by side are one in Python and a mistake elsewhere.
        if (this.peek() === '"' || this.peek() === "'") throw new NotLiteral()
        return content
      }
      if (char !== '\\') {
        content += char
        continue
      }
      const hex = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(this.text.slice(at + 1, at + 6))
      const escaped = this.text[at + 1] ?? ''
      if (hex) {
        content += String.fromCharCode(Number.parseInt((hex[1] ?? hex[2]) as string, 16))
        at += hex[0].length
      } else if (escaped === '\n') at++
      else if (ESCAPES[escaped] !== undefined) {
        content += ESCAPES[escaped]
        at++
      } else content += char
    }
    throw new NotLiteral()
  }

  isAtEnd(): boolean {
    this.space()
    return this.at === this.text.length
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) throw new NotLiteral()
    this.at += found.length
    return found
  }

  private expect(char: string): void {
    if (this.peek() !== char) throw new NotLiteral()
    this.at++
  }

  private peek(): string | undefined {
    return this.text[this.at]
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }
}
