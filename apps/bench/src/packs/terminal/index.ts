import { nodeTools, packageRunners } from './added-node-families.ts'
import { packagers } from './added-package-families.ts'
import { cloudTools, pythonTools } from './added-python-families.ts'
import { kubectl, terraform, transfers } from './cluster-families.ts'
import type { Family } from './family.ts'
import { files, textTools } from './file-families.ts'
import { gitBranches, gitIndex, gitNames } from './git-families.ts'
import { gitStates, mercurial, subversion } from './history-families.ts'
import { interpreters, java } from './language-families.ts'
import { optionSlips, subcommandSlips } from './option-families.ts'
import { programs, python } from './program-families.ts'
import { answers, lookalikes } from './silent-families.ts'
import { slips } from './slips.ts'
import { builders, clients, node, system } from './tool-families.ts'

/** All families. Many were held out until their first look; what they showed has been mended since. */
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
  mercurial,
  subversion,
  gitStates,
  interpreters,
  java,
  kubectl,
  terraform,
  transfers,
  optionSlips,
  subcommandSlips,
  answers,
  lookalikes,
  packageRunners,
  nodeTools,
  pythonTools,
  cloudTools,
  packagers,
]
