import type { ToolContract } from '@lifeharness/core'
import type { Call, Case, EmittedText } from './case.ts'
import { writers } from './dialects.ts'
import type { Generator } from './generate.ts'
import { type Broken, type Habit, type Operator, operators } from './operators.ts'
import type { Random } from './random.ts'
import { closed, type ToolSet } from './schemas.ts'
import { fits } from './valid.ts'

const STAGES = ['argument', 'name', 'text'] as const
const LESSONS = 5

/** Broken calls: every operator alone, every dialect, and operators composed two and three at a time. */
export function repairCases(
  sets: readonly ToolSet[],
  generator: Generator,
  random: Random,
  perOperator: number,
): Case[] {
  const singles = operators.flatMap((operator) =>
    many(perOperator, () => brokenCase(sets, [operator], generator, random)),
  )
  const dialects = many(perOperator * 4, (at) => dialectCase(sets, at, [], generator, random))
  const repairable = operators.filter(({ irreparable }) => !irreparable)
  const composed = [2, 3].flatMap((size) =>
    many(perOperator * 5, (at) => {
      const chosen = random.shuffled(repairable).slice(0, size)
      const arguments_ = chosen.filter(({ stage }) => stage === 'argument').slice(0, size - 1)
      // Every fifth one is written as text as well.
      if (at % 5 === 0 && arguments_.length === size - 1)
        return dialectCase(sets, random.below(1e6), arguments_, generator, random)
      return brokenCase(sets, chosen, generator, random)
    }),
  )
  return [...singles, ...dialects, ...composed]
}

function many<Item>(count: number, make: (at: number) => Item | undefined): Item[] {
  const made: Item[] = []
  for (let at = 0; made.length < count && at < count * 30; at++) {
    const item = make(at)
    if (item !== undefined) made.push(item)
  }
  return made
}

let counter = 0

function brokenCase(
  sets: readonly ToolSet[],
  chosen: readonly Operator[],
  generator: Generator,
  random: Random,
): Case | undefined {
  const start = begin(sets, chosen, generator, random)
  if (!start) return undefined
  const { tools, contract, call } = start
  const settled = settle(chosen, contract, call, random)
  const broken = settled && apply(settled.habits, call)
  if (!settled || !broken) return undefined
  const emitted = emission(broken)
  // What the contract lets pass unchanged is no failure.
  if (isValid(emitted, tools)) return undefined
  const irreparable = chosen.some((operator) => operator.irreparable)
  return {
    id: `repair-${++counter}`,
    group: 'repair',
    operators: settled.names,
    tools,
    emitted,
    truth: irreparable ? null : [call],
    lessons: irreparable ? [] : lessonsFor(contract, call, settled, generator),
  }
}

function dialectCase(
  sets: readonly ToolSet[],
  at: number,
  chosen: readonly Operator[],
  generator: Generator,
  random: Random,
): Case | undefined {
  const start = begin(sets, chosen, generator, random)
  if (!start) return undefined
  const { tools, contract, call } = start
  const settled = settle(chosen, contract, call, random)
  const broken = settled && apply(settled.habits, call)
  const writer = writers[at % writers.length]
  const text = broken && writer?.write({ name: broken.name, input: broken.input }, random)
  if (!settled || !writer || text === undefined) return undefined
  return {
    id: `repair-${++counter}`,
    group: 'repair',
    operators: ['text-dialect', ...settled.names],
    tools,
    emitted: { text },
    truth: [call],
    lessons: lessonsFor(contract, call, settled, generator, (other) => writer.write(other, random)),
  }
}

function begin(sets: readonly ToolSet[], chosen: readonly Operator[], generator: Generator, random: Random) {
  const set = random.pick(sets)
  const own = random.pick(set.tools)
  const contract = chosen.some(({ closes }) => closes) ? closed(own) : own
  const tools = set.tools.map((tool) => (tool === own ? contract : tool))
  const call = generator.call(contract)
  return call && { tools, contract, call }
}

/** Operators settled for a tool, in the order in which they act. */
type Settled = { names: string[]; habits: Habit[]; stages: Operator['stage'][] }

/** The habits of some operators at one call, in the order of their stages; undefined where one does not apply. */
function settle(
  chosen: readonly Operator[],
  contract: ToolContract,
  call: Call,
  random: Random,
): Settled | undefined {
  const ordered = STAGES.flatMap((stage) => chosen.filter((operator) => operator.stage === stage))
  const names: string[] = []
  const habits: Habit[] = []
  const stages: Operator['stage'][] = []
  let broken: Broken = call
  for (const operator of ordered) {
    const habit = operator.choose(contract, broken, random)
    const next = habit?.(broken)
    if (!habit || !next) return undefined
    names.push(operator.name)
    habits.push(habit)
    stages.push(operator.stage)
    broken = next
  }
  return { names, habits, stages }
}

function apply(habits: readonly Habit[], call: Call): Broken | undefined {
  let broken: Broken | undefined = call
  for (const habit of habits) broken = broken && habit(broken)
  return broken
}

function emission({ name, input, text }: Broken): EmittedText {
  return { name, rawInput: text ?? JSON.stringify(input) }
}

function isValid(emitted: EmittedText, tools: readonly ToolContract[]): boolean {
  if ('text' in emitted) return false
  const contract = tools.find(({ tool }) => tool.name === emitted.name)
  try {
    return (
      contract !== undefined &&
      fits(contract.inputSchema, JSON.parse(emitted.rawInput)) &&
      !isRedated(emitted)
    )
  } catch {
    return false
  }
}

/** A date in another format than the description states passes as any text does. */
function isRedated({ rawInput }: { rawInput: string }): boolean {
  return /"\d\d\/\d\d\/\d{4}"/.test(rawInput)
}

/**
 * Other calls of the tool with the same habits, none with the arguments of the call itself. Hosts refuse one layer at a
 * time (no call, no JSON, no such tool, wrong arguments), and so the model corrects them: each attempt is one layer
 * better than the last.
 */
function lessonsFor(
  contract: ToolContract,
  call: Call,
  settled: Settled,
  generator: Generator,
  text?: (call: Call) => string | undefined,
): NonNullable<Case['lessons']> {
  const lessons: { attempts: EmittedText[]; truth: Call }[] = []
  const seen = new Set([JSON.stringify(call.input)])
  for (let attempt = 0; attempt < LESSONS * 12 && lessons.length < LESSONS; attempt++) {
    const truth = generator.call(contract)
    const broken = truth && apply(settled.habits, truth)
    if (!truth || !broken || seen.has(JSON.stringify(truth.input))) continue
    seen.add(JSON.stringify(truth.input))
    lessons.push({ attempts: attemptsAt(truth, settled, text), truth })
  }
  return lessons
}

function attemptsAt(
  truth: Call,
  { habits, stages }: Settled,
  text: ((call: Call) => string | undefined) | undefined,
): EmittedText[] {
  const upTo = (kept: readonly Operator['stage'][]) =>
    apply(
      habits.filter((_, at) => kept.includes(stages[at] as Operator['stage'])),
      truth,
    )
  const attempts: EmittedText[] = []
  const spoken = upTo(STAGES)
  const said = spoken && text?.({ name: spoken.name, input: spoken.input })
  if (said !== undefined) attempts.push({ text: said })
  for (const kept of [STAGES, STAGES.slice(0, 2), STAGES.slice(0, 1)]) {
    const broken = upTo(kept)
    const next = broken && emission(broken)
    const isNews = JSON.stringify(next) !== JSON.stringify(attempts.at(-1))
    if (next && isNews && JSON.stringify(next) !== JSON.stringify(emission(truth))) attempts.push(next)
  }
  return attempts
}
