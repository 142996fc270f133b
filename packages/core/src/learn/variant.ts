import { shortHash } from '../hash.ts'
import { canonicalJson, isJsonObject, type Json } from '../json.ts'
import type { ToolContract } from '../tool.ts'

const keys = new WeakMap<ToolContract, string>()

/** Equal for contracts whose input schemas demand the same; `none` where none is known. */
export function variantKey(contract: ToolContract | undefined): string {
  if (!contract?.inputSchema) return 'none'
  const known = keys.get(contract)
  if (known !== undefined) return known
  const key = shortHash(canonicalJson(demands(contract.inputSchema)))
  keys.set(contract, key)
  return key
}

/** Keywords that explain and demand nothing. */
const PROSE = new Set(['description', 'title', 'examples', '$comment', '$schema', 'default'])

function demands(schema: Json, isNameMap = false): Json {
  if (Array.isArray(schema)) return schema.map((member) => demands(member))
  if (!isJsonObject(schema)) return schema
  // Below `properties` stand names of arguments, and `title` may be one.
  const members = Object.entries(schema).filter(([keyword]) => isNameMap || !PROSE.has(keyword))
  return Object.fromEntries(
    members.map(([keyword, member]) => [keyword, demands(member, !isNameMap && keyword === 'properties')]),
  )
}
