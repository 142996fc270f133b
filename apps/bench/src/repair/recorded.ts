import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject } from '@lifeharness/core'
import { isObject } from './schemas.ts'

/** Arguments that real models or the authors of questions wrote, by tool and argument name. */
export type RecordedValues = { of(tool: string, argument: string): readonly Json[] }

const MAX_VALUES = 40

/** Collects values from trajectories (calls that succeeded) and from the expected calls of questions. */
export function loadRecordedValues(data: string): RecordedValues {
  const values = new Map<string, Map<string, Json>>()
  const add = (tool: string, argument: string, value: Json) => {
    const key = `${tool} ${argument}`
    const known = values.get(key) ?? new Map<string, Json>()
    if (known.size < MAX_VALUES && JSON.stringify(value).length < 400) known.set(JSON.stringify(value), value)
    values.set(key, known)
  }
  for (const record of lines(join(data, 'trajectories'), () => true)) {
    if (!Array.isArray(record.steps)) continue
    const steps = record.steps.filter(isObject)
    const ok = new Set(
      steps.flatMap(({ kind, ok: passed, call_id: id }) =>
        kind === 'result' && passed === true ? [id] : [],
      ),
    )
    for (const step of steps)
      if (step.kind === 'call' && ok.has(step.call_id ?? null) && isObject(step.args))
        for (const [name, value] of Object.entries(step.args))
          add(String(step.inner_tool ?? step.tool), name, value)
  }
  for (const record of lines(join(data, 'single_call'), (name) => name.endsWith('-questions.jsonl')))
    for (const { name, input } of expectedCalls(record.expected ?? null))
      for (const [argument, value] of Object.entries(input)) add(name, argument, value)
  return { of: (tool, argument) => [...(values.get(`${tool} ${argument}`)?.values() ?? [])] }
}

function* lines(folder: string, wanted: (name: string) => boolean): Iterable<JsonObject> {
  let files: string[] = []
  try {
    files = readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl') && wanted(name))
      .sort()
  } catch {
    return
  }
  for (const file of files)
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n'))
      if (line.trim() !== '') yield JSON.parse(line) as JsonObject
}

/** `{ tool: { argument: [accepted, …] } }`, or a list of those: the calls made of the first accepted values. */
export function expectedCalls(expected: Json): { name: string; input: JsonObject }[] {
  return (Array.isArray(expected) ? expected : [expected]).filter(isObject).flatMap((one) =>
    Object.entries(one).map(([name, accepted]) => ({
      name,
      input: isObject(accepted) ? firstAccepted(accepted) : {},
    })),
  )
}

function firstAccepted(accepted: JsonObject): JsonObject {
  const members = Object.entries(accepted).flatMap(([name, values]): [string, Json][] => {
    const value = Array.isArray(values) ? values.find((one) => one !== '') : undefined
    return value === undefined ? [] : [[name, plainValue(value)]]
  })
  return Object.fromEntries(members)
}

/** Objects inside an expected value list accepted values of their own. */
function plainValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(plainValue)
  if (!isObject(value)) return value
  const listed = Object.values(value).every((member) => Array.isArray(member))
  return listed ? firstAccepted(value) : value
}
