import type { Category, Json, ToolResult } from '@lifeharness/core'
import type { Vary } from './vary.ts'

/** Languages in which programs of this machine may speak; `en` is what they speak without a locale. */
export type Language = 'en' | 'fr' | 'de' | 'zh'

/** One failed call: what the tool was given, and what came back. */
export type Provoked = { input?: Json; rawInput?: string; result: ToolResult }

/**
 * A way to make a real tool fail. The label is what the author provokes, and stands here before any classifier sees the
 * message: `template` is one wording of the tool, `category` what is wrong by docs/taxonomy.md. Where the argument of a
 * tool is itself a text of a language (SQL, a shell command), what is missing in it is a missing parameter, and so on.
 */
export type Provocation = {
  template: string
  category: Category
  provoke(vary: Vary): Provoked | Promise<Provoked>
}

export type Opened = { provocations: readonly Provocation[]; close(): void | Promise<void> }

/** A real tool. `open` starts it in a scratch folder; it throws `Unavailable` where the machine does not have it. */
export type Source = {
  tool: string
  languages: readonly Language[]
  open(place: { dir: string; language: Language }): Promise<Opened>
}

export class Unavailable extends Error {}

/** Rows `[template, category, call]` of one tool, and how it is called. */
export function provocations<Call>(
  provoke: (call: Call) => Provoked | Promise<Provoked>,
  rows: readonly (readonly [template: string, category: Category, call: (vary: Vary) => Call])[],
): Provocation[] {
  return rows.map(([template, category, call]) => ({
    template,
    category,
    provoke: async (vary) => provoke(call(vary)),
  }))
}
