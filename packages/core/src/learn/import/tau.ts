import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import type { Trajectory } from '../../trajectory.ts'
import { isMessage } from './conversation.ts'
import { evidentError, recordedError, textOf } from './error-text.ts'
import { firstText, type LogFormat, modelIdOf, type ReadContext, trajectoryOf } from './format.ts'
import { openaiFormat } from './openai.ts'
import { assembleSteps, emittedInput, type StepAssembler } from './steps.ts'

/**
 * Results of τ-bench: of the first one `{ task_id, trial, reward, traj }` a run, of the second `{ simulations }` a file, where
 * the simulated user has tools too: what it did with them is an episode of its own. All of the reward is success.
 */
export const tauFormat: LogFormat = {
  name: 'tau-bench',
  detects: (record) => isJsonObject(record) && (isRun(record) || isFile(record)),
  readAll: (records, context) =>
    records.flatMap((record, index) => {
      if (!isJsonObject(record)) return []
      return isRun(record) ? readRun(record, index, context) : readFile(record, context)
    }),
}

const isRun = ({ traj }: JsonObject) => Array.isArray(traj) && isMessage(traj[0])

function isFile({ simulations }: JsonObject): boolean {
  return (
    Array.isArray(simulations) && simulations.every((run) => isJsonObject(run) && Array.isArray(run.messages))
  )
}

const ALL = 1
const successOf = (reward: Json | undefined): JsonObject =>
  typeof reward === 'number' ? { success: reward >= ALL } : {}

function readRun(record: JsonObject, index: number, context: ReadContext): Trajectory[] {
  const { task_id: task, trial, reward, traj } = record
  const id = `${context.place}:${index + 1}/${String(task ?? '')}/${String(trial ?? '')}`
  const said = { id, source: 'tau-bench', messages: traj ?? [], ...successOf(reward) }
  const read = openaiFormat.read(said, context)
  return read ? [read] : []
}

function readFile({ simulations, info }: JsonObject, context: ReadContext): Trajectory[] {
  const agent = isJsonObject(info) && isJsonObject(info.agent_info) ? info.agent_info : {}
  const model = modelIdOf({ model: agent.llm ?? null })
  return (Array.isArray(simulations) ? simulations : [])
    .filter(isJsonObject)
    .flatMap((run, index) => readSimulation(run, index, model, context))
}

function readSimulation(
  run: JsonObject,
  index: number,
  model: string | undefined,
  context: ReadContext,
): Trajectory[] {
  const { fault } = context
  const sides = { assistant: assembleSteps(model, fault), user: assembleSteps(undefined, fault) }
  for (const message of Array.isArray(run.messages) ? run.messages : []) {
    if (isMessage(message)) readMessage(message, sides)
    else fault('a message has no role')
  }
  const own = firstText(run, ['id']) ?? `${context.place}/${index + 1}`
  const reward = isJsonObject(run.reward_info) ? run.reward_info.reward : undefined
  const contracts = context.contracts({ tools: null, source: 'tau2-bench' })
  return (['assistant', 'user'] as const).flatMap((side) => {
    const id = side === 'user' ? `${own}/user` : own
    const about = { id, source: 'tau2-bench', model: side === 'user' ? undefined : model, contracts }
    const read = trajectoryOf(about, { agent: side, ...successOf(reward) }, sides[side])
    return read.steps.some(({ type }) => type === 'tool') ? [read] : []
  })
}

type Sides = Readonly<Record<'assistant' | 'user', StepAssembler>>

function readMessage(message: JsonObject, sides: Sides): void {
  const { role, content, tool_calls: calls } = message
  if (role === 'tool') {
    const results = Array.isArray(message.tool_messages)
      ? message.tool_messages.filter(isJsonObject)
      : [message]
    for (const result of results) readResult(result, sides)
    return
  }
  if (role !== 'assistant' && role !== 'user') return
  const other = role === 'user' ? sides.assistant : sides.user
  other.interrupt()
  sides[role].model(typeof content === 'string' ? content : undefined)
  for (const call of Array.isArray(calls) ? calls.filter(isJsonObject) : [])
    if (typeof call.name === 'string')
      sides[role].call(
        { id: call.id, tool: { origin: LOCAL_ORIGIN, name: call.name }, ...emittedInput(call.arguments) },
        message,
      )
}

function readResult(result: JsonObject, sides: Sides): void {
  const { id, content, requestor, error: flagged } = result
  const value = (Array.isArray(content) ? textOf(content) : content) ?? ''
  const error = flagged === true ? recordedError(value) : flagged === false ? undefined : evidentError(value)
  const side = requestor === 'user' ? sides.user : sides.assistant
  side.result({ id, value, outcome: error ? 'error' : 'ok', ...(error ? { error } : {}) }, result)
}
