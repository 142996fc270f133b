import type { Check } from '../check.ts'
import { anchors } from './anchors.ts'
import { conflicts } from './conflicts.ts'
import { faults } from './faults.ts'
import { hosts } from './hosts.ts'
import { interventions } from './interventions.ts'
import { learning } from './learning.ts'
import { sampleRatio } from './sample-ratio.ts'
import { switches } from './switches.ts'
import { tools } from './tools.ts'
import { variety } from './variety.ts'
import { versions } from './versions.ts'

/** In the order in which they are told: what stops everything first. */
export const checks: readonly Check[] = [
  ...[versions, switches, faults, sampleRatio, learning],
  ...[conflicts, interventions, anchors, hosts, tools, variety],
]
