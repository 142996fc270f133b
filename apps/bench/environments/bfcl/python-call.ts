import { Float, memberName, type PyObject, type PyValue } from '../recorded/python-json.ts'

/** A call as it is written in Python. */
export type PythonCall = { tool: string; positional: PyValue[]; named: PyObject }

const TOKEN =
  /\s*(?:(?<number>-?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?)|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<name>\w+)|(?<mark>[()[\]{},:=]))/y
const CONSTANTS = new Map<string, PyValue>([
  ['None', null],
  ['True', true],
  ['False', false],
])
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }

/**
 * Reads one call whose arguments are literals.
 * @throws SyntaxError for anything else.
 */
export function parseCall(source: string): PythonCall {
  const tokens = tokensOf(source)
  let at = 0
  const peek = (): string | undefined => tokens[at]?.mark
  const expect = (mark: string): void => {
    if (tokens[at++]?.mark !== mark) throw new SyntaxError(`${mark} expected: ${source}`)
  }

  function value(): PyValue {
    const { number, text, name, mark } = tokens[at++] ?? {}
    if (number !== undefined) return /[.eE]/.test(number) ? new Float(Number(number)) : Number(number)
    if (text !== undefined) return unquoted(text)
    if (name !== undefined && CONSTANTS.has(name)) return CONSTANTS.get(name) as PyValue
    if (mark === '[') return listed(']', value)
    if (mark === '{') return Object.fromEntries(listed('}', member))
    throw new SyntaxError(`no literal: ${source}`)
  }
  function member(): [string, PyValue] {
    const key = value()
    if (typeof key !== 'string') throw new SyntaxError(`no text as a key: ${source}`)
    expect(':')
    return [memberName(key), value()]
  }
  function listed<T>(end: string, item: () => T): T[] {
    const items: T[] = []
    while (peek() !== end) {
      items.push(item())
      if (peek() !== end) expect(',')
    }
    at++
    return items
  }

  const tool = tokens[at++]?.name
  if (tool === undefined) throw new SyntaxError(`no call: ${source}`)
  expect('(')
  const call: PythonCall = { tool, positional: [], named: {} }
  listed(')', () => {
    const name = tokens[at + 1]?.mark === '=' ? tokens[at]?.name : undefined
    if (name === undefined) return call.positional.push(value())
    at += 2
    call.named[name] = value()
    return 0
  })
  if (at < tokens.length) throw new SyntaxError(`more than a call: ${source}`)
  return call
}

type Token = { number?: string; text?: string; name?: string; mark?: string }

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  const end = source.trimEnd().length
  TOKEN.lastIndex = 0
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    const found = TOKEN.exec(source)
    if (!found) throw new SyntaxError(`unreadable at ${at}: ${source}`)
    tokens.push(found.groups as Token)
  }
  return tokens
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (whole, char: string) => {
    if (char === '\\' || char === "'" || char === '"') return char
    return ESCAPES[char] ?? whole
  })
}
