import type { LifeHarnessConfig } from '../config.ts'
import type { Classifier } from '../failure.ts'
import type { Kind } from '../intervention.ts'
import type { Inducer } from './evidence.ts'
import { type Candidate, induce } from './induce.ts'
import { type Mined, mine, type TrajectorySource } from './mine.ts'
import { type Validated, validate } from './validate.ts'

export type LearnOptions = {
  inducers: readonly Inducer[]
  kinds: readonly Kind[]
  classifiers: readonly Classifier[]
  config?: LifeHarnessConfig
  /** An extension that threw. Default: it is passed over in silence. */
  fault?: (where: string, error: unknown) => void
}

export type Learnt = { mined: Mined; candidates: readonly Candidate[]; validated: readonly Validated[] }

/** Mines, induces and validates: two passes over the recording. A pure function of it. */
export async function learn(source: TrajectorySource, options: LearnOptions): Promise<Learnt> {
  const mined = await mine(source, options)
  const candidates = induce(mined, options.inducers, options)
  const validated = await validate(source, candidates, { ...options, mined })
  return { mined, candidates, validated }
}
