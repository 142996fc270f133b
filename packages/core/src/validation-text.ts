import { isJsonObject, type Json, pathOf } from './json.ts'
import { patternFilter } from './pattern-filter.ts'
import { FEW, remembering } from './remember.ts'
import type { SchemaIssue } from './schema.ts'

/** An issue as a validator printed it. */
export type PrintedIssue = Pick<SchemaIssue, 'kind' | 'path' | 'message'>

type Reader = (text: string) => PrintedIssue[]
type Kind = SchemaIssue['kind']

/** Longest text in which issues are looked for, in characters. */
const MAX_TEXT = 8_000
const MAX_ISSUES = 20

/** The issues in a message that a well-known validator printed; empty where none did. */
export const printedIssues: (message: string) => readonly PrintedIssue[] = remembering((message) => {
  const text = message.slice(0, MAX_TEXT)
  for (const read of READERS) {
    const issues = read(text)
    if (issues.length > 0) return issues.slice(0, MAX_ISSUES)
  }
  return []
}, FEW)

/** Zod 3 and 4 as JSON: `[{ "code": "invalid_type", "path": ["a"], … }]`, somewhere in the text. */
const zodJson: Reader = (text) => {
  for (const { index } of [...text.matchAll(/\[\s*\{\s*"/g)].slice(0, MAX_LISTS)) {
    const issues = parseUpTo(text, index).flatMap(zodIssues)
    if (issues.length > 0) return issues
  }
  return []
}

/** What was validated may itself hold lists of objects, and stand in the text first. */
const MAX_LISTS = 8

function zodIssues(item: Json): PrintedIssue[] {
  if (!isJsonObject(item) || typeof item.code !== 'string' || !Array.isArray(item.path)) return []
  const names = item.path.map(String)
  const said = typeof item.message === 'string' ? item.message : item.code
  if (item.code === 'unrecognized_keys' && Array.isArray(item.keys))
    return item.keys.map((key) => ({
      kind: 'unexpected',
      path: pathOf([...names, String(key)]),
      message: said,
    }))
  return [{ kind: zodKind(item.code, item.received, said), path: pathOf(names), message: said }]
}

function zodKind(code: string, received: Json | undefined, message: string): Kind {
  if (code !== 'invalid_type') return 'value'
  return received === 'undefined' || message === 'Required' || /received undefined$/.test(message)
    ? 'missing'
    : 'type'
}

/** The first JSON array that begins at a place; the text after it is ignored. */
function parseUpTo(text: string, start: number): Json[] {
  for (let end = text.lastIndexOf(']'); end > start; end = text.lastIndexOf(']', end - 1)) {
    try {
      const value = JSON.parse(text.slice(start, end + 1)) as Json
      return Array.isArray(value) ? value : []
    } catch {
      // Not the end of the array: try the bracket before.
    }
  }
  return []
}

/** Zod's pretty form: `✖ Invalid input: expected string, received undefined → at user.name`. */
const zodPretty: Reader = (text) => {
  if (!text.includes('✖ ')) return []
  return [...text.matchAll(/✖ ([^\n]+)(?:\n\s*→ at ([^\n]+))?/g)].flatMap(
    ([, said = '', at = '']): PrintedIssue[] => {
      const names = dotted(at)
      const keys = /^Unrecognized keys?: (.+)$/.exec(said)?.[1]
      if (keys !== undefined)
        return quotedNames(keys).map((key) => ({
          kind: 'unexpected',
          path: pathOf([...names, key]),
          message: said,
        }))
      const kind = /received undefined$/.test(said)
        ? 'missing'
        : /^Invalid input: expected \w+, received/.test(said)
          ? 'type'
          : 'value'
      return [{ kind, path: pathOf(names), message: said }]
    },
  )
}

/** Pydantic 2: the dotted place on one line, the message with `[type=…]` on the next. */
const pydantic: Reader = (text) => {
  if (!text.includes(' [type=')) return []
  const found = text.matchAll(/^(\S[^\n]*)\n[ \t]+([^\n]+?) \[type=(\w+)/gm)
  return [...found].map(([, place = '', said = '', type = '']) => {
    return { kind: pydanticKind(type), path: pathOf(place.split('.')), message: said }
  })
}

function pydanticKind(type: string): Kind {
  if (type === 'missing' || type === 'missing_argument') return 'missing'
  if (type === 'extra_forbidden' || type === 'unexpected_keyword_argument') return 'unexpected'
  return /_(?:type|parsing)$|^(?:int_from_float|is_instance_of)$/.test(type) ? 'type' : 'value'
}

/** Python's jsonschema and Ajv, whose messages carry the name of what is missing or too much. */
const SENTENCES: readonly (readonly [Kind, RegExp])[] = [
  ['missing', /['"]([^'"\n]{1,100})['"] is a required (?:property|field|argument|parameter)/g],
  ['missing', /(?:must have|should have|does not have|missing) required property ['"]([^'"\n]{1,100})['"]/g],
  ['missing', /missing \d+ required (?:positional|keyword-only)(?: keyword)? arguments?: '([^'\n]{1,100})'/g],
  ['unexpected', /[Aa]dditional propert(?:y is|ies are) not allowed \(((?:'[^'\n]{1,100}'(?:, | and )?)+)/g],
  ['unexpected', /must NOT have additional propert(?:y|ies)(?:[:,]? ?\(?['"]([^'"\n]{1,100})['"])?/g],
  ['unexpected', /got an unexpected keyword argument '([^'\n]{1,100})'/g],
]
const possibleSentences = patternFilter(SENTENCES.map(([, pattern]) => pattern))
const sentences: Reader = (text) => {
  const possible = possibleSentences(text)
  if (possible === 0) return []
  return SENTENCES.filter((_, index) => (possible >> index) & 1).flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].flatMap(([message, named]): PrintedIssue[] => {
      const names = named === undefined ? [] : named.includes("'") ? quotedNames(named) : [named]
      if (names.length === 0) return [{ kind, path: '', message }]
      return names.map((name) => ({ kind, path: pathOf([name]), message }))
    }),
  )
}

/** The same validators on types and values: `'5' is not of type 'integer'`, `data/limit must be integer`. */
const VALUES: readonly (readonly [Kind, RegExp])[] = [
  ['type', /^.{0,200}? is not of type '\w+'(?:, '\w+')*/m],
  ['value', /^.{0,200}? is not one of \[.{0,400}/m],
  [
    'value',
    /^.{0,200}? (?:does not match '.{0,200}|is not valid under any of the given schemas|is not a '[\w-]+')/m,
  ],
  [
    'type',
    /^(?:.{0,60}: )?(?:data|input|params|arguments)?((?:[/.][\w~-]+)*) must be (?:string|number|integer|boolean|array|object|null)(?:,\w+)*$/m,
  ],
  // webpack's: ` - configuration.bail should be a boolean.`
  ['missing', /^ - (?:configuration|options)\S* misses the property '/m],
  [
    'type',
    /^ - (?:configuration|options)((?:[.[][\w\]]+)+) should be an? (?:boolean|string|number|array|object|function)\b/m,
  ],
  [
    'value',
    /^(?:.{0,60}: )?(?:data|input|params|arguments)?((?:[/.][\w~-]+)*) must (?:be equal to (?:one of the allowed values|constant)|match (?:pattern|format|exactly one schema|a schema)|NOT have (?:fewer|more) than)/m,
  ],
]
const possibleValues = patternFilter(VALUES.map(([, pattern]) => pattern))
const values: Reader = (text) => {
  const possible = possibleValues(text)
  if (possible === 0) return []
  return VALUES.filter((_, index) => (possible >> index) & 1).flatMap(([kind, pattern]): PrintedIssue[] => {
    const match = pattern.exec(text)
    return match
      ? [{ kind, path: pathOf((match[1] ?? '').split(/[/.]/).filter(Boolean)), message: match[0] }]
      : []
  })
}

/** Zod's messages on one line, as MCP servers print them: `Invalid input: expected string, received undefined at path`. */
const zodLine: Reader = (text) => {
  const found = text.matchAll(
    /\b(Invalid input: expected [\w |]{1,80}, received \w+|Invalid option: expected one of [^\n]{1,400}?|Too (?:small|big): [^\n]{1,120}?)(?: at ([\w.[\]-]+))?(?=$|[\n;]|, (?:Invalid|Too|Unrecognized) )/gm,
  )
  return [...found].map(([, said = '', at = '']) => {
    const kind = /received undefined$/.test(said)
      ? 'missing'
      : said.startsWith('Invalid input')
        ? 'type'
        : 'value'
    return { kind, path: pathOf(dotted(at)), message: said }
  })
}

const READERS: readonly Reader[] = [zodJson, zodPretty, zodLine, pydantic, sentences, values]

function dotted(place: string): string[] {
  return [...place.matchAll(/[^.[\]\s]+/g)].map(([name]) => name)
}

function quotedNames(list: string): string[] {
  return [...list.matchAll(/['"]([^'"]+)['"]/g)].map(([, name]) => name as string)
}
