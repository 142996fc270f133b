import type { Draft } from '../intervention.ts'
import type { Impact } from './impact.ts'

/** A draft with what its held-out validation needs. */
export type Candidate = {
  /** Induced from all episodes: what would be registered. */
  draft: Draft
  /**
   * By fold: the same draft as induced without that fold's episodes, to be replayed on them; undefined where the other
   * folds do not yield it.
   */
  heldOut: readonly (Draft | undefined)[]
  /** What is known of its signatures, added up. */
  evidence: {
    failures: number
    episodes: number
    dead: number
    pairs: number
    families: Record<string, number>
    impact: Impact
  }
}
