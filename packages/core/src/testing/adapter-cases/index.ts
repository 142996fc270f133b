import { type ActingCase, actingCases } from './acting.ts'
import type { AdapterCheck } from './comparison.ts'
import { type FailingCase, failingCases } from './failing.ts'
import { type FaultCase, faultCases } from './faults.ts'
import { type FlowCase, flowCases } from './flow.ts'
import { type UntouchedCase, untouchedCases } from './untouched.ts'

export type AdapterCase = UntouchedCase | FailingCase | ActingCase | FaultCase | FlowCase

/** What every adapter owes its host. Values are compared with the same host without the layer. */
export const ADAPTER_CASES: Record<AdapterCase, AdapterCheck> = {
  ...untouchedCases,
  ...failingCases,
  ...actingCases,
  ...faultCases,
  ...flowCases,
}
