import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import type { Trajectory } from '../../trajectory.ts'
import { evidentError, recordedError } from './error-text.ts'
import { type LogFormat, type ReadContext, trajectoryOf } from './format.ts'
import { assembleSteps, emittedInput, type StepAssembler } from './steps.ts'

/**
 * Spans of OpenTelemetry in OTLP's JSON, one export a record: those of the GenAI semantic conventions
 * (`execute_tool`, `chat`, `invoke_agent`), and those of the AI SDK's own (`ai.toolCall`, `ai.generateText.doGenerate`).
 * An episode is the run of an agent, the outermost one where they nest; without one it is the trace. Arguments and results
 * are there only where the application records contents.
 */
export const otelFormat: LogFormat = {
  name: 'otel',
  detects: (record) => isJsonObject(record) && Array.isArray(record.resourceSpans),
  readAll(records, context) {
    const spans = records.flatMap((record) => spansIn(record))
    const byId = new Map(spans.map((span) => [span.key, span]))
    const episodes = new Map<string, Span[]>()
    for (const span of spans) {
      const id = episodeOf(span, byId)
      const own = episodes.get(id)
      if (own) own.push(span)
      else episodes.set(id, [span])
    }
    return [...episodes].flatMap(([id, own]) => readEpisode(id, own, context))
  },
}

type Span = {
  key: string
  parent: string
  trace: string
  name: string
  service: string | undefined
  start: number
  end: number
  attributes: JsonObject
  failure: string | undefined
  errorType: string | undefined
}

function spansIn(record: Json): Span[] {
  return members(record, 'resourceSpans').flatMap((resource) => {
    const about = isJsonObject(resource.resource) ? attributesOf(resource.resource) : {}
    const service = textIn(about, 'service.name')
    return members(resource, 'scopeSpans').flatMap((scope) =>
      members(scope, 'spans').map((span) => readSpan(span, service)),
    )
  })
}

function readSpan(span: JsonObject, service: string | undefined): Span {
  const status = isJsonObject(span.status) ? span.status : {}
  const exception = members(span, 'events').find(({ name }) => name === 'exception')
  const thrown = exception ? attributesOf(exception) : {}
  const failed = status.code === 2 || status.code === 'STATUS_CODE_ERROR'
  const attributes = attributesOf(span)
  const trace = String(span.traceId)
  const errorType = textIn(attributes, 'error.type') ?? textIn(thrown, 'exception.type')
  const message = textIn(thrown, 'exception.message') ?? (status.message ? String(status.message) : undefined)
  return {
    ...{ trace, key: `${trace}/${span.spanId}`, parent: `${trace}/${span.parentSpanId}` },
    ...{ name: String(span.name), service, attributes, errorType },
    ...{ start: milliseconds(span.startTimeUnixNano), end: milliseconds(span.endTimeUnixNano) },
    failure: failed ? (message ?? errorType ?? 'unknown error') : undefined,
  }
}

/** The key of the outermost agent that a span is part of; of its trace where there is none. */
function episodeOf(span: Span, byId: ReadonlyMap<string, Span>): string {
  let agent: string | undefined
  const passed = new Set<Span>()
  for (let at: Span | undefined = span; at && !passed.has(at); at = byId.get(at.parent)) {
    passed.add(at)
    if (at.attributes['gen_ai.operation.name'] === 'invoke_agent') agent = at.key
  }
  return agent ?? span.trace
}

function readEpisode(id: string, spans: readonly Span[], context: ReadContext): Trajectory[] {
  const inOrder = spans.filter((span) => isModel(span) || isTool(span)).sort((a, b) => a.start - b.start)
  if (!inOrder.some(isTool)) return []
  const about = (names: readonly string[]) =>
    inOrder.flatMap(({ attributes }) => names.flatMap((name) => textIn(attributes, name) ?? []))[0]
  const model = about(['gen_ai.response.model', 'gen_ai.request.model', 'ai.model.id'])
  const provider = about(['gen_ai.provider.name', 'gen_ai.system', 'ai.model.provider'])
  const assembled = assembleSteps(model, context.fault)
  for (const [index, span] of inOrder.entries()) {
    if (isTool(span)) readTool(span, index, assembled, context)
    else assembled.model()
  }
  const source = inOrder[0]?.service ?? context.place
  const definitions = about(['gen_ai.tool.definitions', 'gen_ai.request.tools'])
  const contracts = context.contracts({ tools: definitions ? parsed(definitions) : null, source })
  const record: JsonObject = provider === undefined ? {} : { provider }
  return [trajectoryOf({ id, source, model, contracts }, record, assembled)]
}

function isTool({ attributes, name }: Span): boolean {
  return attributes['gen_ai.operation.name'] === 'execute_tool' || name === 'ai.toolCall'
}

function isModel({ attributes, name }: Span): boolean {
  const operation = attributes['gen_ai.operation.name']
  return (
    ['chat', 'generate_content', 'text_completion'].includes(String(operation)) ||
    /\.do(?:Generate|Stream)$/.test(name)
  )
}

function readTool(span: Span, index: number, assembled: StepAssembler, { fault }: ReadContext): void {
  const { attributes, failure, errorType, start, end } = span
  const name = textIn(attributes, 'gen_ai.tool.name') ?? textIn(attributes, 'ai.toolCall.name')
  if (name === undefined) {
    fault('a span of a tool names no tool')
    return
  }
  // Several attempts of one call have its id.
  const id = `${textIn(attributes, 'gen_ai.tool.call.id') ?? textIn(attributes, 'ai.toolCall.id') ?? ''}#${index}`
  const args = attributes['gen_ai.tool.call.arguments'] ?? attributes['ai.toolCall.args']
  const said = attributes['gen_ai.tool.call.result'] ?? attributes['ai.toolCall.result']
  assembled.call({ id, tool: { origin: LOCAL_ORIGIN, name }, ...emittedInput(args) }, {})
  const value = typeof said === 'string' ? parsed(said) : (said ?? null)
  const error =
    failure === undefined
      ? evidentError(value)
      : { ...recordedError(failure), ...(errorType === undefined ? {} : { name: errorType }) }
  const outcome = error ? 'error' : 'ok'
  assembled.result({ id, outcome, value, ...(error ? { error } : {}) }, { ms: Math.max(0, end - start) })
}

function members(holder: Json, name: string): JsonObject[] {
  const list = isJsonObject(holder) ? holder[name] : undefined
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

function attributesOf(holder: JsonObject): JsonObject {
  return Object.fromEntries(
    members(holder, 'attributes').map(({ key, value }) => [String(key), plain(value)]),
  )
}

/** A value of OTLP, `{ stringValue }` and its kin, as JSON. */
function plain(value: Json | undefined): Json {
  if (!isJsonObject(value)) return null
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue } = value
  if (intValue !== undefined) return Number(intValue)
  if (isJsonObject(arrayValue)) return Array.isArray(arrayValue.values) ? arrayValue.values.map(plain) : []
  if (isJsonObject(kvlistValue))
    return Object.fromEntries(
      members(kvlistValue, 'values').map(({ key, value }) => [String(key), plain(value)]),
    )
  return stringValue ?? boolValue ?? doubleValue ?? null
}

function textIn(attributes: JsonObject, name: string): string | undefined {
  const value = attributes[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** Nanoseconds since the epoch do not fit a number; the last six digits are below what is used. */
function milliseconds(nanoseconds: Json | undefined): number {
  if (typeof nanoseconds !== 'string' && typeof nanoseconds !== 'number') return 0
  return Number(nanoseconds) / 1e6
}
