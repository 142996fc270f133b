import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { Tool } from '../../tool.ts'
import { type ErrorFacts, type Outcome, type Step, type ToolCall, toolResult } from '../../trajectory.ts'
import { durationOf, timeOf } from './times.ts'

/**
 * Puts the steps of one episode together in the order in which a recording tells them. A call stands where it was
 * made, whenever its result came; one that never got a result is `interrupted`. What cannot be paired goes to `fault`
 * and is left out, so that no call is judged by another's result.
 */
export type StepAssembler = {
  /** A model turn begins. */
  model(text?: string): void
  /** Somebody else speaks: the next call belongs to a new model turn. */
  interrupt(): void
  /** `record` is looked at for times only. */
  call(call: Emitted & { id: Json | undefined; tool: Tool; approved?: boolean }, record: JsonObject): void
  /** `rawInput`: what the model really emitted, where only the result tells. */
  result(
    result: { id: Json | undefined; outcome: Outcome; value: Json; error?: ErrorFacts; rawInput?: string },
    record: JsonObject,
  ): void
  /** A person approved exactly the open call of this id. */
  approve(id: Json | undefined): void
  steps(): Step[]
}

/** `ambiguous`: another call has its id, so no result is certain to be its own. */
type OpenCall = { step: number; call: ToolCall; at: number | undefined; ambiguous: boolean }

export function assembleSteps(modelId: string | undefined, fault: (reason: string) => void): StepAssembler {
  const steps: (Step | undefined)[] = []
  const open = new Map<string, OpenCall>()
  const silent: Step = { type: 'model', ...(modelId === undefined ? {} : { modelId }) }
  let turn = -1
  let index = 0
  /** No further call can belong to the turn. */
  let closed = true

  const model = (text?: string): void => {
    steps.push(text ? { ...silent, text } : silent)
    turn++
    index = 0
    closed = false
  }
  const interrupted = ({ call }: OpenCall): Step => ({
    type: 'tool',
    call,
    executed: call,
    result: toolResult('interrupted', null),
    applied: [],
  })

  return {
    model,
    interrupt: () => {
      closed = true
    },
    call: ({ id, tool, approved = false, ...emitted }, record) => {
      if (typeof id !== 'string' || id === '') {
        fault(`a call of ${quoted(tool.name)} has no id`)
        return
      }
      const first = open.get(id)
      if (first) {
        first.ambiguous = true
        fault(`a second call has the id ${quoted(id)} while the first has no result`)
        return
      }
      if (closed) model()
      const call: ToolCall = { id, tool, turn, index: index++, attempt: 1, approved, ...emitted }
      open.set(id, { step: steps.length, call, at: timeOf(record), ambiguous: false })
      steps.push(undefined)
    },
    result: ({ id, outcome, value, error, rawInput }, record) => {
      closed = true
      const opened = typeof id === 'string' ? open.get(id) : undefined
      if (typeof id !== 'string' || id === '') fault('a result has no call id')
      else if (!opened) fault(`a result has the call id ${quoted(id)}, but no call before it awaits one`)
      if (!opened || opened.ambiguous) return
      open.delete(opened.call.id)
      const { call, at } = opened
      if (rawInput !== undefined) {
        delete call.input
        call.rawInput = rawInput
      }
      const over = timeOf(record)
      const ms = durationOf(record) ?? between(at, over)
      const result = toolResult(outcome, value, error ? { error, ms } : { ms })
      const time = over === undefined ? {} : { at: over }
      steps[opened.step] = { type: 'tool', call, executed: call, result, applied: [], ...time }
    },
    approve: (id) => {
      const opened = typeof id === 'string' ? open.get(id) : undefined
      if (opened) opened.call.approved = true
    },
    steps: () => {
      for (const left of open.values()) steps[left.step] = interrupted(left)
      open.clear()
      return steps as Step[]
    },
  }
}

/** The arguments of a call: a JSON value, or the text where it was none. */
export type Emitted = { input: Json } | { rawInput: string }

/**
 * What the model emitted as arguments. A text is read as JSON, and kept as `rawInput` where it is none. An empty one
 * means no arguments: models write it, and hosts run it, for tools without parameters.
 */
export function emittedInput(args: Json | undefined): Emitted {
  if (typeof args !== 'string') return { input: args ?? {} }
  if (args.trim() === '') return { input: {} }
  try {
    return { input: JSON.parse(args) as Json }
  } catch {
    return { rawInput: args }
  }
}

function between(start: number | undefined, end: number | undefined): number {
  return start === undefined || end === undefined ? 0 : Math.max(0, end - start)
}

/** A text from the recording, short and quoted as data. */
export function quoted(value: Json | undefined): string {
  const text = JSON.stringify(isJsonObject(value) || Array.isArray(value) ? typeof value : (value ?? null))
  return text.length > 64 ? `${text.slice(0, 63)}…` : text
}
