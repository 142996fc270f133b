import { apiWorld } from '../../environments/api/world.ts'
import { multiTurnWorld } from '../../environments/bfcl/multi-turn-world.ts'
import { deskWorlds } from '../../environments/recorded/world.ts'
import { sqlWorld } from '../../environments/sql/world.ts'
import { terminalWorld } from '../../environments/terminal/world.ts'
import type { World } from './world.ts'

/** The worlds that can be run here. */
export function worldsIn(data: string): World[] {
  return [apiWorld(), terminalWorld(), sqlWorld(data), ...deskWorlds(data), multiTurnWorld(data)].filter(
    (world) => world !== undefined,
  )
}
