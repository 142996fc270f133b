import type { Family } from './family.ts'
import { files, textTools } from './file-families.ts'
import { gitBranches, gitIndex, gitNames } from './git-families.ts'
import { programs, python } from './program-families.ts'
import { slips } from './slips.ts'
import { builders, clients, node, system } from './tool-families.ts'

/** All families; half of them were held out while rules were written. */
export const families: readonly Family[] = [
  gitNames,
  gitBranches,
  gitIndex,
  files,
  textTools,
  programs,
  python,
  node,
  builders,
  system,
  clients,
  slips,
]
