import type { LifeHarnessConfig } from '@lifeharness/core'
import type { Environment } from '../../environments/environment.ts'
import type { Inclination, ProfileName } from './habit.ts'
import type { Lesson } from './induction.ts'

/** An environment with what scripted agents get wrong in just it, and what its user would tell the layer of its tools. */
export type World = {
  name: string
  /** A new instance, beside others: one is used to see what would have happened otherwise. */
  open(): Environment
  /** Besides the habits that follow from any contract (`contract-habits.ts`). */
  habits: Partial<Record<ProfileName, readonly Inclination[]>>
  config: LifeHarnessConfig
  /** What must be done first here, to be learnt from nothing (`induction.ts`). */
  lessons?: readonly Lesson[]
}
