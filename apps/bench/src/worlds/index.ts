import { sqlWorld } from '../../environments/sql/world.ts'
import type { World } from './world.ts'

/** The worlds that can be run here. */
export function worldsIn(data: string): World[] {
  return [sqlWorld(data)].filter((world) => world !== undefined)
}
