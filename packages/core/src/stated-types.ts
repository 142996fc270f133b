import { allowedTypes, type JsonType } from './schema.ts'
import { argumentSchema, type ToolContract } from './tool.ts'

const stated = new WeakMap<ToolContract, Map<string, readonly JsonType[]>>()

/**
 * The JSON types that a contract allows at a path, see `allowedTypes`; empty where it does not limit them. Remembered:
 * kinds ask at every call, with the paths of their options.
 */
export function statedTypes(contract: ToolContract | undefined, path: string): readonly JsonType[] {
  if (!contract) return []
  let known = stated.get(contract)
  if (!known) {
    known = new Map()
    stated.set(contract, known)
  }
  let types = known.get(path)
  if (!types) {
    types = allowedTypes(argumentSchema(contract, path), contract.inputSchema)
    known.set(path, types)
  }
  return types
}
