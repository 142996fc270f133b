import { readFileSync } from 'node:fs'
import type { Json, JsonObject } from '@lifeharness/core'
import type { Call, Case, EmittedText, Group } from './case.ts'
import { expectedCalls } from './recorded.ts'
import { contractsOf, isObject } from './schemas.ts'

/**
 * One case a line: `{ tools, emitted, truth | null }`, with `operator` (or `operators`) and `group` where stated.
 * `tools`: definitions as OpenAI, MCP or BFCL write them. `emitted`: the model's text; or `{ name, arguments }` (text or
 * object), bare or in OpenAI's envelope. `truth`: a call, a list of calls, or null where nothing may be made of it.
 * @throws where a line is not of this form.
 */
export function readCorpus(file: string): Case[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at): Case[] => (line.trim() === '' ? [] : [caseOf(JSON.parse(line) as Json, at + 1)]))
}

function caseOf(line: Json, at: number): Case {
  if (!isObject(line) || !Array.isArray(line.tools) || line.emitted === undefined || line.truth === undefined)
    throw new Error(`line ${at}: a case needs tools, emitted and truth (null where it must be left alone)`)
  const named = line.operators ?? line.operator ?? line.op ?? line.category
  const operators = (Array.isArray(named) ? named : named === undefined ? ['corpus'] : [named]).map(String)
  const truth = line.truth === null ? null : truthOf(line.truth)
  const group: Group =
    line.group === 'odd' || line.group === 'trap' ? line.group : truth === null ? 'trap' : 'repair'
  return {
    id: String(line.id ?? `line-${at}`),
    group,
    operators,
    tools: contractsOf(line.tools),
    emitted: emittedOf(line.emitted),
    truth,
  }
}

function emittedOf(emitted: Json): EmittedText {
  if (typeof emitted === 'string') return { text: emitted }
  const call = namedCall(emitted)
  if (!call)
    return {
      text: isObject(emitted) && typeof emitted.text === 'string' ? emitted.text : JSON.stringify(emitted),
    }
  const { name, written } = call
  return { name, rawInput: typeof written === 'string' ? written : JSON.stringify(written ?? {}) }
}

/** The name and the arguments of a call, as written. */
function namedCall(value: Json): { name: string; written: Json | undefined } | undefined {
  if (!isObject(value)) return undefined
  const inner = [value.function, value.function_call].find(isObject) ?? value
  const name = inner.name ?? inner.tool ?? inner.tool_name ?? inner.toolName
  if (typeof name !== 'string') return undefined
  return { name, written: inner.rawInput ?? inner.arguments ?? inner.args ?? inner.input ?? inner.parameters }
}

function truthOf(truth: Json): Call[] {
  const calls = (Array.isArray(truth) ? truth : [truth]).map((one): Call[] => {
    const call = namedCall(one)
    if (!call) return expectedCalls(one)
    const input = typeof call.written === 'string' ? (JSON.parse(call.written) as Json) : (call.written ?? {})
    return [{ name: call.name, input: input as JsonObject }]
  })
  return calls.flat()
}
