import type { Fixture, Intervention, RegistryEntry, Store, Transition } from '@lifeharness/core'
import { toolKey } from '@lifeharness/core'
import { describeGuard, describeIntervention } from '@lifeharness/core/learn'
import type { Command } from '../command.ts'
import { entryById } from '../entries.ts'
import { count, day, percent, plural } from '../figures.ts'
import { paintStage } from '../stages.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'
import { table, wrap } from '../table.ts'
import type { Terminal } from '../terminal.ts'

export const show: Command = {
  name: 'show',
  define: (program, terminal) => {
    program
      .description(
        'One intervention whole: what it does, when, on what evidence, and how it came where it stands.',
      )
      .argument('<id>', 'its id, or the beginning of it')
      .option(STORE_OPTION, STORE_HELP)
      .action((id: string, { store: named }: { store?: string }) =>
        withStore(named, 'must-exist', async (store) => {
          const state = await store.load()
          const entry = entryById(state, id)
          terminal.out(
            [
              ...headOf(entry.intervention, terminal),
              ...factsOf(entry.intervention, state.templates, terminal),
              ...stagesOf(entry, terminal),
              ...evidenceOf(entry, terminal),
              ...fixturesOf(entry.intervention, terminal),
              ...historyOf(await transitionsOf(store, entry.intervention.id), terminal),
            ].join('\n'),
          )
        }),
      )
  },
}

function headOf(intervention: Intervention, { paint, width }: Terminal): string[] {
  const { id, version, when } = intervention
  return [
    `${paint('bold', id)}  version ${version}`,
    `  ${wrap(describeIntervention(intervention), width - 2, '  ')}`,
    ...(when ? [`  only where ${wrap(describeGuard(when), width - 13, '  ')}`] : []),
    '',
  ]
}

const LABEL = 12
const SIGNATURES = 5

function factsOf(
  intervention: Intervention,
  templates: Readonly<Record<string, string>>,
  { paint, width }: Terminal,
): string[] {
  const { tool, category, layer, risk, kind, anchor, scope, signatures, origin } = intervention
  const { support, prediction, inducer, trust } = origin
  const facts: [string, string][] = [
    ['tool', toolKey(tool)],
    ['category', category],
    ['kind', `${kind} · layer ${layer} · risk ${risk}`],
    ...(anchor
      ? [['contract', `bound to ${anchor.path || 'the names of all arguments'}`] as [string, string]]
      : []),
    ...(scope ? [['scope', scope] as [string, string]] : []),
    [
      'induced by',
      `${inducer}, from ${plural(support.pairs, 'pair')} among ${plural(support.failures, 'failure')} in ` +
        `${plural(support.episodes, 'episode')}${support.subjects ? `, ${plural(support.subjects, 'subject')}` : ''}; trust: ${trust}`,
    ],
    ['prediction', `removes at least ${percent(prediction.removes)} of the failures it answers`],
    ...signatures
      .slice(0, SIGNATURES)
      .map((key, index): [string, string] => [
        index === 0 ? 'answers' : '',
        `${key}  ${templates[key] ?? ''}`,
      ]),
    ...(signatures.length > SIGNATURES
      ? [['', `and ${signatures.length - SIGNATURES} more signatures`] as [string, string]]
      : []),
  ]
  return [
    ...facts.map(([label, text]) => {
      const indent = ' '.repeat(LABEL)
      return `${paint('dim', label.padEnd(LABEL))}${wrap(text.replaceAll(/\s+/g, ' '), width - LABEL, indent)}`
    }),
    '',
  ]
}

function stagesOf({ stages, pinned }: RegistryEntry, terminal: Terminal): string[] {
  const rows = Object.entries(stages).map(([family, { stage, since, reason, controlShare, deadOnly }]) => [
    family,
    paintStage(terminal, stage),
    since > 0 ? day(since) : '',
    `${reason}${controlShare > 0 ? ` (control: ${percent(controlShare)} of episodes)` : ''}${deadOnly ? ' (dead calls only)' : ''}`,
  ])
  const columns = [
    { head: 'family' },
    { head: 'stage' },
    { head: 'since' },
    { head: 'because', flexible: true },
  ]
  return [
    heading('Stages', terminal),
    table(columns, rows, terminal.width),
    ...(pinned ? ['A person fixed the stage: the learner does not move it.'] : []),
    '',
  ]
}

function evidenceOf({ stages }: RegistryEntry, terminal: Terminal): string[] {
  const rows = Object.entries(stages).flatMap(([family, { account }]) => {
    const { replay, shadow, treated, control, guardrail } = account
    const lines: string[][] = []
    if (replay)
      lines.push([
        family,
        'replay',
        `fixed ${plural(replay.fixes, 'failed call')} (${count(replay.dead)} dead); asked on ${plural(replay.examined, 'success', 'successes')}`,
      ])
    if (shadow.fixes + shadow.breaks + shadow.examined > 0)
      lines.push([
        family,
        'in shadow',
        `would have fixed ${plural(shadow.fixes, 'call')}, would have broken ${count(shadow.breaks)}`,
      ])
    if (treated.episodes + control.episodes > 0)
      lines.push([
        family,
        'episodes',
        `with it ${count(treated.successes)} of ${count(treated.episodes)} went well, ` +
          `without it ${count(control.successes)} of ${count(control.episodes)}`,
      ])
    if (guardrail.treated.episodes + guardrail.control.episodes > 0)
      lines.push([
        family,
        'guardrail',
        `held in ${count(guardrail.treated.successes)} of ${count(guardrail.treated.episodes)}, ` +
          `without it in ${count(guardrail.control.successes)} of ${count(guardrail.control.episodes)}`,
      ])
    return lines
  })
  if (rows.length === 0) return []
  const columns = [{ head: 'family' }, { head: 'seen in' }, { head: 'evidence', flexible: true }]
  return [heading('Evidence', terminal), table(columns, rows, terminal.width), '']
}

const INPUT_LENGTH = 400

function fixturesOf({ origin }: Intervention, terminal: Terminal): string[] {
  const { fixes, leaves } = origin.fixtures
  if (fixes.length + leaves.length === 0) return []
  const { paint, width } = terminal
  const line = (label: string, text: string) =>
    `    ${paint('dim', label.padEnd(10))}${wrap(text, width - 14, ' '.repeat(14))}`
  return [
    heading('Fixtures', terminal),
    ...(fixes.length > 0 ? ['  must fix'] : []),
    ...fixes.flatMap((fixture) => [
      line('before', inputOf(fixture)),
      ...(fixture.error ? [line('error', fixture.error.replaceAll(/\s+/g, ' '))] : []),
      ...(fixture.expect === undefined ? [] : [line('after', cut(JSON.stringify(fixture.expect)))]),
    ]),
    ...(leaves.length > 0 ? ['  must leave alone'] : []),
    ...leaves.map((fixture) => line('as it is', inputOf(fixture))),
    '',
  ]
}

function inputOf({ input, rawInput }: Fixture): string {
  return cut(rawInput ?? JSON.stringify(input ?? null))
}

function cut(text: string): string {
  return text.length > INPUT_LENGTH ? `${text.slice(0, INPUT_LENGTH)}…` : text
}

type Move = Extract<Transition, { type: 'stage' }>

async function transitionsOf(store: Store, id: string): Promise<Move[]> {
  const moves: Move[] = []
  for await (const change of store.history())
    if (change.type === 'stage' && change.entry.intervention.id === id) moves.push(change)
  return moves
}

function historyOf(moves: readonly Move[], terminal: Terminal): string[] {
  const rows = moves.map(({ at, family, from, to, by, reason }) => [
    day(at),
    family,
    from === undefined ? to : `${from} → ${to}`,
    by,
    reason,
  ])
  const columns = [
    ...[{ head: 'when' }, { head: 'family' }, { head: 'move' }, { head: 'by' }],
    { head: 'because', flexible: true },
  ]
  return [heading('History', terminal), table(columns, rows, terminal.width)]
}

function heading(text: string, { paint }: Terminal): string {
  return paint('bold', text)
}
