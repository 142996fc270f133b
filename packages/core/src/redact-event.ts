import type { Applied } from './action.ts'
import type { Event } from './event.ts'
import type { Failure } from './failure.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { Tool, ToolContract } from './tool.ts'
import type { ErrorFacts, ToolCall } from './trajectory.ts'

type Redact = (value: Json) => Json

/**
 * The event without secrets, whatever member they stand in: hosts, models and tools write ids, names and codes too. What
 * holds none stays readable, because ids are told from secrets.
 */
export function redactEvent(event: Event, redact: Redact): Event {
  const text = <T extends string | undefined>(dirty: T): T =>
    (dirty === undefined ? dirty : redact(dirty)) as T
  switch (event.type) {
    case 'episode': {
      const { agent, subject, scope } = event
      return {
        ...event,
        episode: text(event.episode),
        family: text(event.family),
        ...(agent === undefined ? {} : { agent: text(agent) }),
        ...(subject === undefined ? {} : { subject: text(subject) }),
        ...(scope === undefined ? {} : { scope: text(scope) }),
      }
    }
    case 'contracts': {
      const contracts = event.contracts?.map((contract) => cleanContract(contract, redact))
      return { ...event, episode: text(event.episode), ...(contracts ? { contracts } : {}) }
    }
    case 'model': {
      const { finishReason, text: written } = event
      return {
        ...event,
        episode: text(event.episode),
        ...(finishReason === undefined ? {} : { finishReason: text(finishReason) }),
        ...(written === undefined ? {} : { text: text(written) }),
      }
    }
    case 'tool': {
      const { executed, error, failure, state } = event
      return {
        ...event,
        episode: text(event.episode),
        call: cleanCall(event.call, redact),
        ...(executed ? { executed: cleanCall(executed, redact) } : {}),
        view: redact(event.view),
        ...(error ? { error: cleanError(error, redact) } : {}),
        ...(failure ? { failure: cleanFailure(failure, redact) } : {}),
        applied: event.applied.map((record) => cleanApplied(record, redact)),
        ...(state === undefined ? {} : { state: redact(state) }),
      }
    }
    case 'end':
      return { ...event, episode: text(event.episode) }
    case 'fault':
      return { ...event, where: text(event.where), message: text(event.message) }
  }
}

function cleanCall(dirty: ToolCall, redact: Redact): ToolCall {
  const { id, tool, input, rawInput } = dirty
  return {
    ...dirty,
    id: redact(id) as string,
    tool: cleanTool(tool, redact),
    ...(input === undefined ? {} : { input: redact(input) }),
    ...(rawInput === undefined ? {} : { rawInput: redact(rawInput) as string }),
  }
}

function cleanTool({ origin, name }: Tool, redact: Redact): Tool {
  return { origin: redact(origin) as string, name: redact(name) as string }
}

function cleanError({ message, name, code, ...rest }: ErrorFacts, redact: Redact): ErrorFacts {
  return {
    ...rest,
    message: redact(message) as string,
    ...(name === undefined ? {} : { name: redact(name) as string }),
    ...(code === undefined ? {} : { code: redact(code) as string | number }),
  }
}

function cleanFailure(dirty: Failure, redact: Redact): Failure {
  const { evidence, path, signature } = dirty
  return {
    ...dirty,
    signature: redact(signature) as string,
    evidence: { ...evidence, bytes: redact(evidence.bytes) as string },
    // The names in it are what the model wrote.
    ...(path === undefined ? {} : { path: redact(path) as string }),
  }
}

function cleanApplied(dirty: Applied, redact: Redact): Applied {
  const { before, after, note } = dirty
  return {
    ...dirty,
    ...(before === undefined ? {} : { before: redact(before) }),
    ...(after === undefined ? {} : { after: redact(after) }),
    ...(note === undefined ? {} : { note: redact(note) as string }),
  }
}

/** Keywords whose members are named by the user's arguments, and those that hold values of the argument itself. */
const NAMED = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const VALUES = new Set(['default', 'const', 'enum', 'examples', 'example'])

/** A schema names secrets without holding any (`api_key: { type: 'string' }`), so the names alone decide nothing. */
function cleanContract(contract: ToolContract, redact: Redact): ToolContract {
  function clean(value: Json, argument: string | undefined): Json {
    if (typeof value === 'string') return redact(value)
    if (Array.isArray(value)) return value.map((item) => clean(item, argument))
    if (!isJsonObject(value)) return value
    const members = Object.entries(value).map(([keyword, member]): [string, Json] => {
      if (NAMED.has(keyword) && isJsonObject(member)) return [keyword, mapped(member)]
      return [keyword, VALUES.has(keyword) ? literal(member, argument) : clean(member, argument)]
    })
    return Object.fromEntries(members)
  }
  const mapped = (schemas: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, clean(schema, name)]))
  const literal = (value: Json, argument: string | undefined): Json =>
    argument === undefined ? redact(value) : ((redact({ [argument]: value }) as JsonObject)[argument] ?? null)
  const { tool, ...rest } = contract
  return {
    tool: cleanTool(tool, redact),
    ...(clean(rest as JsonObject, undefined) as Omit<ToolContract, 'tool'>),
  }
}
