import { AIRLINE_TOOLS } from './airline-tools.ts'
import { RETAIL_TOOLS } from './retail-tools.ts'
import { type DeskTool, type ServiceDesk, serviceDesk } from './service-desk.ts'

/** The service desks that are recorded in `data`. */
export function serviceDesks(data: string): ServiceDesk[] {
  const tools = (implementations: object) => implementations as Record<string, DeskTool>
  return [
    serviceDesk('tau-retail', data, ['orders', 'products', 'users'], tools(RETAIL_TOOLS)),
    serviceDesk('tau-airline', data, ['flights', 'reservations', 'users'], tools(AIRLINE_TOOLS)),
  ].filter((desk) => desk !== undefined)
}
