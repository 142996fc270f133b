import { isDeepStrictEqual } from 'node:util'
import type { Category, Json, JsonObject } from '@lifeharness/core'
import type { SolutionCall } from '../../environments/environment.ts'
import type { Habit, HabitContext, Written } from './habit.ts'

/** Habits that follow from any contract: nothing here knows an environment. */

export const doubleEncoded = writes(
  'arguments encoded twice',
  'parse.wrong_container',
  ({ tool, input }) => ({
    tool,
    rawInput: JSON.stringify(JSON.stringify(input)),
  }),
)

export const almostJson = writes('almost JSON', 'parse.malformed_json', ({ tool, input }, { chance }) => {
  const text = JSON.stringify(input)
  const forms = [
    `\`\`\`json\n${text}\n\`\`\``,
    `${text.slice(0, -1)},}`,
    text.replace(/"(\w+)":/g, '$1:'),
    // Texts with quotes of their own come out beyond repair.
    text.replaceAll('"', "'"),
  ]
  return { tool, rawInput: forms[Math.floor(chance('form') * forms.length)] as string }
})

/** Nothing can know what was left out. */
export const cutShort = writes('cut short', 'emit.truncated', ({ tool, input }, { chance }) => {
  const text = JSON.stringify(input)
  return { tool, rawInput: text.slice(0, Math.max(4, Math.floor(text.length * (0.4 + 0.5 * chance('end'))))) }
})

export const textCall = writes('call written as text', 'emit.text_call', ({ tool, input }, { chance }) => {
  const json = JSON.stringify({ name: tool, arguments: input })
  const forms = [
    `<tool_call>\n${json}\n</tool_call>`,
    `\`\`\`json\n${json}\n\`\`\``,
    `Action: ${tool}\nAction Input: ${JSON.stringify(input)}`,
    // This only talks about it.
    `I will now use the tool ${tool} for that.`,
  ]
  return { text: forms[Math.floor(chance('form') * forms.length)] as string }
})

export const wrapped = writes('arguments in an object around them', 'contract.misnamed_param', (call) => ({
  tool: call.tool,
  input: { arguments: call.input },
}))

/** Words that agents take for each other, whatever the tool. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['path', 'file_path', 'filename', 'file'],
  ['command', 'cmd', 'script'],
  ['query', 'sql', 'q', 'statement'],
  ['content', 'text', 'contents', 'body'],
  ['id', 'identifier', 'key'],
  ['date', 'day', 'when'],
  ['email', 'mail', 'email_address'],
  ['limit', 'max', 'count', 'page_size'],
  ['quantity', 'amount', 'qty'],
]

export const misnamed = writes(
  'another name for an argument',
  'contract.misnamed_param',
  (call, { chance }) => {
    const names = Object.keys(call.input)
    const name = names[Math.floor(chance('which') * names.length)]
    if (name === undefined) return undefined
    const other = otherName(name, chance('name'))
    return other === undefined || other in call.input ? undefined : renamed(call, name, other)
  },
)

export const misspelt = writes('camelCase for snake_case', 'contract.misnamed_param', (call) => {
  const name = Object.keys(call.input).find((one) => /_[a-z]/.test(one))
  return name === undefined ? undefined : renamed(call, name, camel(name))
})

export const numberAsText = changesOne('number as text', 'contract.type', (value) =>
  typeof value === 'number' ? String(value) : undefined,
)

export const booleanAsText = changesOne('boolean as text', 'contract.type', (value) =>
  typeof value === 'boolean' ? String(value) : undefined,
)

export const listAsText = changesOne('list as text', 'contract.type', (value) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : undefined,
)

export const guessedDate = changesOne('date in a form of its own', 'contract.value', (value, chance) => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(String(value)) ?? []
  if (!day) return undefined
  // Which of the first two comes first only the agent knows.
  const forms = [`${month}/${day}/${year}`, `${day}.${month}.${year}`, `${day}/${month}/${year}`]
  return forms[Math.floor(chance('form') * forms.length)]
})

export const guessedChoice = writes(
  'choice in other letters',
  'contract.value',
  (call, { contract, chance }) => {
    const properties = contract?.inputSchema.properties as Record<string, JsonObject> | undefined
    const found = Object.entries(call.input).find(([name]) => Array.isArray(properties?.[name]?.enum))
    if (!found) return undefined
    const [name, value] = found
    const text = String(value)
    const forms = [
      text.toUpperCase(),
      text.charAt(0).toUpperCase() + text.slice(1),
      text.replaceAll('_', ' '),
    ]
    const guess = forms[Math.floor(chance('form') * forms.length)]
    return guess === text ? undefined : { tool: call.tool, input: { ...call.input, [name]: guess as string } }
  },
)

export const placeholder = changesOne('a placeholder', 'contract.placeholder', (value, _, name) =>
  typeof value === 'string' && value.length < 40 ? `<${name}>` : undefined,
)

/** Something else than was meant, written as it should be: a fault of the agent's that no tool can see. */
export const wrongIdea = changesOne('another value than was meant', 'unknown', (value, chance) => {
  if (typeof value === 'number') return value + 1
  if (typeof value !== 'string') return undefined
  const digits = [...value.matchAll(/\d/g)]
  const digit = digits[Math.floor(chance('digit') * digits.length)]
  if (!digit) return undefined
  return `${value.slice(0, digit.index)}${(Number(digit[0]) + 1) % 10}${value.slice(digit.index + 1)}`
})

export const skipsPrerequisites: Habit = {
  name: 'leaves out what must be done first',
  category: 'state.precondition',
  skips: 'prerequisite',
}

export const skipsChecks: Habit = {
  name: 'does not look whether it went well',
  category: 'traj.premature_end',
  skips: 'check',
}

export function writes(
  name: string,
  category: Category,
  write: (meant: SolutionCall, context: HabitContext) => Written | undefined,
): Habit {
  return { name, category, write }
}

/** Changes one of the members for which there is a change. */
function changesOne(
  name: string,
  category: Category,
  change: (value: Json, chance: HabitContext['chance'], member: string) => Json | undefined,
): Habit {
  return writes(name, category, ({ tool, input }, { chance }) => {
    const changed = Object.entries(input).flatMap(([member, value]) => {
      const to = change(value, (...keys) => chance(member, ...keys), member)
      return to === undefined || isDeepStrictEqual(to, value) ? [] : [{ ...input, [member]: to }]
    })
    const chosen = changed[Math.floor(chance('which') * changed.length)]
    return chosen && { tool, input: chosen }
  })
}

function renamed({ tool, input }: SolutionCall, from: string, to: string): Written {
  const entries = Object.entries(input).map(([name, value]) => [name === from ? to : name, value])
  return { tool, input: Object.fromEntries(entries) as JsonObject }
}

function otherName(name: string, luck: number): string | undefined {
  const others = SYNONYMS.find((words) => words.includes(name))?.filter((word) => word !== name)
  if (others) return others[Math.floor(luck * others.length)]
  const alternatives = [camel(name), name.split('_').at(-1), `${name}_value`].filter((one) => one !== name)
  return alternatives[Math.floor(luck * alternatives.length)]
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
