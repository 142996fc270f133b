import type { Json, JsonObject, ToolContract } from '@lifeharness/core'
import type { Call, Case, EmittedText } from './case.ts'
import type { Generator } from './generate.ts'
import type { Random } from './random.ts'
import { closed, isObject, propertiesOf, requiredOf, type ToolSet } from './schemas.ts'
import { textTraps } from './text-traps.ts'
import { fits } from './valid.ts'
import { valueTraps } from './value-traps.ts'

export type TrapScene = { tools: readonly ToolContract[]; contract: ToolContract; call: Call; random: Random }
/** A tempting emission. `truth`: where nothing is wrong with it, itself; else null: it must be left alone. */
export type Sprung = { emitted: EmittedText; tools?: readonly ToolContract[]; harmless?: true }
export type Trap = { name: string; spring(scene: TrapScene): Sprung | undefined }

export const asArguments = (name: string, input: Json): EmittedText => ({
  name,
  rawInput: JSON.stringify(input),
})

const INVERSE: Readonly<Record<string, string>> = {
  ...{
    get: 'set',
    set: 'get',
    add: 'remove',
    remove: 'add',
    create: 'delete',
    delete: 'create',
    open: 'close',
    close: 'open',
  },
  ...{
    start: 'stop',
    stop: 'start',
    lock: 'unlock',
    enable: 'disable',
    disable: 'enable',
    read: 'write',
    write: 'read',
  },
  ...{
    list: 'clear',
    search: 'delete',
    find: 'remove',
    book: 'cancel',
    cancel: 'book',
    send: 'delete',
    update: 'get',
    fetch: 'put',
  },
  ...{
    insert: 'delete',
    push: 'pull',
    increase: 'decrease',
    login: 'logout',
    calculate: 'update',
    generate: 'delete',
    show: 'hide',
  },
}
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['from', 'to'],
  ['min', 'max'],
  ['start', 'end'],
  ['source', 'destination'],
  ['src', 'dst'],
  ['old', 'new'],
  ['before', 'after'],
  ['origin', 'destination'],
  ['sender', 'recipient'],
  ['first', 'last'],
  ['left', 'right'],
  ['lower', 'upper'],
  ['x', 'y'],
  ['debit', 'credit'],
  ['check_in', 'check_out'],
  ['departure', 'arrival'],
]

/** The name with one of its words replaced, in its own style; undefined where no word is known. */
function exchanged(name: string, other: (word: string) => string | undefined): string | undefined {
  let done = false
  const made = name.replace(/[A-Z]?[a-z]+|[A-Z]+/g, (word) => {
    const next = done ? undefined : other(word.toLowerCase())
    if (next === undefined) return word
    done = true
    return /^[A-Z]/.test(word) ? next.replace(/^./, (first) => first.toUpperCase()) : next
  })
  return done ? made : undefined
}

function opposite(word: string): string | undefined {
  for (const [one, other] of OPPOSITES) {
    if (word === one) return other
    if (word === other) return one
  }
  return undefined
}

function hasTool(tools: readonly ToolContract[], name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, '')
  return tools.some(({ tool }) => plain(tool.name) === plain(name))
}

function stringArguments(
  { contract, call }: TrapScene,
  test: (schema: JsonObject, name: string) => boolean,
): string[] {
  return Object.entries(propertiesOf(contract)).flatMap(([name, schema]) =>
    isObject(schema) && schema.type === 'string' && typeof call.input[name] === 'string' && test(schema, name)
      ? [name]
      : [],
  )
}

export const traps: readonly Trap[] = [
  {
    name: 'gated sibling',
    spring({ tools, contract, call }) {
      const others = tools.filter((tool) => tool !== contract)
      if (others.length === 0 || hasTool(others, call.name)) return undefined
      return { emitted: asArguments(call.name, call.input), tools: others }
    },
  },
  {
    name: 'nearly a name',
    spring({ tools, call, random }) {
      const name = random.pick([
        `${call.name}s`,
        call.name.slice(0, -1),
        `${call.name}_v2`,
        `${call.name}_all`,
        `my_${call.name}`,
        call.name.replace(/[a-z](?=[a-z]{2}$)/, ''),
      ])
      return name.length < 3 || hasTool(tools, name) ? undefined : { emitted: asArguments(name, call.input) }
    },
  },
  {
    name: 'inverse or writing name',
    spring({ tools, call }) {
      const name = exchanged(call.name, (word) => INVERSE[word])
      return name === undefined || hasTool(tools, name)
        ? undefined
        : { emitted: asArguments(name, call.input) }
    },
  },
  {
    name: 'name of another server',
    spring: ({ tools, call, random }) => {
      const name = `${random.pick(['filesystem', 'prod_db', 'github', 'backup'])}${random.pick(['.', '__', '/'])}${call.name}`
      return hasTool(tools, name) ? undefined : { emitted: asArguments(name, call.input) }
    },
  },
  {
    name: 'enum near-miss',
    spring(scene) {
      const { contract, call, random } = scene
      const names = stringArguments(scene, ({ enum: listed }) => Array.isArray(listed) && listed.length > 1)
      if (names.length === 0) return undefined
      const name = random.pick(names)
      const value = String(call.input[name])
      const near = random.pick([
        `${value}s`,
        value.slice(0, -1),
        `${value}_plus`,
        `not ${value}`,
        `${value}!`,
        `${value} or other`,
        `un${value}`,
      ])
      const input = { ...call.input, [name]: near }
      const listed = (propertiesOf(contract)[name] as JsonObject).enum as Json[]
      const plain = (text: Json) =>
        String(text)
          .toLowerCase()
          .replace(/[^a-z\d]/g, '')
      if (fits(contract.inputSchema, input) || listed.some((one) => plain(one) === plain(near)))
        return undefined
      return { emitted: asArguments(call.name, input) }
    },
  },
  {
    name: 'cut payload',
    spring({ call, random }) {
      const long = Object.entries(call.input).find(
        ([, value]) => typeof value === 'string' && value.length > 8,
      )
      if (!long) return undefined
      const [name, value] = long as [string, string]
      const ordered = {
        ...Object.fromEntries(Object.entries(call.input).filter(([key]) => key !== name)),
        [name]: value,
      }
      const text = JSON.stringify(ordered)
      const end = text.length - 3 - random.below(Math.min(6, value.length - 2))
      const cut = text.slice(0, end)
      const forms: EmittedText[] = [
        { name: call.name, rawInput: cut },
        { name: call.name, rawInput: `\`\`\`json\n${cut}` },
        { name: call.name, rawInput: JSON.stringify(cut) },
        { name: call.name, rawInput: JSON.stringify({ arguments: cut }) },
        { text: `<tool_call>\n{"name": ${JSON.stringify(call.name)}, "arguments": ${cut}` },
        { text: `<tool_call>\n{"name": ${JSON.stringify(call.name)}, "arguments": ${cut}\n</tool_call>` },
        { text: `[TOOL_CALLS] [{"name": ${JSON.stringify(call.name)}, "arguments": ${cut}` },
        { text: `<tool_call>\n<function=${call.name}>\n<parameter=${name}>\n${value.slice(0, -3)}` },
      ]
      return { emitted: random.pick(forms) }
    },
  },
  {
    name: 'looks wrong, is right',
    spring(scene) {
      const { contract, call, random } = scene
      const names = stringArguments(
        scene,
        (schema) =>
          schema.enum === undefined &&
          schema.pattern === undefined &&
          schema.format === undefined &&
          !/yyyy/i.test(String(schema.description)),
      )
      if (names.length === 0) return undefined
      const odd = random.pick([
        '007',
        '42',
        'true',
        'null',
        '[]',
        '{}',
        '5 km',
        '$20',
        '05/06/2024',
        '13/05/2024',
        "{'a': 1}",
        '"quoted"',
        '```x```',
        'None',
        ' x ',
      ])
      const input = { ...call.input, [random.pick(names)]: odd }
      return fits(contract.inputSchema, input)
        ? { emitted: asArguments(call.name, input), harmless: true }
        : undefined
    },
  },
  {
    name: 'opposite argument',
    spring({ tools, contract, call, random }) {
      const declared = Object.keys(propertiesOf(contract))
      const found = random.shuffled(requiredOf(contract)).flatMap((from): [string, string][] => {
        const to = exchanged(from, opposite)
        return to === undefined || declared.includes(to) || !Object.hasOwn(call.input, from)
          ? []
          : [[from, to]]
      })
      const [pair] = found
      if (!pair) return undefined
      const { [pair[0]]: value, ...rest } = call.input
      return {
        emitted: asArguments(call.name, { ...rest, [pair[1]]: value ?? null }),
        tools: swapped(tools, contract),
      }
    },
  },
  {
    name: 'unknown for missing',
    spring({ tools, contract, call, random }) {
      const from = random.pick(requiredOf(contract).filter((name) => Object.hasOwn(call.input, name)))
      if (from === undefined) return undefined
      const to = random.pick(['other', 'target', 'value', 'reference', 'previous', 'comment'])
      if (Object.hasOwn(propertiesOf(contract), to)) return undefined
      const { [from]: value, ...rest } = call.input
      return {
        emitted: asArguments(call.name, { ...rest, [to]: value ?? null }),
        tools: swapped(tools, contract),
      }
    },
  },
  {
    name: 'date valid both ways',
    spring(scene) {
      const { contract, call, random } = scene
      const names = stringArguments(
        scene,
        ({ format, description, enum: listed }, name) =>
          listed === undefined &&
          (format === 'date' || /yyyy-mm-dd/i.test(String(description)) || /date/i.test(name)),
      )
      if (names.length === 0) return undefined
      const day = 1 + random.below(12)
      const month = 1 + ((day + random.below(11)) % 12)
      if (day === month) return undefined
      const two = (part: number) => String(part).padStart(2, '0')
      const text = random.pick([
        `${two(month)}/${two(day)}/2024`,
        `${month}/${day}/2024`,
        `${two(day)}-${two(month)}-2024`,
        `${day}.${month}.2024`,
      ])
      const input = { ...call.input, [random.pick(names)]: text }
      // What no format refuses is left as it is; what one does is not for us to read.
      return fits(contract.inputSchema, input)
        ? { emitted: asArguments(call.name, input), harmless: true }
        : { emitted: asArguments(call.name, input) }
    },
  },
  {
    name: 'argument that restrains',
    spring({ tools, contract, call, random }) {
      const [name, value] = random.pick<readonly [string, Json]>([
        ['dry_run', true],
        ['confirm', false],
        ['limit', 1],
        ['only_if_exists', true],
        ['exclude', ['a']],
        ['recursive', false],
        ['where', "status = 'draft'"],
        ['on_behalf_of', 'u-7'],
      ])
      if (Object.hasOwn(propertiesOf(contract), name)) return undefined
      return {
        emitted: asArguments(call.name, { ...call.input, [name]: value }),
        tools: swapped(tools, contract),
      }
    },
  },
  ...valueTraps,
  ...textTraps,
]

function swapped(tools: readonly ToolContract[], contract: ToolContract): ToolContract[] {
  return tools.map((tool) => (tool === contract ? closed(contract) : tool))
}

/** Every trap, as often as asked for, over all tools. */
export function trapCases(
  sets: readonly ToolSet[],
  generator: Generator,
  random: Random,
  perTrap: number,
): Case[] {
  return traps.flatMap((trap) => {
    const cases: Case[] = []
    for (let attempt = 0; cases.length < perTrap && attempt < perTrap * 150; attempt++) {
      const { tools } = random.pick(sets)
      const contract = random.pick(tools)
      const call = generator.call(contract)
      const sprung = call && trap.spring({ tools, contract, call, random })
      if (!call || !sprung) continue
      const shown = sprung.tools ?? tools
      const emitted = sprung.emitted
      cases.push({
        id: `trap-${trap.name}-${cases.length}`,
        group: 'trap',
        operators: [trap.name],
        tools: shown,
        emitted,
        truth:
          sprung.harmless && 'name' in emitted
            ? [{ name: emitted.name, input: JSON.parse(emitted.rawInput) as JsonObject }]
            : null,
      })
    }
    return cases
  })
}
