import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writes } from '../../src/worlds/contract-habits.ts'
import { of } from '../../src/worlds/profiles.ts'
import type { World } from '../../src/worlds/world.ts'
import { multiTurnEnvironment } from './index.ts'

/** These take a name in the folder one is in, and no path. */
const asPath = writes('a path where a name is wanted', 'contract.value', ({ tool, input }) => {
  const entry = Object.entries(input).find(([name]) => /^(?:file_name|folder|source)$/.test(name))
  return entry && { tool, input: { ...input, [entry[0]]: `./${entry[1]}` } }
})

/** Undefined where the recordings are not there. */
export function multiTurnWorld(data: string): World | undefined {
  if (!existsSync(join(data, 'env', 'bfcl-multi-turn'))) return undefined
  return {
    name: 'bfcl-multi-turn',
    open: () => multiTurnEnvironment(data) as NonNullable<ReturnType<typeof multiTurnEnvironment>>,
    habits: {
      'small local model': [of(0.2, asPath)],
      hasty: [of(0.3, asPath)],
    },
    // What only looks says so in its name; of all else nothing is said.
    config: {
      tools: Object.fromEntries(
        ['get_*', 'display_*', 'list_*', 'search_*'].map((name) => [name, { readOnly: true }]),
      ),
    },
  }
}
