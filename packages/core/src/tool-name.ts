import { plainSpelling } from './spelling.ts'
import type { ToolContract } from './tool.ts'

/** What models put before a tool's name without meaning an origin. */
const EMPTY_PREFIX = /^(?:functions?|tools?|default_api|api|mcp)(?:\.|::?|__|\/)(?=.)/i

/**
 * The advertised tool that a name stands for: the name itself, or another spelling of it (case, `-` and `_`, a prefix
 * that says nothing or the tool's own origin, brackets behind it). Undefined where none is, or more than one: never the
 * nearest name, never a tool of another origin than the name says.
 */
export function findTool(name: string, contracts: readonly ToolContract[]): ToolContract | undefined {
  const same = contracts.filter(({ tool }) => tool.name === name)
  if (same.length > 0) return same.length === 1 ? same[0] : undefined
  const plain = name.trim().replace(/^[`"']+|(?:\(\)|\{\}|[`"':])+$|\.call$/g, '')
  const found = contracts.filter(({ tool }) => isSpelling(plain, tool))
  return found.length === 1 ? found[0] : undefined
}

function isSpelling(name: string, { name: known, origin }: ToolContract['tool']): boolean {
  const spelt = plainSpelling(known)
  if (spelt === '') return false
  if (plainSpelling(name) === spelt) return true
  const bare = name.replace(EMPTY_PREFIX, '')
  if (bare !== name && isSpelling(bare, { name: known, origin })) return true
  const prefix = /^([\p{L}\p{N}_-]+?)(?:\.|::?|__|\/)(?=.)/u.exec(name)
  return (
    prefix !== null &&
    plainSpelling(prefix[1] as string) === plainSpelling(origin) &&
    plainSpelling(name.slice(prefix[0].length)) === spelt
  )
}
