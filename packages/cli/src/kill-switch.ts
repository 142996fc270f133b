import type { RegistryState, Transition } from '@lifeharness/core'

/** The change by which a person turns the kill switch; none where it stands so already. */
export function killSwitchTurned(
  { settings }: RegistryState,
  killed: boolean,
  reason: string,
  now: number = Date.now(),
): Transition[] {
  if ((settings.killed ?? false) === killed) return []
  const { killed: _, ...others } = settings
  return [
    { type: 'settings', settings: killed ? { ...others, killed } : others, by: 'person', at: now, reason },
  ]
}

/** What acts somewhere, or would but for the switch: interventions that are active or in canary for any family. */
export function acting({ entries }: RegistryState): number {
  return entries.filter(({ stages }) =>
    Object.values(stages).some(({ stage }) => stage === 'active' || stage === 'canary'),
  ).length
}
