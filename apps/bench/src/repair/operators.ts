import type { Json, JsonObject, ToolContract } from '@lifeharness/core'
import { aliasFor, respelled } from './aliases.ts'
import { literal } from './dialects.ts'
import type { Random } from './random.ts'
import { isObject, propertiesOf, requiredOf } from './schemas.ts'

/** A call on its way to being broken: arguments first, then the name, then the text of the arguments. */
export type Broken = { name: string; input: JsonObject; text?: string }

/** One way of breaking calls, settled: applied to another call of the tool it does the same. */
export type Habit = (call: Broken) => Broken | undefined

/**
 * A way in which models break calls. `choose` settles it for a tool and a call; undefined where it does not apply.
 * `stage` orders composed operators. `closes`: only a contract that lists all names can refuse what it does.
 * `irreparable`: what it destroys nobody may guess.
 */
export type Operator = {
  name: string
  stage: 'argument' | 'name' | 'text'
  closes?: true
  irreparable?: true
  choose(contract: ToolContract, call: Broken, random: Random): Habit | undefined
}

type Test = (schema: JsonObject, value: Json, name: string) => boolean

/** A habit at one argument that passes a test; the value is edited, or left away where `edit` returns undefined. */
function atArgument(
  test: Test,
  edit: (value: Json, schema: JsonObject, name: string, random: Random) => Json | undefined,
): Operator['choose'] {
  return (contract, call, random) => {
    const properties = propertiesOf(contract)
    const names = Object.keys(call.input).filter((name) => {
      const schema = properties[name]
      return isObject(schema) && test(schema, call.input[name] as Json, name)
    })
    if (names.length === 0) return undefined
    const name = random.pick(names)
    const schema = properties[name] as JsonObject
    return (other) => {
      const value = other.input[name]
      if (value === undefined || !test(schema, value, name)) return undefined
      const edited = edit(value, schema, name, random)
      return edited === undefined ? undefined : { ...other, input: { ...other.input, [name]: edited } }
    }
  }
}

function onText(edit: (text: string, random: Random) => string | undefined): Operator['choose'] {
  return (_, __, random) => (call) => {
    const text = edit(call.text ?? JSON.stringify(call.input), random)
    return text === undefined ? undefined : { ...call, text }
  }
}

const typed =
  (...types: string[]): Test =>
  ({ type }) =>
    typeof type === 'string' && types.includes(type)

/** Units as descriptions state them; written after the number. */
const STATED_UNIT =
  /\b(?:in|of)\s+(seconds|minutes|hours|days|miles|kilometers|meters|feet|gallons|years|pixels|degrees)\b|\b(milliseconds|kilometers|kilograms|USD|dollars|euros)\b/i

/** Arguments that models add on their own; what each of them says is of no use to the tool. */
const EXTRAS: readonly (readonly [string, (random: Random) => Json])[] = [
  ['reasoning', () => 'The user asked for it.'],
  ['thought', () => 'I should call this tool now.'],
  ['explanation', () => 'Needed to answer the question.'],
  ['verbose', () => true],
  ['debug', () => false],
  ['confidence', () => 0.9],
  ['response_format', () => 'json'],
  ['request_id', (random) => `req-${random.below(1e6)}`],
  ['metadata', () => ({})],
  ['options', () => null],
]

function renamingHabit(from: string, to: string): Habit {
  return ({ input, ...call }) => {
    if (!Object.hasOwn(input, from) || Object.hasOwn(input, to)) return undefined
    return {
      ...call,
      input: Object.fromEntries(
        Object.entries(input).map(([name, value]) => [name === from ? to : name, value]),
      ),
    }
  }
}

function renamedArgument(
  other: (name: string, taken: readonly string[], random: Random) => string | undefined,
): Operator['choose'] {
  return (contract, call, random) => {
    const declared = Object.keys(propertiesOf(contract))
    for (const from of random.shuffled(Object.keys(call.input).filter((name) => declared.includes(name)))) {
      const to = other(from, declared, random)
      if (to !== undefined && !declared.includes(to)) return renamingHabit(from, to)
    }
    return undefined
  }
}

export const operators: readonly Operator[] = [
  {
    name: 'code-fence',
    stage: 'text',
    choose: onText((text, random) => `\`\`\`${random.pick(['json', ''])}\n${text}\n\`\`\``),
  },
  {
    name: 'prose-around',
    stage: 'text',
    choose: onText((text, random) =>
      random.pick([
        `Here are the arguments: ${text}`,
        `Sure, I'll do that.\n\n${text}`,
        `${text}\n\nLet me know if you need more.`,
      ]),
    ),
  },
  {
    name: 'trailing-comma',
    stage: 'text',
    choose: onText((text, random) => {
      const closers = [...text.matchAll(/(?<=["\d\]}el])[}\]]+$/g)]
      const at = closers[0]?.index
      if (at === undefined) return undefined
      return random.chance(0.5)
        ? `${text.slice(0, at)},${text.slice(at)}`
        : `${text.slice(0, -1)},${text.at(-1)}`
    }),
  },
  {
    name: 'single-quotes',
    stage: 'text',
    choose: (_, __, random) => (call) => {
      if (call.text !== undefined) return undefined
      const text = literal(call.input)
      const named = random.chance(0.5)
        ? text
        : text.replace(/\bTrue\b/g, 'true').replace(/\bFalse\b/g, 'false')
      return { ...call, text: named }
    },
  },
  {
    name: 'truncation',
    stage: 'text',
    irreparable: true,
    choose: onText((text, random) =>
      text.length > 12 ? text.slice(0, 6 + random.below(text.length - 7)).trimEnd() : undefined,
    ),
  },
  { name: 'double-stringified', stage: 'text', choose: onText((text) => JSON.stringify(text)) },
  {
    name: 'number-as-string',
    stage: 'argument',
    choose: atArgument(
      (schema, value) => typed('integer', 'number')(schema, value, '') && typeof value === 'number',
      (value) => String(value),
    ),
  },
  {
    name: 'boolean-as-string',
    stage: 'argument',
    choose: atArgument(
      (schema, value) => schema.type === 'boolean' && typeof value === 'boolean',
      (value, _, __, random) => (random.chance(0.5) ? String(value) : value === true ? 'True' : 'False'),
    ),
  },
  {
    name: 'null-optional',
    stage: 'argument',
    choose(contract, call, random) {
      const required = requiredOf(contract)
      const absent = Object.entries(propertiesOf(contract)).filter(([name, schema]) => {
        return (
          isObject(schema) &&
          typed('string', 'integer', 'number', 'boolean', 'array', 'object')(schema, null, name) &&
          !required.includes(name) &&
          !Object.hasOwn(call.input, name)
        )
      })
      if (absent.length === 0) return undefined
      const [name] = random.pick(absent)
      return (other) =>
        Object.hasOwn(other.input, name) ? undefined : { ...other, input: { ...other.input, [name]: null } }
    },
  },
  {
    name: 'enum-case',
    stage: 'argument',
    choose: atArgument(
      ({ enum: listed }, value) => Array.isArray(listed) && typeof value === 'string' && /[a-z]/i.test(value),
      (value, { enum: listed }, _, random) => {
        const text = String(value)
        const forms = [
          text.toUpperCase(),
          text.toLowerCase(),
          text.replace(/(?:^|[_\s])\w/g, (part) => part.toUpperCase()),
          text.replaceAll('_', ' '),
        ]
        return random.shuffled(forms).find((form) => !(listed as Json[]).includes(form))
      },
    ),
  },
  { name: 'alias-name', stage: 'argument', closes: true, choose: renamedArgument(aliasFor) },
  { name: 'name-spelling', stage: 'argument', closes: true, choose: renamedArgument(respelled) },
  {
    name: 'extra-argument',
    stage: 'argument',
    closes: true,
    choose(contract, _, random) {
      const [name, make] = random.pick(EXTRAS)
      if (Object.hasOwn(propertiesOf(contract), name)) return undefined
      return (call) => ({ ...call, input: { ...call.input, [name]: make(random) } })
    },
  },
  {
    name: 'list-as-value',
    stage: 'argument',
    choose: atArgument(
      (schema, value) =>
        schema.type === 'array' &&
        Array.isArray(value) &&
        value.length === 1 &&
        typeof value[0] !== 'object' &&
        !/[,;|\n[\]{}]/.test(String(value[0])),
      (value) => (value as Json[])[0],
    ),
  },
  {
    name: 'nested-json-text',
    stage: 'argument',
    choose: atArgument(
      (schema, value) =>
        typed('array', 'object')(schema, value, '') &&
        typeof value === 'object' &&
        value !== null &&
        Object.keys(value).length > 0,
      (value, _, __, random) => (random.chance(0.7) ? JSON.stringify(value) : literal(value)),
    ),
  },
  {
    name: 'us-date',
    stage: 'argument',
    choose: atArgument(
      ({ format, description }, value) =>
        typeof value === 'string' &&
        /^\d{4}-\d\d-(?:1[3-9]|2\d|3[01])$/.test(value) &&
        (format === 'date' || /yyyy-mm-dd(?!t| ?hh| to| or)/i.test(String(description ?? ''))),
      (value) => String(value).replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1'),
    ),
  },
  {
    name: 'unit-suffix',
    stage: 'argument',
    choose: atArgument(
      (schema, value) =>
        typed('integer', 'number')(schema, value, '') &&
        typeof value === 'number' &&
        STATED_UNIT.test(String(schema.description ?? '')),
      (value, { description }, _, random) => {
        const [, unit, other] = STATED_UNIT.exec(String(description)) ?? []
        return `${value}${random.pick([' ', ''])}${unit ?? other}`
      },
    ),
  },
  {
    name: 'wrapped',
    stage: 'argument',
    closes: true,
    choose(contract, _, random) {
      const name = random.pick(['arguments', 'input', 'params', 'parameters', 'data', 'kwargs'])
      if (Object.hasOwn(propertiesOf(contract), name)) return undefined
      return (call) =>
        Object.keys(call.input).length === 0 ? undefined : { ...call, input: { [name]: call.input } }
    },
  },
  {
    name: 'tool-name-case',
    stage: 'name',
    choose(contract, _, random) {
      const { name } = contract.tool
      const camel = name.replace(/[_.-](\w)/g, (_match, letter: string) => letter.toUpperCase())
      const forms = [
        camel,
        camel.replace(/^./, (first) => first.toUpperCase()),
        name.toUpperCase(),
        name.replaceAll('_', '-'),
        name.replaceAll('.', '_'),
        `functions.${name}`,
      ]
      const to = random.shuffled(forms).find((form) => form !== name)
      return to === undefined ? undefined : (call) => ({ ...call, name: to })
    },
  },
]
