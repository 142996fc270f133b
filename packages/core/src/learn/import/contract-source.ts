import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { shortHash } from '../../hash.ts'
import { isJsonObject, type Json } from '../../json.ts'
import type { ToolContract } from '../../tool.ts'
import { toContracts } from './contracts.ts'
import { quoted } from './steps.ts'

export type ContractSource = {
  /** Contracts stated inline. Lists with the same text are one array. */
  inline(tools: Json, fault: (reason: string) => void): readonly ToolContract[]
  /**
   * Contracts in a file beside the recording: `tools/x.json`, or `tools/x.json#key` for one member of it. It is looked
   * for from the recording's folder upwards; what is wrong with it is reported once.
   */
  referred(ref: string, file: string, fault: (reason: string) => void): readonly ToolContract[]
}

const NONE: readonly ToolContract[] = []
/** The recording's own folder, and this many above it. */
const PARENTS = 3
/** Distinct inline lists that are remembered; a recording with more states its tools anew. */
const REMEMBERED = 1_000

export function openContractSource(): ContractSource {
  const inline = new Map<string, readonly ToolContract[]>()
  const referred = new Map<string, readonly ToolContract[]>()
  const files = new Map<string, Json | undefined>()
  let last: { text: string; contracts: readonly ToolContract[] } | undefined

  const open = (path: string): Json | undefined => {
    if (!files.has(path)) files.set(path, readJson(path))
    return files.get(path)
  }
  const find = (ref: string, folder: string): readonly ToolContract[] | string => {
    const [path = '', key] = ref.split(/#(.*)/s)
    // A recording may come from anywhere: it must not make the importer read outside its own folders.
    if (path === '' || isAbsolute(path) || path.split(/[\\/]/).includes('..'))
      return 'is no path below the recording'
    let above = folder
    for (let step = 0; step <= PARENTS; step++, above = dirname(above)) {
      const content = open(join(above, path))
      if (content === undefined) continue
      if (!key) return toContracts(content, () => {})
      const member = isJsonObject(content) && Object.hasOwn(content, key) ? content[key] : undefined
      return member === undefined ? 'has no such member' : toContracts(member, () => {})
    }
    return 'was not found, or is not JSON'
  }

  return {
    inline: (tools, fault) => {
      const text = JSON.stringify(tools)
      if (last?.text === text) return last.contracts
      const key = shortHash(text)
      const contracts = inline.get(key) ?? toContracts(tools, fault)
      if (inline.size >= REMEMBERED) inline.clear()
      inline.set(key, contracts)
      last = { text, contracts }
      return contracts
    },
    referred: (ref, file, fault) => {
      const folder = dirname(resolve(file))
      const key = `${folder}\n${ref}`
      const known = referred.get(key)
      if (known) return known
      const found = find(ref, folder)
      if (typeof found === 'string') fault(`the tools ${quoted(ref)}: this reference ${found}`)
      const contracts = typeof found === 'string' ? NONE : found
      referred.set(key, contracts)
      return contracts
    },
  }
}

function readJson(path: string): Json | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Json
  } catch {
    return undefined
  }
}
