import type { Change, Explanation, FiredReport, OtherReport } from './explain-report.ts'
import { day, percent, plural } from './figures.ts'
import { paintStage } from './stages.ts'
import { wrap } from './table.ts'
import type { Terminal } from './terminal.ts'

const LABEL = 10
/** A value or a text of a tool may be long; what matters stands at its beginning. */
const LENGTH = 300

export function printExplanation(made: Explanation, terminal: Terminal): void {
  const { out, paint } = terminal
  const { fired, others, since, failure } = made
  out(`${paint('bold', made.call)}  ${made.tool}`)
  line('episode', `${made.episode} (${made.family})${made.at === null ? '' : `, ${day(made.at)}`}`, terminal)
  line('emitted', textOf(made.input), terminal)
  if (made.executed !== null)
    line('executed', [made.executedTool ?? '', textOf(made.executed)].join(' ').trim(), terminal)
  line(
    'outcome',
    made.outcome === 'ok' && failure ? 'ok, but it says that it failed' : made.outcome,
    terminal,
  )
  if (failure) {
    line(
      'failure',
      `${failure.category}, told by ${failure.detector}: ${cut(made.error ?? failure.evidence)}`,
      terminal,
    )
    line('signature', `${failure.signature}${failure.template ? `  ${cut(failure.template)}` : ''}`, terminal)
  }
  if (fired.length > 0) out(`\n${paint('bold', 'What fired')}`)
  for (const one of fired) printFired(one, made, terminal)
  if (fired.length === 0 && others.length === 0)
    out(
      `\nNothing fired, because nothing was registered for ${made.tool}${made.event === null ? '' : ' when the episode began'}.`,
    )
  else if (others.length > 0) {
    out(
      `\n${paint('bold', fired.length === 0 ? 'Nothing fired, because' : 'What else is registered for this tool')}`,
    )
    for (const one of others) printOther(one, terminal)
  }
  if (since.length > 0) out(`\n${paint('bold', 'Since then')}`)
  for (const one of since) printOther(one, terminal)
}

const ARMS: Readonly<Record<FiredReport['arm'], string>> = {
  applied: 'applied',
  control: 'control: computed, not applied, so that episodes with it can be compared with episodes without',
  shadow: 'shadow: computed, not applied',
}

function printFired(one: FiredReport, made: Explanation, terminal: Terminal): void {
  const { out, paint } = terminal
  const { id, version, arm, does, guard, answers, changes, note, origin } = one
  out(
    `${paint(arm === 'applied' ? 'green' : 'cyan', ARMS[arm])}  ${paint('dim', `${id} version ${version}`)}`,
  )
  const why = [
    guard ? `its guard holds: ${guard}` : 'it has no guard: it asks about every call of the tool',
    answers === null ? '' : answers ? 'it answers this signature' : 'it was learnt from other signatures',
    one.treatedShare === null ? '' : `the episode was drawn: ${percent(one.treatedShare)} are treated`,
  ]
  line('does', does, terminal, 2)
  line('why', why.filter(Boolean).join('; '), terminal, 2)
  for (const change of changes) line('changed', changeText(change), terminal, 2)
  if (one.added !== null) line('added', `a call with ${textOf(one.added)}`, terminal, 2)
  else if (changes.length === 0) line('changed', changedBeside(one, made), terminal, 2)
  if (note) line('told', note, terminal, 2)
  line(
    'evidence',
    `${origin.inducer}, from ${plural(origin.pairs, 'pair')} among ${plural(origin.failures, 'failure')} in ` +
      `${plural(origin.episodes, 'episode')}${origin.subjects > 0 ? `, ${plural(origin.subjects, 'subject')}` : ''}`,
    terminal,
    2,
  )
  for (const [label, standing] of [
    ['then', one.stood],
    ['now', one.stands],
  ] as const) {
    if (!standing) continue
    const { stage, reason, evidence } = standing
    line(label, `${paintStage(terminal, stage)}: ${reason}${evidence ? ` (${evidence})` : ''}`, terminal, 2)
  }
}

/** What it did besides the arguments. */
function changedBeside({ action, arm }: FiredReport, { tool, executedTool }: Explanation): string {
  const renamed = action === 'replace-call' && arm === 'applied' && executedTool !== null
  return renamed ? `the tool: ${tool} → ${executedTool}` : `nothing in the arguments (${action})`
}

function printOther({ id, does, stage, because, would }: OtherReport, terminal: Terminal): void {
  const { out, paint } = terminal
  out(`${paintStage(terminal, stage)}  ${paint('dim', id)}`)
  line('does', does, terminal, 2)
  line('but', because ?? 'nothing holds it back: it would act', terminal, 2)
  if (!would) return
  for (const change of would.changes) line('would', changeText(change), terminal, 2)
  if (would.added !== null) line('would', `call ${would.tool} with ${textOf(would.added)}`, terminal, 2)
  else if (would.changes.length === 0)
    line(
      'would',
      would.action === 'replace-call' && would.tool ? `call ${would.tool}` : would.action,
      terminal,
      2,
    )
}

/** `id: "W1" → "#W1"`. */
function changeText({ path, before, after }: Change): string {
  const place = path === '' ? '' : `${path}: `
  // A hint is added at the end of a result.
  if (typeof before === 'string' && typeof after === 'string' && after.startsWith(before))
    return `${place}+ ${textOf(after.slice(before.length))}`
  if (before === null) return `${place}+ ${textOf(after)}`
  if (after === null) return `${place}− ${textOf(before)}`
  return `${place}${textOf(before)} → ${textOf(after)}`
}

function textOf(value: Explanation['input']): string {
  return cut(JSON.stringify(value))
}

function cut(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return flat.length > LENGTH ? `${flat.slice(0, LENGTH)}…` : flat
}

function line(label: string, text: string, { out, paint, width }: Terminal, indent = 0): void {
  const left = indent + LABEL
  out(
    `${' '.repeat(indent)}${paint('dim', label.padEnd(LABEL))}${wrap(text, width - left, ' '.repeat(left))}`,
  )
}
