import type { Intervention, Json, Kind, ResultContext } from '@lifeharness/core'
import { toolResult } from '@lifeharness/core'
import { builtinKinds } from '@lifeharness/core/builtins'
import { bindPack, loadPack } from '@lifeharness/packs'
import type { TerminalCase } from './terminal/collect.ts'

/** What the pack makes of one case: the command it suggests, or that it only explains. */
export type Judged = {
  case: TerminalCase
  suggestion?: string
  entry?: string
  explained: boolean
  microseconds: number
}

type Asked = { name: string; effect: boolean; propose: ReturnType<Kind['compile']> }

const TOOL = { origin: 'local', name: 'bash' }
const SUGGESTS = 'Try instead: '
const KINDS = ['suggest-command', 'explain-command']

/** The entries of the terminal pack that speak of failed commands, in the order in which the runtime asks them. */
function askedEntries(approved: boolean): Asked[] {
  const pack = loadPack('terminal')
  if (!pack) throw new Error('there is no pack for terminals')
  const place = ({ kind }: Intervention) => builtinKinds.findIndex((one) => one.kind === kind)
  return bindPack(pack, { shell: { tool: TOOL } })
    .filter(({ intervention }) => KINDS.includes(intervention.kind))
    .filter(({ intervention }) => approved || intervention.risk !== 'effect')
    .sort(({ intervention: a }, { intervention: b }) => place(a) - place(b) || (a.id < b.id ? -1 : 1))
    .map(({ entry, intervention }) => ({
      name: entry.name,
      effect: intervention.risk === 'effect',
      propose: (builtinKinds[place(intervention)] as Kind).compile(intervention.options),
    }))
}

/**
 * Judges cases by the entries of the pack. Where a case does not say how its command ended it counts as failed, which is
 * the harder case for what must be left alone.
 */
export function judge(cases: readonly TerminalCase[], { approved }: { approved: boolean }): Judged[] {
  const entries = askedEntries(approved)
  return cases.map((one) => {
    const context = contextOf(one)
    const started = process.cpuUsage()
    const found = told(entries, context)
    const { user, system } = process.cpuUsage(started)
    return { case: one, explained: false, ...found, microseconds: user + system }
  })
}

function told(entries: readonly Asked[], context: ResultContext): Partial<Judged> {
  for (const { name, propose } of entries) {
    const action = propose(context)
    if (action?.type !== 'replace-result') continue
    const text = String(action.edit(''))
    if (text.startsWith(SUGGESTS)) return { suggestion: text.slice(SUGGESTS.length), entry: name }
    return { explained: true, entry: name }
  }
  return {}
}

function contextOf({ kind, command, output, exitCode }: TerminalCase): ResultContext {
  // A line of several commands may end well although one of them failed.
  const ended = kind === 'untouched' ? exitCode : exitCode || undefined
  const failed = ended !== 0
  const value: Json = { stdout: '', stderr: output, ...(ended === undefined ? {} : { exitCode: ended }) }
  const result = toolResult(failed ? 'error' : 'ok', value)
  const call = { id: 'call', tool: TOOL, turn: 0, index: 0, attempt: 1, approved: false, input: { command } }
  const failure = failed
    ? {
        ...{ category: 'unknown', rank: 'text', attribution: 'unknown', retryable: 'never', effect: 'none' },
        ...{ signature: '', evidence: { detector: 'bench', bytes: '' }, dead: false },
      }
    : undefined
  return { call, result, failure, facts: {}, history: [] } as unknown as ResultContext
}
