import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
} from '@ai-sdk/provider'
import type { Json, JsonObject } from '@lifeharness/core'
import { HABITS } from './habits.ts'
import { chance, type Key } from './random.ts'
import { reactionTo } from './reaction.ts'
import type { Mind, PlannedStep, Task } from './task.ts'
import { callId, type PastCall, pastCalls } from './transcript.ts'

/** What the scripted model wrote, and what it meant: the demo's own truth, hidden from the layer. */
export type Intent = { tool: string; written: JsonObject; meant: JsonObject }

export type FrozenModelOptions = {
  task: Task
  /** Prefix of the tool-call ids. */
  episode: string
  /** The model's luck in this task; equal keys, equal behaviour. */
  luck: Key
  onCall(id: string, intent: Intent): void
  /** How long a turn of the model takes, in milliseconds. */
  turnMs: number
}

/** Chances of ideas that no tool complains about, and that nothing at the boundary can mend. */
const WRONG_IDEAS = { takesFirstRow: 0.12, forgetsFilter: 0.15, forgetsTheRest: 0.07 } as const

/** Chance that a step which others require is left out. */
const SKIPS = 0.2
const REQUIRED: Readonly<Record<string, { goal: string; complaint: string }>> = {
  book_pickup: { goal: 'address', complaint: 'unchecked' },
}

type Turn = { call: { id: string; tool: string; input: JsonObject } } | { text: string }

/**
 * A scripted model: a pure function of the conversation and its luck, so the same conversation gives the same turn.
 * It knows how the task is to be done, has habits of writing calls wrongly, and reacts to what tools answer.
 */
export function frozenModel(options: FrozenModelOptions): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'frozen-1',
    supportedUrls: {},
    async doGenerate({ prompt }: LanguageModelV4CallOptions) {
      await new Promise((resolve) => setTimeout(resolve, options.turnMs))
      return generated(nextTurn(options, pastCalls(prompt)))
    },
    async doStream() {
      throw new Error('the scripted model does not stream')
    },
  }
}

function generated(turn: Turn): LanguageModelV4GenerateResult {
  const tokens = { total: 40, noCache: 40, cacheRead: 0, cacheWrite: 0 }
  return {
    content:
      'call' in turn
        ? [
            {
              type: 'tool-call',
              toolCallId: turn.call.id,
              toolName: turn.call.tool,
              input: JSON.stringify(turn.call.input),
            },
          ]
        : [{ type: 'text', text: turn.text }],
    finishReason: { unified: 'call' in turn ? 'tool-calls' : 'stop', raw: undefined },
    usage: { inputTokens: tokens, outputTokens: { total: 20, text: 20, reasoning: 0 } },
    warnings: [],
  }
}

/** The wrong ideas that this model has in this task, for the report: hidden from everybody else. */
export function wrongIdeas(task: Task, luck: Key): Mind & { forgetsTheRest: boolean } {
  const has = (idea: keyof typeof WRONG_IDEAS) => chance(idea, luck, task.id) < WRONG_IDEAS[idea]
  return {
    takesFirstRow: has('takesFirstRow'),
    forgetsFilter: has('forgetsFilter'),
    forgetsTheRest: has('forgetsTheRest'),
  }
}

function nextTurn(options: FrozenModelOptions, past: readonly PastCall[]): Turn {
  const { task, luck } = options
  const draw = (...keys: Key[]) => chance(...keys, luck, task.id)
  const mind = wrongIdeas(task, luck)
  const plan = mind.forgetsTheRest ? task.plan.slice(0, Math.ceil(task.plan.length / 2)) : task.plan
  const seen = new Map<string, Json>()
  const mended = new Set<string>()
  const callsFor = (goal: string) => past.filter((call) => call.goal === goal)
  const skipped = new Set(
    plan.flatMap(({ tool }) => REQUIRED[tool]?.goal ?? []).filter((goal) => draw('skips', goal) < SKIPS),
  )

  const emit = (step: PlannedStep, attempt: number, input: JsonObject, meant: JsonObject): Turn => {
    const id = callId(options.episode, step.goal, attempt)
    options.onCall(id, { tool: step.tool, written: input, meant })
    return { call: { id, tool: step.tool, input } }
  }

  for (const step of plan) {
    const calls = callsFor(step.goal)
    const last = calls.at(-1)
    if (!last && skipped.has(step.goal)) continue
    const meant = step.input(seen, mind)
    // An answer that this step needs never came.
    if (!meant) continue
    if (!last) return emit(step, 1, mended.has(step.tool) ? meant : asWritten(step.tool, meant, draw), meant)
    if (last.result?.ok) {
      seen.set(step.goal, last.result.value ?? null)
      // Whoever has found the right way to write a call keeps to it for a while.
      if (last.attempt > 1) mended.add(step.tool)
      continue
    }
    const required = REQUIRED[step.tool]
    const lacks = required && last.result?.text.includes(required.complaint) ? required.goal : undefined
    const prerequisite = task.plan.find(({ goal }) => goal === lacks)
    const before = calls.at(-2)
    const reaction = reactionTo(
      {
        attempt: last.attempt,
        repeating: before !== undefined && JSON.stringify(before.input) === JSON.stringify(last.input),
        advised: isAdvised(step.tool, last, meant, prerequisite),
      },
      step.goal,
      luck,
      task.id,
    )
    if (reaction === 'give up') return { text: 'I could not finish this.' }
    if (reaction === 'go on') continue
    if (reaction === 'repeat') return emit(step, last.attempt + 1, last.input, meant)
    // Another turn may have called it in the meantime; then only the call itself is left to do.
    const tried = prerequisite && callsFor(prerequisite.goal).at(-1)
    const needed = prerequisite && !tried ? prerequisite.input(seen, mind) : undefined
    if (prerequisite && needed) return emit(prerequisite, 1, needed, needed)
    return emit(step, last.attempt + 1, meant, meant)
  }
  return { text: 'Done.' }
}

function asWritten(tool: string, meant: JsonObject, draw: (...keys: Key[]) => number): JsonObject {
  return HABITS.filter((habit) => habit.tool === tool).reduce(
    (input, habit) =>
      draw('habit', tool, habit.name) < habit.probability ? (habit.write(input) ?? input) : input,
    meant,
  )
}

const ADVICE = /(?:The argument|There is no argument|Call "|These names exist|The arguments are)[^\n]*/

/** Whether a plain advice in the result says what was wrong with this call. */
function isAdvised(
  tool: string,
  { input, result }: PastCall,
  meant: JsonObject,
  prerequisite: PlannedStep | undefined,
): boolean {
  const advice = result?.text.match(ADVICE)?.[0]
  if (!advice) return false
  if (prerequisite) return advice.includes(`"${prerequisite.tool}"`)
  const wrong = HABITS.filter(
    (habit) => habit.tool === tool && input[habit.argument] !== meant[habit.argument],
  )
  return wrong.some((habit) => habit.isNamed(advice, meant))
}
