import type { Intervention } from './intervention.ts'
import { anchorOf, type ToolContract } from './tool.ts'

const hashes = new WeakMap<ToolContract, Map<string, string>>()

/**
 * Whether the part of the contract that an intervention touches is still the one it was validated under (law 9). Where
 * the contract is not known, nothing speaks against it.
 */
export function anchorHolds(
  { anchor }: Pick<Intervention, 'anchor'>,
  contract: ToolContract | undefined,
): boolean {
  if (!anchor || !contract) return true
  let known = hashes.get(contract)
  if (!known) {
    known = new Map()
    hashes.set(contract, known)
  }
  let hash = known.get(anchor.path)
  if (hash === undefined) {
    hash = anchorOf(contract, anchor.path)
    known.set(anchor.path, hash)
  }
  return hash === anchor.hash
}
