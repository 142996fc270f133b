import type { LifeHarnessConfig } from '@lifeharness/core'
import type { Binding } from '@lifeharness/packs'
import type { Environment } from '../../environments/environment.ts'
import type { VirtualClock } from '../../environments/virtual-clock.ts'
import type { Inclination, ProfileName } from './habit.ts'
import type { Lesson } from './induction.ts'

/** One `lifeharness pack add`: bound by the user's word, or as it is proposed by the tools that are seen. */
export type AddedPack = { pack: string; binding: Binding | 'as proposed' }

/** An environment with what scripted agents get wrong in just it, and what its user would tell the layer of its tools. */
export type World = {
  name: string
  /** A new instance, beside others: one is used to see what would have happened otherwise. Time in it is the clock's. */
  open(clock?: VirtualClock): Environment
  /** Besides the habits that follow from any contract (`contract-habits.ts`). */
  habits: Partial<Record<ProfileName, readonly Inclination[]>>
  config: LifeHarnessConfig
  /** The packs that its user adds on the first day. */
  packs?: readonly AddedPack[]
  /** What must be done first here, to be learnt from nothing (`induction.ts`). */
  lessons?: readonly Lesson[]
}
