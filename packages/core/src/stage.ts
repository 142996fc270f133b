/**
 * `proposed → shadow → canary → active`, and `suspended`, `retired`; moved only by `promote`, `demote`, `retire`.
 * `proposed`: a draft. `shadow`: validated, computed, not applied. `canary`: applied in a share of the episodes.
 * `active`: applied. `suspended`: taken back, its account continues. `retired`: over.
 */
export const STAGES = ['proposed', 'shadow', 'canary', 'active', 'suspended', 'retired'] as const
/** Where an intervention stands: one of `STAGES`. */
export type Stage = (typeof STAGES)[number]

export type StageMove = 'promote' | 'demote' | 'retire'

/** Which stage each move may lead to, from each stage. What is not listed is illegal. */
export const STAGE_MOVES: Readonly<Record<Stage, Partial<Record<StageMove, readonly Stage[]>>>> = {
  proposed: { promote: ['shadow'], retire: ['retired'] },
  // shadow → active directly only for form on dead calls, or by a person's word: `decideStage` holds the condition.
  shadow: { promote: ['canary', 'active'], demote: ['proposed', 'suspended'], retire: ['retired'] },
  canary: { promote: ['active'], demote: ['shadow', 'suspended'], retire: ['retired'] },
  active: { demote: ['shadow', 'canary', 'suspended'], retire: ['retired'] },
  suspended: { promote: ['shadow'], retire: ['retired'] },
  retired: {},
}

/** The move that leads from one stage to another, or undefined where there is none. */
export function moveBetween(from: Stage, to: Stage): StageMove | undefined {
  const moves = STAGE_MOVES[from]
  return (Object.keys(moves) as StageMove[]).find((move) => moves[move]?.includes(to))
}
