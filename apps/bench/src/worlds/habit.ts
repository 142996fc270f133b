import type { Category, JsonObject } from '@lifeharness/core'
import type { EnvironmentTool, SolutionCall } from '../../environments/environment.ts'

/** A call as an agent writes it: arguments, a text that is no arguments, or a text instead of a call. */
export type Written =
  | { tool: string; input: JsonObject }
  | { tool: string; rawInput: string }
  | { text: string }

/** What a habit may look at: the contract as the agent saw it, and luck of its own. */
export type HabitContext = {
  contract: Omit<EnvironmentTool, 'execute'> | undefined
  /** In [0, 1); the same for the same keys, tool, habit and episode, whatever happened before. */
  chance(...keys: readonly (string | number)[]): number
}

/** How an agent gets a right call wrong, again and again, until something corrects it. */
export type Habit = {
  name: string
  /** What docs/taxonomy.md calls the failure that mostly comes of it. */
  category: Category
} & (
  | {
      /** The call as it comes out; undefined where there is nothing to get wrong. */
      write(meant: SolutionCall, context: HabitContext): Written | undefined
    }
  | {
      /** Steps of this role are left out. */
      skips: NonNullable<SolutionCall['role']>
    }
)

/** In an episode an agent has the habit or not, with this probability, and then shows it at every call of a tool. */
export type Inclination = { habit: Habit; probability: number }

export type ProfileName = 'small local model' | 'hasty' | 'old habits' | 'careful'

/** What a failed call leads to. All of these are assumptions, and are printed as such. */
export type Rates = {
  /** A hint that names what is to be done otherwise corrects a call; an error that names it; any other error. */
  hint: number
  error: number
  blind: number
  /** Where it is not corrected: the same call again, otherwise on with the next step. */
  repeat: number
  /** Attempts at one step, and failed calls in an episode, after which it gives up. */
  attempts: number
  failures: number
}

export type Profile = {
  name: ProfileName
  /** Each profile is a model family of its own. */
  modelId: string
  inclinations: readonly Inclination[]
  rates: Rates
}
