import { existsSync, lutimesSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Jail, type JailSize, missingJail, openJail, place } from '../jail.ts'
import { type Conformance, compare } from '../recorded/conformance.ts'
import { MAY_WRITE, searchesAll } from './commands.ts'
import { why } from './difference.ts'
import { ENVIRONMENT, INSTEAD, lay, MADE } from './machine.ts'
import { type RecordedCall, recordedEpisodes } from './recorded-episodes.ts'
import { type Facts, type Filling, filled, recordedFacts } from './recorded-files.ts'
import { NOT_RUN, type Recorder, recorderIn } from './recorder.ts'

type Result = Awaited<ReturnType<Recorder>>
type Replay = (fs: number, calls: readonly RecordedCall[]) => Promise<Result[]>

/** Where there is room in memory: there folders are listed in another order. */
const MEMORY = '/dev/shm'
const LOGS = ['alternatives.log', 'btmp', 'lastlog', 'wtmp'].map((name) => `var/log/${name}`)
const OTHER_FILES = ['afile', 'Other.java', 'other.sh', 'home/other/other.txt', 'opt/other.php', ...LOGS]
const LONGER_FILES = ['etc/group', 'etc/networks', 'etc/passwd']
const OTHER_PROGRAMS = { ...INSTEAD, '/usr/bin/uname': '/usr/bin/arch', '/usr/bin/cal': '/usr/bin/arch' }

/**
 * The commands of recorded agents, run as the recorder ran them: whether they end and print as they did. Where they do
 * not, the episode is run again with one thing changed at a time: what changes the output is what it depends on.
 * @param every takes each nth episode only
 */
export async function bashConformance(data: string, every = 1): Promise<Conformance[]> {
  if (missingJail() !== undefined) return []
  const outputs: Conformance = { what: 'outputs of recorded commands', equal: 0, of: 0 }
  const outcomes: Conformance = { what: 'outcomes of recorded commands', equal: 0, of: 0 }
  const reasons = new Map<string, number>()
  const told = (reason: string, times = 1) => reasons.set(reason, (reasons.get(reason) ?? 0) + times)
  const { replays, close } = await laboratory(data)
  let number = 0
  for (const { id, fs, calls } of recordedEpisodes(data)) {
    if (number++ % every !== 0) continue
    const made = comparable(calls)
    told('were not run', calls.length - made.length)
    const results = await replays.plain(fs, made)
    let variants: [string, Result[]][] | undefined
    for (const [at, { command, content, ok }] of made.entries()) {
      const found = results[at] as Result
      compare(outcomes, String(ok), String(found.ok), `${id}, ${command}`)
      if (compare(outputs, content, seenThrough(content, found.content), `${id}, ${command}`)) continue
      variants ??= await Promise.all(
        Object.entries(replays).map(
          async ([name, replay]): Promise<[string, Result[]]> => [name, await replay(fs, made)],
        ),
      )
      const varied = Object.fromEntries(
        variants.map(([name, all]) => [name, all[at]?.content !== found.content]),
      )
      told(why({ recorded: content, found: found.content, late: found.late, varied }))
    }
  }
  await close()
  const because = [...reasons].filter(([, times]) => times > 0).sort(([, a], [, b]) => b - a)
  const text = because.map(([reason, times]) => `${times} ${reason}`).join(', ')
  return [outcomes, outputs].map((one) => ({
    ...one,
    because: one === outputs ? text : 'for the reasons of outputs',
  }))
}

/** Jails that differ in one thing from the plain one. */
async function laboratory(data: string) {
  const jails: Jail[] = []
  const known = new Map<number, Map<string, Facts>>()
  const factsOf = (fs: number) => {
    const facts = known.get(fs) ?? recordedFacts(data, fs)
    known.set(fs, facts)
    return facts
  }
  const replayIn = async (
    size: JailSize,
    filling: Filling | typeof asSearched,
    isOther = false,
  ): Promise<Replay> => {
    const jail = await openJail({ instead: INSTEAD, ...size })
    jails.push(jail)
    return async (fs, calls) => {
      lay(jail, filled(factsOf(fs), typeof filling === 'function' ? filling(calls) : filling))
      if (isOther) beAnother(jail)
      const run = recorderIn(jail, isOther ? { ...ENVIRONMENT, OTHER_HOST: 'other' } : ENVIRONMENT)
      const results: Result[] = []
      for (const { command } of calls) results.push(await run(command))
      return results
    }
  }
  const memory = existsSync(MEMORY) ? { within: MEMORY } : {}
  const replays = {
    plain: await replayIn({}, 'plain'),
    'file system': await replayIn(memory, 'plain'),
    contents: await replayIn({}, 'other'),
    alike: await replayIn({}, asSearched),
    machine: await replayIn({ ...memory, instead: OTHER_PROGRAMS }, 'plain', true),
  }
  return { replays, close: async () => void (await Promise.all(jails.map((jail) => jail.close()))) }
}

/** All words that the commands look for in all files. */
function asSearched(calls: readonly RecordedCall[]): Filling {
  const words = calls.flatMap(({ command }) => command.match(/[A-Za-z]\w+/g) ?? [])
  return { alike: [...new Set(words)].join(' ') }
}

/** Other files, users and networks; and no folder for what is written in passing, as where Git cleans what is empty. */
function beAnother({ root }: Jail): void {
  for (const name of OTHER_FILES) {
    place(join(root, name), 'other Hello world\n')
    lutimesSync(join(root, name), MADE, MADE)
  }
  for (const name of LONGER_FILES) place(join(root, name), 'other:x:1:1::/:\n', 'a')
  rmdirSync(join(root, 'tmp'))
}

/** Up to where the recorder ran nothing, or what was left out could have changed a file. */
function comparable(calls: readonly RecordedCall[]): RecordedCall[] {
  const isRun = ({ command, content }: RecordedCall) => !NOT_RUN.test(content) && !searchesAll(command, '/')
  const end = calls.findIndex((call) => !isRun(call) && MAY_WRITE.test(call.command))
  return calls.slice(0, end < 0 ? undefined : end).filter(isRun)
}

/** Long outputs are cut in the middle when they are recorded: then what is left counts. */
function seenThrough(recorded: string, found: string): string {
  const [head, tail] = recorded.split(/\n…\[\d+ chars cut by converter\]…\n/)
  if (head === undefined || tail === undefined) return found
  return found.startsWith(head) && found.endsWith(tail) && found.length > recorded.length ? recorded : found
}
