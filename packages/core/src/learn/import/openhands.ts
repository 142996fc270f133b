import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import { evidentError, recordedError } from './error-text.ts'
import { firstText, type LogFormat, modelIdOf, sourceOf, trajectoryOf } from './format.ts'
import { assembleSteps, type StepAssembler } from './steps.ts'

/**
 * Events of OpenHands, one a record or in a list: an action of the agent, and the observation that it was the `cause` of. A
 * program that ended with another code than 0, and the observation `error`, are errors.
 */
export const openhandsFormat: LogFormat = {
  name: 'openhands',
  detects: (record) => isJsonObject(record) && isEvent(record),
  readAll(records, context) {
    const events = records.filter(isJsonObject)
    const models = events.map(({ tool_call_metadata: about }) => modelIn(about))
    const model = models.find((id) => id !== undefined)
    const assembled = assembleSteps(model, context.fault)
    const asked = new Set<Json>()
    for (const event of events) {
      if (isCall(event)) {
        asked.add(event.id ?? null)
        readAction(event, assembled)
      } else if (asked.has(event.cause ?? null) && typeof event.observation === 'string')
        readObservation(event, assembled)
      else if (event.source === 'user') assembled.interrupt()
    }
    if (asked.size === 0) return []
    const source = sourceOf({}, context.file)
    const contracts = context.contracts({ tools: null, source })
    return [trajectoryOf({ id: context.place, source, model, contracts }, {}, assembled)]
  },
}

const WITHOUT_TOOL: ReadonlySet<string> = new Set([
  ...['message', 'system', 'finish', 'think', 'recall', 'change_agent_state', 'null', 'condensation'],
])

function isEvent({ id, action, observation, source }: JsonObject): boolean {
  return (
    typeof id === 'number' &&
    typeof source === 'string' &&
    (typeof action === 'string' || typeof observation === 'string')
  )
}

function isCall({ action, source }: JsonObject): boolean {
  return source === 'agent' && typeof action === 'string' && !WITHOUT_TOOL.has(action)
}

function readAction(event: JsonObject, assembled: StepAssembler): void {
  const { args, tool_call_metadata: about } = event
  const called = isJsonObject(about) ? firstText(about, ['function_name']) : undefined
  const name = called ?? String(event.action)
  const { thought, ...input } = isJsonObject(args) ? args : {}
  assembled.model(typeof thought === 'string' ? thought : undefined)
  assembled.call({ id: String(event.id), tool: { origin: LOCAL_ORIGIN, name }, input }, event)
}

function readObservation(event: JsonObject, assembled: StepAssembler): void {
  const value = event.content ?? ''
  const extras = isJsonObject(event.extras) ? event.extras : {}
  const run = isJsonObject(extras.metadata) ? extras.metadata : extras
  const code = run.exit_code
  const ended = typeof code === 'number'
  const said = typeof value === 'string' ? value.trim() : ''
  const error =
    event.observation === 'error'
      ? recordedError(value)
      : ended && code !== 0
        ? { message: said || `exit code ${code}`, code }
        : ended
          ? undefined
          : evidentError(value)
  const outcome = error ? 'error' : 'ok'
  assembled.result({ id: String(event.cause), value, outcome, ...(error ? { error } : {}) }, event)
}

function modelIn(about: Json | undefined): string | undefined {
  const response = isJsonObject(about) ? about.model_response : undefined
  return isJsonObject(response) ? modelIdOf(response) : undefined
}
