import type { Json, JsonObject, ToolContract } from '@lifeharness/core'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { Call } from './case.ts'

// A validator that is not ours judges every system.
const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true, logger: false })
addFormats.default(ajv)

const validators = new WeakMap<JsonObject, ValidateFunction | 'unreadable'>()

/** Whether arguments fit an input schema; a schema that cannot be compiled lets nothing pass. */
export function fits(schema: JsonObject | undefined, input: Json): boolean {
  if (!schema) return true
  let validate = validators.get(schema)
  if (!validate) {
    try {
      validate = ajv.compile(schema)
    } catch {
      validate = 'unreadable'
    }
    validators.set(schema, validate)
  }
  return validate !== 'unreadable' && validate(input) === true
}

/** Whether the host would run a call. */
export function isRunnable({ name, input }: Call, tools: readonly ToolContract[]): boolean {
  const contract = tools.find(({ tool }) => tool.name === name)
  return contract !== undefined && fits(contract.inputSchema, input)
}
