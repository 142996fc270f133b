import { toolKey } from '@lifeharness/core'
import { type Drift, describeDrift } from '@lifeharness/core/learn'
import { day } from './figures.ts'
import { wrap } from './table.ts'
import type { Terminal } from './terminal.ts'

/** A change of a tool that its contract does not show. */
export type DriftReport = {
  tool: string
  /** JSON Pointer of the argument that is refused since. */
  path: string
  /** Form of the value that is refused; null: whatever it is. */
  form: string | null
  /** In words. */
  what: string
  /** Last success and first refusal of such calls, ISO 8601. */
  acceptedUntil: string
  refusedFrom: string
}

export function driftReport(drift: Drift): DriftReport {
  const { tool, path, form = null, acceptedUntil, refusedFrom } = drift
  return {
    ...{ tool: toolKey(tool), path, form, what: describeDrift(drift) },
    acceptedUntil: new Date(acceptedUntil).toISOString(),
    refusedFrom: new Date(refusedFrom).toISOString(),
  }
}

export function printDrifts(drifts: readonly DriftReport[], { out, paint, width }: Terminal): void {
  if (drifts.length === 0) return
  out(`\n${paint('bold', 'What has changed in the tools')}`)
  for (const { tool, what, acceptedUntil, refusedFrom } of drifts) {
    const times = [acceptedUntil, refusedFrom].map((time) => day(Date.parse(time)))
    out(wrap(`${tool}, between ${times.join(' and ')}: ${what}.`, width))
  }
}
