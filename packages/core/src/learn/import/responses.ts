import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { LOCAL_ORIGIN } from '../../tool.ts'
import type { ErrorFacts, Trajectory } from '../../trajectory.ts'
import { evidentError, recordedError } from './error-text.ts'
import { firstText, type LogFormat, modelIdOf, type ReadContext, sourceOf, trajectoryOf } from './format.ts'
import { assembleSteps, emittedInput, type StepAssembler } from './steps.ts'

/**
 * Items of OpenAI's Responses API: `function_call`, `custom_tool_call` and `local_shell_call` with the items of their outputs,
 * and `mcp_call`, which holds both; bare, under `payload` as Codex keeps them in the files of its sessions, or listed
 * in a request (`input`), an answer (`output`) or a conversation (`items`, `data`).
 */
export const responsesFormat: LogFormat = {
  name: 'responses',
  detects: (record) => isJsonObject(record) && (isEvent(record) || listIn(record) !== undefined),
  readAll(records, context) {
    const read: Trajectory[] = []
    let session = openSession(context)
    for (const record of records) {
      if (!isJsonObject(record)) continue
      const list = listIn(record)
      // A session, and a request with its answer, begin an episode.
      if (list || record.type === 'session_meta') {
        read.push(...trajectoriesOf(session, read.length, context))
        session = openSession(context)
      }
      const about = isJsonObject(record.payload) ? record.payload : record
      session.model ??= modelIdOf(about)
      if (record.type === 'session_meta') session.id = firstText(about, ['id'])
      for (const item of list ?? [about]) if (isJsonObject(item)) readItem(item, record, session)
    }
    return [...read, ...trajectoriesOf(session, read.length, context)]
  },
}

const CALLS: ReadonlySet<Json> = new Set([
  'function_call',
  'custom_tool_call',
  'local_shell_call',
  'mcp_call',
])
const OUTPUTS: ReadonlySet<Json> = new Set([
  'function_call_output',
  'custom_tool_call_output',
  'local_shell_call_output',
])
/** What Codex notes beside the items. */
const NOTES: ReadonlySet<Json> = new Set([
  'response_item',
  'session_meta',
  'turn_context',
  'event_msg',
  'compacted',
])

const isItem = ({ type = null }: JsonObject) => CALLS.has(type) || OUTPUTS.has(type)

function isEvent(record: JsonObject): boolean {
  const { type = null, payload } = record
  return (
    isItem(record) ||
    (NOTES.has(type) && isJsonObject(payload)) ||
    (type === 'reasoning' && 'summary' in record)
  )
}

function listIn({ input, output, items, data }: JsonObject): Json[] | undefined {
  const lists = [input, output, items, data].filter((list) => Array.isArray(list))
  const listed = lists.flat() as Json[]
  return listed.some((item) => isJsonObject(item) && isItem(item)) ? listed : undefined
}

type Session = {
  id: string | undefined
  model: string | undefined
  assembled: StepAssembler
  /** The calls of one turn come one after the other. */
  inTurn: boolean
}

function openSession({ fault }: ReadContext): Session {
  return { id: undefined, model: undefined, assembled: assembleSteps(undefined, fault), inTurn: false }
}

function readItem(item: JsonObject, record: JsonObject, session: Session): void {
  const { assembled } = session
  const { type = null, role } = item
  if (CALLS.has(type)) {
    if (!session.inTurn) assembled.model()
    session.inTurn = true
    readCall(item, record, assembled)
  } else if (OUTPUTS.has(type)) {
    session.inTurn = false
    readOutput(item, record, assembled)
  } else if (role === 'assistant') {
    assembled.model(spokenIn(item.content))
    session.inTurn = true
  } else if (typeof role === 'string') {
    assembled.interrupt()
    session.inTurn = false
  }
}

function readCall(item: JsonObject, record: JsonObject, assembled: StepAssembler): void {
  const { type, action, name } = item
  const id = item.call_id ?? item.id
  const called = type === 'local_shell_call' ? 'local_shell' : name
  if (typeof called !== 'string' || called === '') return
  const origin = (type === 'mcp_call' && firstText(item, ['server_label'])) || LOCAL_ORIGIN
  const tool = { origin, name: called }
  // A custom tool is given a text, and no arguments.
  if (type === 'custom_tool_call') assembled.call({ id, tool, input: { input: item.input ?? '' } }, record)
  else if (type === 'local_shell_call') assembled.call({ id, tool, input: action ?? {} }, record)
  else assembled.call({ id, tool, ...emittedInput(item.arguments) }, record)
  if (type !== 'mcp_call') return
  const failed = item.error !== undefined && item.error !== null && item.error !== ''
  const error = failed ? recordedError(item.error) : evidentError(item.output)
  settle(assembled, { id, value: item.output ?? null, error }, record)
}

function readOutput(item: JsonObject, record: JsonObject, assembled: StepAssembler): void {
  const said = spokenIn(item.output) ?? item.output ?? ''
  const run = typeof said === 'string' ? programRun(said) : undefined
  const marked = item.status === 'failed' || item.status === 'incomplete'
  const value = run?.output ?? said
  const error = run ? run.error : marked ? recordedError(value) : evidentError(value)
  settle(assembled, { id: item.call_id ?? item.id, value, error }, record)
}

type Settled = { id: Json | undefined; value: Json; error: ErrorFacts | undefined }

function settle(assembled: StepAssembler, { id, value, error }: Settled, record: JsonObject): void {
  assembled.result({ id, value, outcome: error ? 'error' : 'ok', ...(error ? { error } : {}) }, record)
}

/** `{"output": "…", "metadata": {"exit_code": 1}}`: what a program printed, and how it ended. */
function programRun(text: string): { output: string; error: ErrorFacts | undefined } | undefined {
  if (!/^\{"/.test(text) || !text.includes('"exit_code"')) return undefined
  try {
    const { output, metadata } = JSON.parse(text) as JsonObject
    const code = isJsonObject(metadata) ? metadata.exit_code : undefined
    if (typeof output !== 'string' || typeof code !== 'number') return undefined
    return { output, error: code === 0 ? undefined : { message: output.trim() || `exit code ${code}`, code } }
  } catch {
    return undefined
  }
}

/** The texts of content parts, whatever the API calls them: `input_text`, `output_text`, `text`. */
function spokenIn(content: Json | undefined): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  const texts = content.flatMap((part) =>
    isJsonObject(part) && typeof part.text === 'string' ? [part.text] : [],
  )
  return texts.length === 0 ? undefined : texts.join('\n')
}

function trajectoriesOf(
  { id, model, assembled }: Session,
  number: number,
  context: ReadContext,
): Trajectory[] {
  const source = sourceOf({}, context.file)
  const own = id ?? (number === 0 ? context.place : `${context.place}/${number + 1}`)
  const contracts = context.contracts({ tools: null, source })
  const read = trajectoryOf({ id: own, source, model, contracts }, {}, assembled)
  return read.steps.some(({ type }) => type === 'tool') ? [read] : []
}
