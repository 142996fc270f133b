import type { Installed } from './installed.ts'
import type { Look } from './look.ts'

/** `broken`: something does not do what it is for. `look`: somebody should decide. `note`: good to know. */
export type Level = 'broken' | 'look' | 'note'

export type Finding = {
  level: Level
  /** What was found, in one sentence. */
  what: string
  /** Where: ids, tools, agents, files. */
  where: string
  /** What to do about it. */
  todo: string
}

/** What a check may look at. */
export type Patient = Look & {
  installed: readonly Installed[]
  environment: Readonly<Record<string, string | undefined>>
}

/** Open: one file each. Looks at one thing and says what it found; nothing where all is well. */
export type Check = { name: string; find(patient: Patient): readonly Finding[] }

/** So many names, and how many more there are. */
export function listed(names: readonly string[], most = 5): string {
  const more = names.length > most ? ` and ${names.length - most} more` : ''
  return names.slice(0, most).join(', ') + more
}
