import type { Jail } from '../jail.ts'
import { NEEDS_NETWORK, SEARCHES_ALL } from './commands.ts'
import { folderOf, type RunBash } from './index.ts'
import { snapshot } from './machine.ts'

/** What the gold command leaves, and what of it is asked for. */
export type Goal = {
  files: string /** Where it prints anything, or does nothing else. */
  output?: string
  folder?: string
}
export type Workshop = { jail: Jail; run: RunBash; begin(): void }

/** What is said beside the answer. */
const REMARK = /warning|Removing leading/i

/** What the gold command leaves, or why nobody can be held to that here. */
export async function goalOf(gold: string, { jail, run, begin }: Workshop): Promise<Goal | string> {
  if (NEEDS_NETWORK.test(gold)) return 'needs a network'
  if (SEARCHES_ALL.test(gold)) return 'searches the whole machine, which is another everywhere'
  if (/&\s*$/.test(gold)) return 'works on in the background'
  begin()
  const start = snapshot(jail.root)
  const apart = await run(gold, false)
  const [files, folder] = [snapshot(jail.root), folderOf(jail)]
  const complaint = apart.stderr.split('\n').find((line) => line !== '' && !REMARK.test(line))
  const absent = /(\S+): command not found/.exec(apart.stderr)?.[1]
  if (apart.late) return 'does not end in time'
  if (absent !== undefined) return `needs ${absent}, which is not here`
  if (complaint !== undefined) return `fails here: ${complaint}`
  begin()
  const together = await run(gold, true)
  if (files !== snapshot(jail.root) || (apart.stderr === '' && apart.stdout !== together.stdout))
    return 'comes out differently each time'
  if (/\b\d\d:\d\d\b/.test(together.stdout)) return 'prints a time of day'
  const output = together.stdout.trim()
  return {
    files,
    ...((output !== '' || files === start) && { output }),
    ...(folder !== '/' && { folder }),
  }
}

/** @param output undefined where nothing ran */
export function isReached({ files, output, folder }: Goal, jail: Jail, last: string | undefined): boolean {
  return (
    last !== undefined &&
    (output === undefined || last.trim() === output) &&
    (folder === undefined || folderOf(jail) === folder) &&
    snapshot(jail.root) === files
  )
}
