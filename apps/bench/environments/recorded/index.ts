import { AIRLINE_TOOLS } from './airline-tools.ts'
import { RETAIL_TOOLS } from './retail-tools.ts'
import { type DeskTool, type ServiceDesk, serviceDesk } from './service-desk.ts'

const DESKS = {
  'tau-retail': { tables: ['orders', 'products', 'users'], tools: RETAIL_TOOLS },
  'tau-airline': { tables: ['flights', 'reservations', 'users'], tools: AIRLINE_TOOLS },
} as const

export type DeskName = keyof typeof DESKS
export const DESK_NAMES: readonly DeskName[] = ['tau-retail', 'tau-airline']

/** Undefined where it is not recorded in `data`. */
export function openDesk(name: DeskName, data: string): ServiceDesk | undefined {
  const { tables, tools } = DESKS[name]
  return serviceDesk(name, data, tables, tools as object as Record<string, DeskTool>)
}

/** The service desks that are recorded in `data`. */
export function serviceDesks(data: string): ServiceDesk[] {
  return DESK_NAMES.map((name) => openDesk(name, data)).filter((desk) => desk !== undefined)
}
