import type { Action } from './action.ts'
import { parentOf } from './edit.ts'
import { isJsonObject, type JsonObject, pathSegments } from './json.ts'
import type { ToolContract } from './tool.ts'

type SchemaEdit = (schema: JsonObject) => JsonObject | undefined

/**
 * The action that shows the model a contract with another schema for the argument at a path. Undefined where nothing
 * changes, or where the argument is not stated plainly: under a reference or in a union it may stand for others too.
 */
export function editedArgument(
  contract: ToolContract | undefined,
  path: string,
  edit: SchemaEdit,
): Action | undefined {
  if (!contract?.inputSchema) return undefined
  const inputSchema = editSchema(contract.inputSchema, pathSegments(path), edit)
  return inputSchema && { type: 'replace-tools', tools: [{ ...contract, inputSchema }] }
}

/** The same contract with an argument that it knows required; undefined where it is. */
export function requiringArgument(contract: ToolContract | undefined, path: string): Action | undefined {
  const argument = parentOf(path)
  if (!argument) return undefined
  return editedArgument(contract, argument.parent, (owner) => {
    const required = Array.isArray(owner.required) ? owner.required : []
    if (!isJsonObject(owner.properties) || !Object.hasOwn(owner.properties, argument.name)) return undefined
    return required.includes(argument.name) ? undefined : { ...owner, required: [...required, argument.name] }
  })
}

function editSchema(
  schema: JsonObject,
  [name, ...rest]: readonly string[],
  edit: SchemaEdit,
): JsonObject | undefined {
  if (name === undefined) return edit(schema)
  const [keyword, holder] = name === '*' ? ['items', schema] : [name, schema.properties]
  if (!isJsonObject(holder) || !Object.hasOwn(holder, keyword)) return undefined
  const own = holder[keyword]
  if (!isJsonObject(own)) return undefined
  const edited = editSchema(own, rest, edit)
  if (!edited) return undefined
  if (name === '*') return { ...schema, items: edited }
  return { ...schema, properties: { ...(holder as JsonObject), [name]: edited } }
}

/** A description with a sentence more; undefined where it says so already. */
export function describedAlso(description: unknown, text: string): string | undefined {
  if (typeof description !== 'string' || description.trim() === '') return text
  return description.includes(text) ? undefined : `${description.trimEnd()}\n${text}`
}
