import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LifeHarnessConfig } from '@lifeharness/core'
import { writes } from '../../src/worlds/contract-habits.ts'
import { of } from '../../src/worlds/profiles.ts'
import type { World } from '../../src/worlds/world.ts'
import { DESK_NAMES, openDesk } from './index.ts'
import type { ServiceDesk } from './service-desk.ts'

/** `#W1234567` is written without its mark. */
const withoutMark = writes('an id without its mark', 'state.not_found', ({ tool, input }) => {
  const entry = Object.entries(input).find(([, value]) => typeof value === 'string' && /^#\w+$/.test(value))
  return entry && { tool, input: { ...input, [entry[0]]: String(entry[1]).slice(1) } }
})

const shouted = writes('an id in other letters', 'state.not_found', ({ tool, input }) => {
  const entry = Object.entries(input).find(
    ([name, value]) => /_id$/.test(name) && /[a-z]/.test(String(value)),
  )
  return entry && { tool, input: { ...input, [entry[0]]: String(entry[1]).toUpperCase() } }
})

/** What their user says of the tools: what only looks says so in its name. */
const config: LifeHarnessConfig = {
  tools: Object.fromEntries(
    ['get_*', 'find_*', 'list_*', 'search_*', 'calculate', 'think'].map((name) => [name, { readOnly: true }]),
  ),
}

/** The recorded service desks. None where the recordings are not there. */
export function deskWorlds(data: string): World[] {
  return DESK_NAMES.filter((name) => existsSync(join(data, 'env', name))).map((name) => ({
    name,
    open: () => openDesk(name, data) as ServiceDesk,
    habits: {
      'small local model': [of(0.3, withoutMark), of(0.1, shouted)],
      hasty: [of(0.2, withoutMark)],
      'old habits': [of(0.4, withoutMark)],
    },
    config,
  }))
}
