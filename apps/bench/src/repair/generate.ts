import type { Json, JsonObject, ToolContract } from '@lifeharness/core'
import type { Call } from './case.ts'
import type { Random } from './random.ts'
import type { RecordedValues } from './recorded.ts'
import { isObject, propertiesOf, requiredOf } from './schemas.ts'
import { fits } from './valid.ts'

/** Values for a tool's arguments: recorded ones, those its schema and description show, or ones made up by name. */
export type Generator = {
  call(contract: ToolContract): Call | undefined
  value(schema: JsonObject, name: string, tool: string): Json
}

const NAMES = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Édith Piaf',
  "Conor O'Brien",
  'Nguyễn An',
  '山田太郎',
]
const CITIES = ['Paris', 'Tokyo', 'São Paulo', 'New York, NY', 'Cairo', 'Lagos', 'Oslo']
const WORDS = [
  'quarterly report',
  'blue running shoes',
  'what is "soft" failure?',
  'lunch at 12:30',
  "it's urgent",
  'a, b and c',
  'Zürich → Genève',
  'line one\nline two',
  '50% off {today}',
  'see [1]',
  'null',
  'draft',
]

/** A date that somebody recorded in another format than the description states is no valid value to start from. */
function isMisdated(value: Json, { description }: JsonObject): boolean {
  return (
    typeof value === 'string' &&
    /yyyy-mm-dd|dd-mm-yyyy|mm-dd-yyyy/i.test(String(description ?? '')) &&
    /\d/.test(value) &&
    !/^\d{4}-\d\d-\d\d/.test(value)
  )
}

export function callGenerator(random: Random, recorded: RecordedValues): Generator {
  const made: Record<string, (name: string) => Json> = {
    boolean: () => random.chance(0.5),
    integer: (name) =>
      /year/i.test(name) ? 1990 + random.below(40) : random.pick([1, 2, 3, 5, 7, 10, 12, 25, 100, 250, 1500]),
    number: () => random.pick([0.5, 1.25, 2, 3.75, 10, 19.9, 42, 100.5, 1200]),
    null: () => null,
    string: (name) => text(name),
  }

  function text(name: string): string {
    const id = () =>
      `${random.pick(['A', 'ORD', 'usr', 'W', 'x'])}${random.pick(['-', '_', ''])}${1000 + random.below(899000)}`
    if (/date|day$|since|until|dob/i.test(name)) return date()
    if (/e?mail/i.test(name))
      return `${random.pick(['ada', 'grace.h', 'alan'])}@example.${random.pick(['com', 'org'])}`
    if (/url|link|uri/i.test(name)) return `https://example.com/${random.pick(['a', 'b/c', 'd?e=1&f=2'])}`
    if (/path|file|folder|dir/i.test(name))
      return random.pick(['/srv/data/report.csv', 'notes.txt', './src/main.ts', 'C:\\temp\\a.txt'])
    if (/time/i.test(name))
      return `${String(random.below(24)).padStart(2, '0')}:${random.pick(['00', '15', '30'])}`
    if (/city|location|place|country|address|destination|origin/i.test(name)) return random.pick(CITIES)
    if (/(?:^|_)ids?$|Id$|number|code|key|token|symbol/.test(name)) return id()
    if (/name|author|user|owner|person|title/i.test(name)) return random.pick(NAMES)
    return random.pick(WORDS)
  }

  function date(): string {
    const two = (value: number) => String(value).padStart(2, '0')
    return `${2020 + random.below(8)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`
  }

  /** Quoted examples of a description: `such as 'San Francisco, CA'`, `e.g. "AAPL"`. */
  function shown(schema: JsonObject): string[] {
    if (typeof schema.description !== 'string' || schema.type !== 'string') return []
    const found = schema.description.matchAll(
      /(?:such as|e\.g\.,?|for example,?|like|example:?|or)\s+['"`]([^'"`]{1,60})['"`]/gi,
    )
    return [...found].map(([, example]) => example as string)
  }

  function value(schema: JsonObject, name: string, tool: string): Json {
    const known = recorded.of(tool, name).filter((one) => !isMisdated(one, schema))
    if (known.length > 0 && random.chance(0.8)) return random.pick(known)
    if (Array.isArray(schema.enum) && schema.enum.length > 0) return random.pick(schema.enum)
    if (schema.const !== undefined) return schema.const
    const union = [schema.anyOf, schema.oneOf].find(Array.isArray)
    if (union) {
      const members = union.filter(isObject)
      const plain = members.filter(({ type }) => type !== 'null')
      return value(random.pick(plain.length > 0 ? plain : members), name, tool)
    }
    const examples = shown(schema)
    if (examples.length > 0 && random.chance(0.5)) return random.pick(examples)
    if (schema.default !== undefined && schema.default !== null && random.chance(0.2)) return schema.default
    const type = Array.isArray(schema.type)
      ? random.pick(schema.type.filter((one) => one !== 'null'))
      : schema.type
    if (type === 'array') return list(schema, name, tool)
    if (type === 'object') return object(schema, tool)
    if (type === 'string' && /y{4}-mm-dd(?!t|\s?hh)/i.test(String(schema.description ?? ''))) return date()
    return bounded(made[String(type ?? 'string')]?.(name) ?? text(name), schema)
  }

  function list(schema: JsonObject, name: string, tool: string): Json[] {
    const items = isObject(schema.items) ? schema.items : { type: 'string' }
    const least = typeof schema.minItems === 'number' ? schema.minItems : 1
    return Array.from({ length: Math.max(least, 1 + random.below(3)) }, () =>
      value(items, name.replace(/s$/, ''), tool),
    )
  }

  function object(schema: JsonObject, tool: string): JsonObject {
    const properties = isObject(schema.properties) ? schema.properties : {}
    const required = Array.isArray(schema.required) ? schema.required : []
    const kept = Object.entries(properties).filter(([name]) => required.includes(name) || random.chance(0.5))
    return Object.fromEntries(
      kept.flatMap(([name, member]): [string, Json][] =>
        isObject(member) ? [[name, value(member, name, tool)]] : [],
      ),
    )
  }

  function bounded(made: Json, { minimum, maximum }: JsonObject): Json {
    if (typeof made !== 'number') return made
    const low = typeof minimum === 'number' ? minimum : Number.NEGATIVE_INFINITY
    const high = typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY
    return Math.min(high, Math.max(low, made))
  }

  return {
    value,
    call(contract) {
      const required = requiredOf(contract)
      const { name: tool } = contract.tool
      for (let attempt = 0; attempt < 6; attempt++) {
        const input: JsonObject = {}
        for (const [name, schema] of Object.entries(propertiesOf(contract))) {
          if (!isObject(schema) || !(required.includes(name) || random.chance(0.45))) continue
          input[name] = value(schema, name, tool)
        }
        if (fits(contract.inputSchema, input)) return { name: tool, input }
      }
      return undefined
    },
  }
}
