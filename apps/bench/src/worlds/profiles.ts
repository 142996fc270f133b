import {
  almostJson,
  booleanAsText,
  cutShort,
  doubleEncoded,
  guessedChoice,
  guessedDate,
  listAsText,
  misnamed,
  misspelt,
  numberAsText,
  placeholder,
  skipsChecks,
  skipsPrerequisites,
  textCall,
  wrapped,
  wrongIdea,
} from './contract-habits.ts'
import type { Habit, Inclination, Profile } from './habit.ts'
import type { World } from './world.ts'

/**
 * Four ways of working. Which mistakes a profile makes follows the families of docs/taxonomy.md; how often, and what
 * comes of a failure, are assumptions. Each has mistakes that nothing at the boundary can mend.
 */
const PROFILES: readonly Profile[] = [
  {
    name: 'small local model',
    modelId: 'small-local-3b',
    inclinations: [
      of(0.15, doubleEncoded),
      of(0.15, almostJson),
      of(0.08, textCall),
      of(0.25, misnamed),
      of(0.06, wrapped),
      of(0.25, numberAsText),
      of(0.15, booleanAsText),
      of(0.15, listAsText),
      of(0.04, cutShort),
      of(0.04, placeholder),
      of(0.15, skipsPrerequisites),
      of(0.06, wrongIdea),
    ],
    rates: { hint: 0.6, error: 0.3, blind: 0.1, repeat: 0.7, attempts: 4, failures: 10 },
  },
  {
    name: 'hasty',
    modelId: 'hasty-medium',
    inclinations: [
      of(0.6, skipsPrerequisites),
      of(0.8, skipsChecks),
      of(0.3, guessedDate),
      of(0.3, guessedChoice),
      of(0.04, placeholder),
      of(0.05, wrongIdea),
    ],
    rates: { hint: 0.75, error: 0.35, blind: 0.15, repeat: 0.6, attempts: 3, failures: 8 },
  },
  {
    name: 'old habits',
    modelId: 'old-training-large',
    inclinations: [
      of(0.2, misspelt),
      of(0.35, skipsPrerequisites),
      of(0.1, guessedDate),
      of(0.03, wrongIdea),
    ],
    rates: { hint: 0.8, error: 0.45, blind: 0.2, repeat: 0.3, attempts: 4, failures: 10 },
  },
  {
    name: 'careful',
    modelId: 'careful-large',
    inclinations: [of(0.04, numberAsText), of(0.05, skipsPrerequisites), of(0.02, wrongIdea)],
    rates: { hint: 0.9, error: 0.7, blind: 0.4, repeat: 0.1, attempts: 5, failures: 12 },
  },
]

/** The profiles as they work in a world: with the habits that they have in just it, which show first. */
export function profilesIn({ habits }: Pick<World, 'habits'>): Profile[] {
  return PROFILES.map((profile) => ({
    ...profile,
    inclinations: [...(habits[profile.name] ?? []), ...profile.inclinations],
  }))
}

export function of(probability: number, habit: Habit): Inclination {
  return { habit, probability }
}
