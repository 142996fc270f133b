import { STAGES } from '@lifeharness/core'
import { mine, readTrajectories, summarise } from '@lifeharness/core/learn'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { count, percent, plural } from '../figures.ts'
import { printCategories } from '../print-mine.ts'
import { type RecordReport, type RegistryReport, registryReport } from '../registry-report.ts'
import { paintStage } from '../stages.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'
import { eachWord, table } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Options = { store?: string; config?: string; json?: boolean; all?: boolean }

export const report: Command = {
  name: 'report',
  define: (program, terminal) => {
    program
      .description(
        'What is in the registry: stages by model family, what acted and what it did, what fails most.',
      )
      .option('--all', 'also drafts')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--json', 'print one JSON document')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (options: Options) => {
        const config = await loadConfig(options.config)
        await withStore(options.store, 'must-exist', async (store, path) => {
          const state = await store.load()
          const mined = await mine(() => readTrajectories(store), { config })
          const made = registryReport(path, state, summarise(mined, []), Date.now())
          if (options.json) terminal.out(JSON.stringify(made, null, 2))
          else print(made, options.all === true, terminal)
        })
      })
  },
}

function print(made: RegistryReport, all: boolean, terminal: Terminal): void {
  const { out, paint } = terminal
  out(`${paint('bold', made.store)}, version ${made.version}: ${plural(made.interventions, 'intervention')}`)
  if (made.killed) out(paint('red', 'The kill switch is on: nothing is applied anywhere.'))
  if (made.interventions > 0) {
    printFamilies(made, terminal)
    printRecords(made.records, all, terminal)
  } else out('Nothing is registered yet: `lifeharness mine <files…> --store <path>`, or `lifeharness learn`.')
  printRecorded(made, terminal)
}

function printFamilies({ families }: RegistryReport, terminal: Terminal): void {
  const stages = STAGES.filter((stage) => Object.values(families).some((counts) => counts[stage]))
  const columns = [
    { head: 'model family', flexible: true },
    ...stages.map((stage) => ({ head: stage, align: 'right' as const })),
  ]
  const rows = Object.entries(families).map(([family, counts]) => [
    family,
    ...stages.map((stage) => (counts[stage] ? count(counts[stage]) : '·')),
  ])
  terminal.out(`\n${terminal.paint('bold', 'Stages')}`)
  terminal.out(table(columns, rows, terminal.width))
}

function printRecords(records: readonly RecordReport[], all: boolean, terminal: Terminal): void {
  const { out, paint } = terminal
  const shown = records
    .filter((record) => all || record.stage !== 'proposed')
    .filter((record) => tells(record, records))
  const drafts = records.filter(({ stage }) => stage === 'proposed').length
  if (shown.length > 0) {
    const columns = [
      { head: 'stage' },
      { head: 'intervention', flexible: true },
      { head: 'fired', align: 'right' as const },
      { head: 'went well', align: 'right' as const },
      { head: 'without it', align: 'right' as const },
      { head: 'harmed', align: 'right' as const },
    ]
    out(`\n${paint('bold', 'Interventions')}`)
    out(
      table(
        columns,
        shown.map((record) => rowFor(record, terminal)),
        terminal.width,
      ),
    )
  }
  if (!all && drafts > 0) out(`${plural(drafts, 'draft')} not shown; --all shows them.`)
}

/** The default says nothing of its own where families have records. */
function tells({ id, family }: RecordReport, records: readonly RecordReport[]): boolean {
  return family !== 'default' || !records.some((other) => other.id === id && other.family !== 'default')
}

function rowFor(record: RecordReport, terminal: Terminal): string[] {
  const { paint } = terminal
  const { stage, pinned, tool, does, id, family, risk, treated, control, wouldFix, wouldBreak } = record
  const waiting = 'days' in record.decision ? `decided in about ${daysOf(record.decision.days)}` : ''
  const shadow = wouldFix > 0 ? `would have fixed ${count(wouldFix)} calls` : ''
  const said = [id, family, risk, pinned ? 'pinned by a person' : '', shadow, waiting].filter(Boolean)
  return [
    paintStage(terminal, stage),
    [
      `${tool}: ${does}`,
      said
        .join(' · ')
        .split(' ')
        .map((word) => paint('dim', word))
        .join(' '),
      eachWord(record.reason, (word) => paint('dim', word)),
    ].join('\n'),
    treated.episodes > 0 ? count(treated.episodes) : '·',
    treated.episodes > 0 ? percent(treated.successes / treated.episodes) : '·',
    control.episodes > 0 ? percent(control.successes / control.episodes) : '·',
    wouldBreak > 0 ? paint('red', count(wouldBreak)) : '0',
  ]
}

function daysOf(days: number): string {
  return days < 1 ? 'a day' : plural(Math.ceil(days), 'day')
}

function printRecorded({ recorded }: RegistryReport, terminal: Terminal): void {
  const { out, paint } = terminal
  const { episodes, steps, failures, unknown, categories } = recorded
  if (episodes === 0) {
    out('\nNo agent has recorded anything in this store yet.')
    return
  }
  out(
    `\n${paint('bold', 'Recorded by agents')}: ${plural(episodes, 'episode')}, ${plural(steps, 'tool call')}, ` +
      `${plural(failures, 'failure')}; cause unknown: ${percent(failures === 0 ? 0 : unknown / failures)}`,
  )
  if (failures > 0) printCategories(categories.slice(0, TOP), terminal)
  if (categories.length > TOP)
    out(`and ${plural(categories.length - TOP, 'more category', 'more categories')}`)
}

const TOP = 8
