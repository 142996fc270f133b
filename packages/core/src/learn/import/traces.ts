import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { readLeniently } from '../../lenient-json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import type { Trajectory } from '../../trajectory.ts'
import { evidentError, recordedError } from './error-text.ts'
import { firstText, type LogFormat, modelIdOf, type ReadContext, trajectoryOf } from './format.ts'
import { assembleSteps } from './steps.ts'

/**
 * Exported traces, one run a record: runs of LangSmith (`run_type`, `trace_id`) and observations of Langfuse (`type` in
 * capitals, `traceId`). What ran as a tool is a call, what ran as a model begins a turn; each trace is an episode, in the
 * order in which its runs began.
 */
export const tracesFormat: LogFormat = {
  name: 'traces',
  detects: (record) => isJsonObject(record) && runIn(record) !== undefined,
  readAll(records, context) {
    const traces = Map.groupBy(
      records.flatMap((record) => (isJsonObject(record) ? (runIn(record) ?? []) : [])),
      ({ trace }) => trace,
    )
    return [...traces].flatMap(([trace, runs]) => readTrace(trace, runs, context))
  },
}

type Run = {
  kind: 'tool' | 'model' | 'other'
  trace: string
  id: string
  name: string
  input: Json
  output: Json
  /** What the source itself calls an error; null where it says that there was none. */
  error: Json
  began: string
  ended: string
  model: string | undefined
}

function runIn(record: JsonObject): Run | undefined {
  const id = firstText(record, ['id', 'run_id'])
  const name = firstText(record, ['name'])
  if (id === undefined || name === undefined) return undefined
  return smithRun(record, { id, name }) ?? fuseRun(record, { id, name })
}

function smithRun(record: JsonObject, about: { id: string; name: string }): Run | undefined {
  const { run_type: type, inputs, outputs, error } = record
  const trace = firstText(record, ['trace_id'])
  if (typeof type !== 'string' || trace === undefined) return undefined
  const kind = type === 'tool' ? 'tool' : type === 'llm' ? 'model' : 'other'
  return {
    ...{ kind, trace, ...about, model: modelOf(record) },
    ...{ began: firstText(record, ['start_time']) ?? '', ended: firstText(record, ['end_time']) ?? '' },
    ...{ input: argumentsIn(inputs), output: answerIn(outputs), error: error ?? null },
  }
}

const TYPES: ReadonlySet<Json> = new Set([
  'TOOL',
  'SPAN',
  'GENERATION',
  'AGENT',
  'CHAIN',
  'EVENT',
  'RETRIEVER',
])

function fuseRun(record: JsonObject, about: { id: string; name: string }): Run | undefined {
  const { type = null, input = null, output = null, level, statusMessage } = record
  const trace = firstText(record, ['traceId', 'trace_id'])
  if (!TYPES.has(type) || trace === undefined) return undefined
  const kind = type === 'TOOL' ? 'tool' : type === 'GENERATION' ? 'model' : 'other'
  const failed = level === 'ERROR'
  return {
    ...{ kind, trace, ...about, model: modelOf(record) },
    ...{ began: firstText(record, ['startTime']) ?? '', ended: firstText(record, ['endTime']) ?? '' },
    ...{ input: argumentsIn(input), output: answerIn(output) },
    error: failed ? (statusMessage ?? output ?? 'failed') : null,
  }
}

/** LangChain's tracer keeps the arguments of a tool as a text under `input`, an object in the way of Python. */
function argumentsIn(inputs: Json | undefined): Json {
  const alone = isJsonObject(inputs) && Object.keys(inputs).length === 1
  const given = alone ? (inputs.input ?? inputs) : (inputs ?? {})
  if (typeof given !== 'string') return given
  const read = /^\s*\{/.test(given) ? readLeniently(given) : undefined
  return read ?? { input: given }
}

/** An answer alone in its envelope, and the content of a message that is one. */
function answerIn(outputs: Json | undefined): Json {
  const answer =
    isJsonObject(outputs) && Object.keys(outputs).length === 1 ? (outputs.output ?? outputs) : outputs
  if (!isJsonObject(answer)) return answer ?? null
  const message = isJsonObject(answer.kwargs) ? answer.kwargs : answer
  const isMessage = message.type === 'tool' || 'tool_call_id' in message
  return isMessage && typeof message.content === 'string' ? message.content : answer
}

function readTrace(trace: string, runs: readonly Run[], context: ReadContext): Trajectory[] {
  const ordered = [...runs].sort((a, b) => (a.began < b.began ? -1 : a.began > b.began ? 1 : 0))
  const model = ordered.find((run) => run.kind === 'model' && run.model !== undefined)?.model
  const assembled = assembleSteps(model, context.fault)
  let calls = 0
  for (const { kind, id, name, input, output, error: failed, began, ended } of ordered) {
    if (kind === 'model') assembled.model()
    if (kind !== 'tool') continue
    calls++
    assembled.call({ id, tool: { origin: LOCAL_ORIGIN, name }, input }, { timestamp: began })
    const error = failed === null || failed === '' ? evidentError(output) : recordedError(failed)
    const value = error && output === null ? failed : output
    const said = { id, value, outcome: error ? 'error' : 'ok', ...(error ? { error } : {}) } as const
    assembled.result(said, { timestamp: ended })
  }
  if (calls === 0) return []
  const contracts = context.contracts({ tools: null, source: 'traces' })
  return [trajectoryOf({ id: trace, source: 'traces', model, contracts }, {}, assembled)]
}

function modelOf(record: JsonObject): string | undefined {
  const { extra } = record
  const metadata = isJsonObject(extra) && isJsonObject(extra.metadata) ? extra.metadata : {}
  return modelIdOf(record) ?? modelIdOf({ model: metadata.ls_model_name ?? null })
}
