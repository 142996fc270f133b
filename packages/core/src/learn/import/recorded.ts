import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN, type Tool } from '../../tool.ts'
import { recordedError } from './error-text.ts'
import {
  firstText,
  modelIdOf,
  type ReadContext,
  type RecordFormat,
  sourceOf,
  trajectoryOf,
} from './format.ts'
import { assembleSteps, type Emitted, emittedInput, quoted, type StepAssembler } from './steps.ts'

/**
 * Recorded episodes: `{ source, model, episode_id, success, tools_ref?, tools?, user_id?, steps }` with steps
 * `{ kind: 'message', role, content }`, `{ kind: 'call', tool, args, call_id, inner_tool? }` and
 * `{ kind: 'result', call_id, ok, content, error? }`.
 */
export const recordedFormat: RecordFormat = {
  name: 'recorded',
  detects: (record) => isJsonObject(record) && 'steps' in record,
  read: (record, context) => {
    if (!isJsonObject(record)) return undefined
    const { steps } = record
    if (!Array.isArray(steps)) {
      context.fault('steps are not a list')
      return undefined
    }
    const source = sourceOf(record, context.file)
    const model = modelIdOf(record)
    const assembled = assembleSteps(model, context.fault)
    for (const step of steps) readStep(step, assembled, context)
    const own = firstText(record, ['episode_id', 'id'])
    const about = {
      // Two sources number their episodes alike.
      id: own === undefined ? context.place : `${source}/${own}`,
      source,
      model,
      contracts: context.contracts({ ref: record.tools_ref ?? null, tools: record.tools ?? null, source }),
    }
    return trajectoryOf(about, record, assembled)
  },
}

function readStep(step: Json, assembled: StepAssembler, { fault }: ReadContext): void {
  if (!isJsonObject(step)) fault('a step is not an object')
  else if (step.kind === 'message') readMessage(step, assembled, fault)
  else if (step.kind === 'call') readCall(step, assembled, fault)
  else if (step.kind === 'result') readResult(step, assembled, fault)
  else fault(`a step has the unknown kind ${quoted(step.kind)}`)
}

type Fault = ReadContext['fault']

function readMessage({ role, content }: JsonObject, assembled: StepAssembler, fault: Fault): void {
  if (role === 'assistant') assembled.model(typeof content === 'string' ? content : undefined)
  else if (typeof role === 'string') assembled.interrupt()
  else fault('a message has no role')
}

function readCall(step: JsonObject, assembled: StepAssembler, fault: Fault): void {
  if (typeof step.tool !== 'string' || step.tool === '') fault('a call names no tool')
  else assembled.call({ id: step.call_id, ...unfolded(step, step.tool) }, step)
}

function readResult(step: JsonObject, assembled: StepAssembler, fault: Fault): void {
  const { call_id: id, ok, content: value = null } = step
  if (ok === true) assembled.result({ id, value, outcome: 'ok' }, step)
  else if (ok === false)
    assembled.result({ id, value, outcome: 'error', error: recordedError(step.error || value) }, step)
  else fault('a result does not say whether it is ok')
}

/** A call through a meta-tool is a call of the inner tool with the inner input, as it stood in the outer one. */
function unfolded({ args, inner_tool: inner }: JsonObject, name: string): Emitted & { tool: Tool } {
  if (typeof inner !== 'string' || inner === '')
    return { tool: { origin: LOCAL_ORIGIN, name }, ...emittedInput(args) }
  const given = isJsonObject(args) ? args : {}
  const key = ['params', 'arguments', 'input'].find((member) => Object.hasOwn(given, member))
  const emitted = key === undefined ? emittedInput(args) : { input: given[key] ?? null }
  return { tool: innerTool(inner, firstText(given, ['server_name', 'server'])), ...emitted }
}

/** `inner` is `<origin>/<name>` or a name; an origin may itself hold a slash, so the one that was called decides. */
function innerTool(inner: string, origin: string | undefined): Tool {
  if (origin !== undefined)
    return { origin, name: inner.startsWith(`${origin}/`) ? inner.slice(origin.length + 1) : inner }
  const slash = inner.lastIndexOf('/')
  if (slash <= 0) return { origin: LOCAL_ORIGIN, name: inner }
  return { origin: inner.slice(0, slash), name: inner.slice(slash + 1) }
}
