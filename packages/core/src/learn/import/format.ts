import { basename } from 'node:path'
import { modelFamily } from '../../family.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { ToolContract } from '../../tool.ts'
import type { Trajectory } from '../../trajectory.ts'
import type { StepAssembler } from './steps.ts'

/** Open: one file each. Tells its records by their form alone. */
export type ImportFormat = RecordFormat | LogFormat

/** Each record is an episode. */
export type RecordFormat = {
  name: string
  detects(record: Json): boolean
  /** Undefined where the record cannot be used at all; why was said to `fault`. */
  read(record: Json, context: ReadContext): Trajectory | undefined
}

/** Records are parts of episodes: those that follow one another in a file are read together. */
export type LogFormat = {
  name: string
  detects(record: Json): boolean
  readAll(records: readonly Json[], context: ReadContext): readonly Trajectory[]
}

/** What a format may ask for while it reads one record. */
export type ReadContext = {
  file: string
  /** Identifies the record inside the import where it has no id of its own: `<file name>:<line>`. */
  place: string
  /** Reports a part of the record that was left out, or the record itself. */
  fault(reason: string): void
  /** The contracts of a recording, shared by reference with all that state the same: by reference, or inline. */
  contracts(stated: { ref?: Json; tools?: Json; source: string }): readonly ToolContract[]
}

/** The trajectory of assembled steps, with what the record says of the whole episode. */
export function trajectoryOf(
  about: { id: string; source: string; model: string | undefined; contracts: readonly ToolContract[] },
  record: JsonObject,
  assembled: StepAssembler,
): Trajectory {
  const { id, source, model, contracts } = about
  const provider = firstText(record, ['provider'])
  const user = record.user_id ?? record.userId
  const subject =
    typeof user === 'number' ? String(user) : firstText(record, ['user_id', 'userId', 'subject'])
  const agent = firstText(record, ['agent'])
  const scope = firstText(record, ['scope'])
  return {
    id,
    family: model === undefined ? modelFamily(provider ?? source, undefined) : modelFamily(provider, model),
    ...(agent === undefined ? {} : { agent }),
    ...(subject === undefined ? {} : { subject }),
    ...(scope === undefined ? {} : { scope }),
    contracts,
    steps: assembled.steps(),
    ...(typeof record.success === 'boolean' ? { success: record.success } : {}),
    source,
  }
}

/** The model id in what a recording says of its model: remarks in brackets are cut, and prose is no id. */
export function modelIdOf(record: JsonObject): string | undefined {
  const said = firstText(record, ['model', 'modelId', 'model_id'])
  const bare = said?.replace(/\s*\([^()]*\)\s*$/, '').trim()
  return bare && !/\s/.test(bare) ? bare : undefined
}

export function sourceOf(record: JsonObject, file: string): string {
  return firstText(record, ['source']) ?? basename(file).replace(/\.jsonl?$/, '')
}

/** The first of the named members that is a text and not empty. */
export function firstText(record: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = record[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}
