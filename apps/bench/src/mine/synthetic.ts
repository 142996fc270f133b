import { type Json, type ToolStep, type Trajectory, toolResult } from '@lifeharness/core'
import type { TrajectorySource } from '@lifeharness/core/learn'
import { type Draw, looseWords, type Slots, type Variable, variableJson, variableText } from './vary.ts'

/** Makes the next episode after a recorded one: the same course, other values. */
type EpisodeTemplate = { steps: number; make: (id: string, random: () => number) => Trajectory }

/**
 * Endless episodes drawn from recorded ones, so that tools, lengths, arguments, failures and repetition come in the
 * proportions of the recording. Ids, numbers, dates and some words of the arguments are drawn anew for each episode and
 * stand wherever the recorded ones stood; the words of error messages stay, and so the number of signatures does.
 */
export function syntheticSource(
  recorded: readonly Trajectory[],
  { steps, seed = 1 }: { steps: number; seed?: number },
): TrajectorySource {
  const templates = recorded.map(episodeTemplate).filter((template) => template.steps > 0)
  if (templates.length === 0) throw new Error('no recorded episode has a tool step')
  return async function* () {
    const random = seeded(seed)
    let made = 0
    for (let index = 0; made < steps; index++) {
      const template = templates[Math.floor(random() * templates.length)] as EpisodeTemplate
      made += template.steps
      yield template.make(`synthetic-${seed}-${index}`, random)
    }
  }
}

/** Words of one episode that are drawn anew. */
const MAX_WORDS = 24

function episodeTemplate(recorded: Trajectory): EpisodeTemplate {
  const tools = recorded.steps.filter((step) => step.type === 'tool')
  const slots: Slots = { words: wordsToVary(tools), digits: [] }
  const steps = recorded.steps.map((step) => (step.type === 'tool' ? variableStep(step, slots) : () => step))
  return {
    steps: tools.length,
    make(id, random) {
      const draw = drawOf(slots, random)
      return { ...recorded, id, steps: steps.map((step) => step(draw)) }
    },
  }
}

function wordsToVary(steps: readonly ToolStep[]): string[] {
  const said = steps.map(({ result }) => result.error?.message ?? '').join('\n')
  const words = steps.flatMap(({ call }) => textsOf(call.rawInput ?? call.input ?? null).flatMap(looseWords))
  return [...new Set(words)].filter((word) => !said.includes(word)).slice(0, MAX_WORDS)
}

function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

function variableStep(step: ToolStep, slots: Slots): Variable<ToolStep> {
  const { call, result } = step
  const input = call.input === undefined ? undefined : variableJson(call.input, slots)
  const rawInput = call.rawInput === undefined ? undefined : variableText(call.rawInput, slots)
  const { error, outcome, ms } = result
  const message = error && variableText(error.message, slots)
  // The text of a success is not varied: nobody reads it, and a large one is handed on by reference in life, too.
  const value = outcome === 'ok' ? () => result.value : variableJson(result.value as Json, slots)
  return (draw) => {
    const made = {
      ...call,
      ...(input ? { input: input(draw) } : {}),
      ...(rawInput ? { rawInput: rawInput(draw) } : {}),
    }
    const details = error && message ? { error: { ...error, message: message(draw) }, ms } : { ms }
    return {
      type: 'tool',
      call: made,
      executed: made,
      result: toolResult(outcome, value(draw), details),
      applied: [],
    }
  }
}

/** What one episode puts into its slots: drawn when it is first asked for. */
function drawOf({ words, digits }: Slots, random: () => number): Draw {
  const drawnWords: string[] = []
  const drawnDigits: string[] = []
  return {
    word: (slot) => (drawnWords[slot] ??= drawWord((words[slot] as string).length, random)),
    digits: (slot) => (drawnDigits[slot] ??= drawDigits(digits[slot] as string, random)),
  }
}

const CONSONANTS = 'bdfgklmnprstvz'
const VOWELS = 'aeiou'

function drawWord(length: number, random: () => number): string {
  let word = ''
  for (let index = 0; index < length; index++) {
    const letters = index % 2 === 0 ? CONSONANTS : VOWELS
    word += letters[Math.floor(random() * letters.length)]
  }
  return word
}

/** The first digit stays: years remain years. */
function drawDigits(model: string, random: () => number): string {
  let text = model[0] as string
  while (text.length < model.length) text += Math.floor(random() * 10)
  return text
}

/** Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
