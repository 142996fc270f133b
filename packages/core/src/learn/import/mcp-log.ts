import { modelFamily } from '../../family.ts'
import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import type { ToolContract } from '../../tool.ts'
import type { Trajectory } from '../../trajectory.ts'
import { evidentError, recordedError } from './error-text.ts'
import { firstText, type LogFormat, type ReadContext, sourceOf } from './format.ts'
import { assembleSteps, emittedInput, quoted, type StepAssembler } from './steps.ts'
import { timeOf } from './times.ts'

/**
 * Logs of the Model Context Protocol: JSON-RPC messages of both directions in their order, one a record, bare or under
 * `message`, `payload` or `data` beside a time. The server's name is the origin of its tools, its `tools/list` their
 * contracts. A session ends where another `initialize` begins, an episode also after ten minutes of silence.
 */
export const mcpLogFormat: LogFormat = {
  name: 'mcp-log',
  detects: (record) => isJsonObject(record) && messageIn(record) !== undefined,
  readAll(records, context) {
    const read: Trajectory[] = []
    let session = openSession(context, 0)
    const close = (next: Session) => {
      const trajectory = session.trajectory()
      if (trajectory) read.push(trajectory)
      session = next
    }
    let last: number | undefined
    for (const record of records as Json[]) {
      const message = isJsonObject(record) ? messageIn(record) : undefined
      if (!isJsonObject(record) || !message) continue
      const at = timeOf(record)
      if (message.method === 'initialize') close(openSession(context, read.length + 1))
      else if (at !== undefined && last !== undefined && at - last > IDLE_MS)
        close(openSession(context, read.length + 1, session))
      session.add(message, record)
      last = at ?? last
    }
    close(session)
    return read
  },
}

const IDLE_MS = 600_000

function messageIn(record: JsonObject): JsonObject | undefined {
  const candidates = [record, record.message, record.payload, record.data]
  return candidates.filter(isJsonObject).find(({ jsonrpc }) => jsonrpc === '2.0')
}

/** What is known of the two sides, and outlives a pause. */
type Sides = { client?: string; server: string; contracts: ToolContract[] }
type Session = {
  sides: Sides
  add(message: JsonObject, record: JsonObject): void
  trajectory(): Trajectory | undefined
}

function openSession(context: ReadContext, number: number, before?: Session): Session {
  const sides: Sides = before ? before.sides : { server: 'mcp', contracts: [] }
  const assembled: StepAssembler = assembleSteps(undefined, context.fault)
  /** Requests that await their answer, by the text of their id: both sides number theirs. */
  const asked = new Map<string, string>()
  let calls = 0

  function answered(method: string, { id, result, error }: JsonObject, record: JsonObject): void {
    const value = isJsonObject(result) ? result : {}
    if (method === 'initialize') sides.server = nameIn(value.serverInfo) ?? sides.server
    else if (method === 'tools/list' && Array.isArray(value.tools)) {
      const origin = { server: sides.server }
      const tools = value.tools.filter(isJsonObject).map((tool) => ({ ...tool, ...origin }))
      // Lists come in pages, and again when they have changed.
      const read = context.contracts({ tools, source: sides.server })
      const names = new Set(read.map(({ tool }) => tool.name))
      sides.contracts = [...sides.contracts.filter(({ tool }) => !names.has(tool.name)), ...read]
    } else if (method === 'tools/call') {
      const failure = error !== undefined ? recordedError(error) : evidentError(value)
      const interrupted = value.resultType === 'input_required'
      assembled.result(
        {
          id: callId(id),
          outcome: interrupted ? 'interrupted' : failure ? 'error' : 'ok',
          value: error ?? result ?? null,
          ...(failure && !interrupted ? { error: failure } : {}),
        },
        record,
      )
    }
  }

  return {
    sides,
    add(message, record) {
      const { method, id, params } = message
      if (typeof method !== 'string') {
        const key = callId(id)
        const about = asked.get(key)
        asked.delete(key)
        if (about !== undefined) answered(about, message, record)
        return
      }
      if (id === undefined || !ASKED_BY_CLIENTS.has(method)) return
      asked.set(callId(id), method)
      const said = isJsonObject(params) ? params : {}
      if (method === 'initialize') {
        const client = nameIn(said.clientInfo)
        if (client !== undefined) sides.client = client
      } else if (method === 'tools/call') {
        calls++
        if (typeof said.name !== 'string')
          return context.fault(`a call of ${quoted(said.name)} names no tool`)
        // Without the model's turns, calls one after the other are turns of their own.
        assembled.interrupt()
        const tool = { origin: sides.server, name: said.name }
        assembled.call({ id: callId(id), tool, ...emittedInput(said.arguments) }, record)
      }
    },
    trajectory() {
      if (calls === 0) return undefined
      const { client, contracts } = sides
      return {
        id: number === 0 ? context.place : `${context.place}/${number}`,
        family: modelFamily(client, undefined),
        contracts,
        steps: assembled.steps(),
        source: sourceOf({}, context.file),
      }
    },
  }
}

const ASKED_BY_CLIENTS = new Set(['initialize', 'tools/list', 'tools/call'])

function callId(id: Json | undefined): string {
  return JSON.stringify(id ?? null)
}

function nameIn(about: Json | undefined): string | undefined {
  return isJsonObject(about) ? firstText(about, ['name']) : undefined
}
