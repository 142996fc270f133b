import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import { messagesOf } from './conversation.ts'
import { evidentError } from './error-text.ts'
import { modelIdOf, type RecordFormat, sourceOf, trajectoryOf } from './format.ts'
import { assembleSteps, type StepAssembler } from './steps.ts'

/**
 * Runs of SWE-agent, `{ trajectory: [{ action, observation }] }`, and of its small brother, whose messages hold a command in
 * a fence and its `<returncode>` in the answer. Both have one tool, a shell. That a command failed is told by its
 * return code, or by the way the observation begins.
 */
export const sweAgentFormat: RecordFormat = {
  name: 'swe-agent',
  detects: (record) => isJsonObject(record) && (turnsIn(record) ?? exchangesIn(record)) !== undefined,
  read: (record, context) => {
    if (!isJsonObject(record)) return undefined
    const source = sourceOf({}, context.file)
    const model = modelIn(record)
    const assembled = assembleSteps(model, context.fault)
    for (const [index, turn] of (turnsIn(record) ?? exchangesIn(record) ?? []).entries())
      readTurn(turn, index, assembled)
    const contracts = context.contracts({ tools: null, source })
    return trajectoryOf({ id: context.place, source, model, contracts }, {}, assembled)
  },
}

type Turn = { action: string; observation: string }

function turnsIn({ trajectory }: JsonObject): Turn[] | undefined {
  if (!Array.isArray(trajectory) || trajectory.length === 0) return undefined
  const turns = trajectory.flatMap((turn) => {
    const { action, observation } = isJsonObject(turn) ? turn : {}
    return typeof action === 'string' && typeof observation === 'string'
      ? [{ action: action.trim(), observation }]
      : []
  })
  return turns.length === 0 ? undefined : turns.filter(({ action }) => action !== '')
}

const FENCE = /```[\w-]*\n([\s\S]*?)\n?```/g
const ANSWER = /^\s*<returncode>/

/** What the model wrote, with the answer to it. */
function exchangesIn(record: JsonObject): Turn[] | undefined {
  const messages = messagesOf(record)
  if (!Array.isArray(messages)) return undefined
  const texts = messages.map((message) => {
    const { role, content } = isJsonObject(message) ? message : {}
    return { role, text: typeof content === 'string' ? content : '' }
  })
  if (!texts.some(({ role, text }) => role === 'user' && ANSWER.test(text))) return undefined
  return texts.flatMap(({ role, text }, index) => {
    const command = role === 'assistant' ? [...text.matchAll(FENCE)].at(-1)?.[1] : undefined
    const answer = texts[index + 1]
    return command && answer?.role === 'user' && ANSWER.test(answer.text)
      ? [{ action: command.trim(), observation: answer.text }]
      : []
  })
}

function readTurn({ action, observation }: Turn, index: number, assembled: StepAssembler): void {
  const id = `turn-${index + 1}`
  assembled.model()
  assembled.call({ id, tool: { origin: LOCAL_ORIGIN, name: 'bash' }, input: { command: action } }, {})
  const error = evidentError(observation)
  assembled.result(
    { id, value: observation, outcome: error ? 'error' : 'ok', ...(error ? { error } : {}) },
    {},
  )
}

function modelIn({ info }: JsonObject): string | undefined {
  const config: Json | undefined = isJsonObject(info) ? info.config : undefined
  const model = isJsonObject(config) ? config.model : undefined
  return isJsonObject(model) ? modelIdOf({ model: model.model_name ?? null }) : undefined
}
