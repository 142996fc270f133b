import { createHash } from 'node:crypto'
import { MAY_WRITE } from './commands.ts'
import { recordedEpisodes } from './recorded-episodes.ts'

export type RecordedFile = { path: string; content: string }
/** `other`: other words and lines, and some files more. `alike`: these words in all files. */
export type Filling = 'plain' | 'other' | { alike: string }
/** What the recordings show of a file. */
export type Facts = { bytes?: number; lines?: number; hash?: string; text?: string }

const PATH = /^(?:.*[\s.])??(\/?testbed(?:\/[\w-]+(?:\.[\w-]+)*)+)$/
const COMPLAINT = /cannot|No such|not found|: Is a|denied|unrecognized|syntax error/i

/**
 * The files of one of the recorded file systems as far as agents saw them: paths, and of some files the length, the number
 * of lines, the hash or a line. The files themselves are not recorded. What is not known of them is filled up, so outputs
 * that show it are not those of the original; with another filling they are others again.
 */
export function recordedFiles(data: string, fileSystem: number): RecordedFile[] {
  return filled(recordedFacts(data, fileSystem), 'plain')
}

export function recordedFacts(data: string, fileSystem: number): Map<string, Facts> {
  const files = new Map<string, Facts>()
  for (const [command, line] of observations(data, fileSystem)) observe(files, command, line)
  return files
}

export function filled(known: ReadonlyMap<string, Facts>, filling: Filling): RecordedFile[] {
  const files = new Map(known)
  if (filling === 'other')
    for (const name of ['other.txt', 'other.php', 'Other.java']) files.set(`/testbed/dir3/${name}`, {})
  return [...files]
    .filter(([path]) => path.slice(path.lastIndexOf('/')).includes('.'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, facts]) => ({ path, content: contentOf(path, facts, filling) }))
}

function observe(files: Map<string, Facts>, command: string, line: string): void {
  const of = (path: string): Facts => {
    const full = path.startsWith('/') ? path : `/${path}`
    const facts = files.get(full) ?? {}
    files.set(full, facts)
    return facts
  }
  const [, found, text] = /^(?:\.?\/)?(testbed\/[\w./-]+\.\w+):(.*\S.*)$/.exec(line) ?? []
  const shown = /grep (?:-\w*[Hr]\w* )+/.test(command) && !/grep (?:-\w+ )*-\w*[cno]/.test(command)
  if (found !== undefined && text !== undefined && shown && !COMPLAINT.test(line))
    of(found).text = `${text}\n`
  const path = PATH.exec(line)?.[1]
  // What the command says itself may be of its own making.
  if (path === undefined || COMPLAINT.test(line) || command.includes(path)) return
  const facts = of(path)
  const bytes = /^-[rwx-]{9}\.? +\d+ \S+ \S+ +(\d+) /.exec(line)?.[1]
  if (bytes !== undefined) facts.bytes = Number(bytes)
  const counted = /[|].*\b(?:awk|xargs (?!-0 wc|wc)|cut|sed|du|wc.*wc)\b/.test(command)
    ? undefined
    : /^ *(\d+) \S+$/.exec(line)?.[1]
  if (counted !== undefined && /-printf ["']%s %p/.test(command)) facts.bytes = Number(counted)
  if (counted !== undefined && /wc -l/.test(command)) facts.lines = Number(counted)
  const hash = /^([0-9a-f]{32}) {2}\S+$/.exec(line)?.[1]
  if (hash !== undefined) facts.hash = hash
}

/** Lines of results that were there before a command of the episode could have changed a file. */
function* observations(data: string, fileSystem: number): Iterable<[command: string, line: string]> {
  for (const { fs, calls } of recordedEpisodes(data)) {
    if (fs !== fileSystem) continue
    for (const { command, content } of calls) {
      // Nothing is learnt of files that may be others now.
      if (MAY_WRITE.test(command)) break
      // A line that was cut when it was recorded is no observation.
      if (content.includes('cut by converter')) continue
      for (const line of content.split('\n')) yield [command, line]
    }
  }
}

/** Files of one hash are the same. */
function contentOf(path: string, { bytes, lines, hash, text = '' }: Facts, filling: Filling): string {
  const isWhole = text.length === bytes || (bytes === undefined && lines === 1)
  if (text !== '' && isWhole) return text
  const word = createHash('sha1')
    .update(`${hash ?? path} ${filling}`)
    .digest('hex')
    .slice(0, 12)
  const breaks = Math.min(lines ?? (filling === 'other' ? 3 : 1), bytes ?? Number.POSITIVE_INFINITY)
  const alike = typeof filling === 'object' ? `${filling.alike} ` : undefined
  const length = (bytes ?? alike?.length ?? 14 * breaks) - breaks
  const spaced = alike ?? (filling === 'other' ? word.replace(/..../g, '$& ') : `${word} `)
  return text.trim().padEnd(length, spaced).slice(0, length) + '\n'.repeat(breaks)
}
