import { NEEDS_NETWORK, searchesAll } from './commands.ts'
import { snapshot } from './machine.ts'
import type { Shell } from './shell.ts'

/** What the gold command leaves, and what of it is asked for. */
export type Goal = {
  files: string
  /** Where it prints anything, or does nothing else. */
  output?: string
  /** Where it goes to another one. */
  folder?: string
}

/** What is said beside the answer. */
const REMARK = /warning|Removing leading/i

/** Why nobody can be held to a command, as far as its words tell. */
export function refusalOf(gold: string, folder: string): string | undefined {
  if (NEEDS_NETWORK.test(gold)) return 'needs a network'
  if (searchesAll(gold, folder)) return 'searches the whole machine, which is another everywhere'
  if (/&\s*$/.test(gold)) return 'works on in the background'
  return undefined
}

/** The first program that a shell missed. */
export function absentIn(stderr: string): string | undefined {
  return /(\S+): command not found/.exec(stderr)?.[1]
}

/** What the gold command leaves, or why nobody can be held to that here. */
export async function goalOf(gold: string, shell: Shell, begin: () => void): Promise<Goal | string> {
  begin()
  const start = { folder: shell.folder(), files: snapshot(shell.jail.root) }
  const refusal = refusalOf(gold, start.folder)
  if (refusal !== undefined) return refusal
  const apart = await shell.run(gold, false)
  const [files, folder] = [snapshot(shell.jail.root), shell.folder()]
  const complaint = apart.stderr.split('\n').find((line) => line !== '' && !REMARK.test(line))
  const absent = absentIn(apart.stderr)
  if (apart.late) return 'does not end in time'
  if (absent !== undefined) return `needs ${absent}, which is not here`
  if (complaint !== undefined) return `fails here: ${complaint}`
  begin()
  const together = await shell.run(gold, true)
  if (files !== snapshot(shell.jail.root) || (apart.stderr === '' && apart.stdout !== together.stdout))
    return 'comes out differently each time'
  if (/\b\d\d:\d\d\b/.test(together.stdout)) return 'prints a time of day'
  const output = together.stdout.trim()
  return {
    files,
    ...((output !== '' || files === start.files) && { output }),
    ...(folder !== start.folder && { folder }),
  }
}

/** @param last undefined where nothing ran */
export function isReached({ files, output, folder }: Goal, shell: Shell, last: string | undefined): boolean {
  return (
    last !== undefined &&
    (output === undefined || last.trim() === output) &&
    (folder === undefined || shell.folder() === folder) &&
    snapshot(shell.jail.root) === files
  )
}
