import { builtinClassifiers } from '../classifiers/index.ts'
import type { LifeHarnessConfig } from '../config.ts'
import type { Classifier } from '../failure.ts'
import { type Intervention, interventionId, type Kind } from '../intervention.ts'
import { builtinKinds } from '../interventions/index.ts'
import { driftsIn } from './drift.ts'
import type { Inducer } from './evidence.ts'
import { noImpact } from './impact.ts'
import { type Candidate, induce } from './induce.ts'
import { builtinInducers } from './inducers/index.ts'
import { FOLDS, type Mined, mine, type TrajectorySource } from './mine.ts'
import { type Validated, validate } from './validate.ts'

export type LearnOptions = {
  /** Inducers, kinds and classifiers: by default those that come with the library. */
  inducers?: readonly Inducer[]
  kinds?: readonly Kind[]
  classifiers?: readonly Classifier[]
  config?: LifeHarnessConfig
  /**
   * What is registered already and may not be induced again (packs, a person's, what works so well that it is no longer
   * seen to fail): replayed as well, so that a wrong repair is found whenever it shows.
   */
  registered?: readonly Intervention[]
  /** An extension that threw. Default: it is passed over in silence. */
  fault?: (where: string, error: unknown) => void
}

export type Learnt = { mined: Mined; candidates: readonly Candidate[]; validated: readonly Validated[] }

const BUILTIN = { inducers: builtinInducers, kinds: builtinKinds, classifiers: builtinClassifiers }

/**
 * Mines, induces and validates: two passes over the recording, and one more where a tool has drifted. A pure function
 * of it.
 */
export async function learn(source: TrajectorySource, given: LearnOptions = {}): Promise<Learnt> {
  const options = { ...BUILTIN, ...given }
  const mined = await mineKnowingDrifts(source, options)
  const induced = induce(mined, options.inducers, options)
  const known = new Set(induced.map(({ draft }) => interventionId(draft)))
  const others = (options.registered ?? []).filter(({ id }) => !known.has(id)).map(registeredCandidate)
  const candidates = [...induced, ...others]
  const validated = await validate(source, candidates, { ...options, mined })
  return { mined, candidates, validated }
}

async function mineKnowingDrifts(source: TrajectorySource, options: LearnOptions): Promise<Mined> {
  const mined = await mine(source, options)
  const drifts = driftsIn(mined)
  return drifts.length === 0 ? mined : mine(source, { ...options, drifts })
}

/** Inducers that took nothing from this recording: all of it is held out. */
const FROM_ELSEWHERE = /^(?:pack:|person$|model$)/

function registeredCandidate(intervention: Intervention): Candidate {
  const { id: _id, version: _version, layer: _layer, risk: _risk, ...draft } = intervention
  const heldOut = FROM_ELSEWHERE.test(draft.origin.inducer) ? draft : undefined
  const evidence = { failures: 0, episodes: 0, dead: 0, pairs: 0, families: {}, impact: noImpact() }
  return { draft, heldOut: Array.from({ length: FOLDS }, () => heldOut), evidence }
}
