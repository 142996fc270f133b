import { STAGES } from '@lifeharness/core'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { printDrifts } from '../drift-report.ts'
import { count, percent, plural } from '../figures.ts'
import { lookAt } from '../look.ts'
import { printHealth } from '../print-health.ts'
import { printCategories } from '../print-mine.ts'
import { episodesOf, printRecords } from '../print-records.ts'
import { type RegistryReport, registryReport } from '../registry-report.ts'
import { STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'
import { table } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Options = { store?: string; config?: string; json?: boolean; all?: boolean }

export const report: Command = {
  name: 'report',
  define: (program, terminal) => {
    program
      .description(
        'What is in the registry: stages by model family, what acted and what it did, how varied failures are.',
      )
      .argument(
        '[files...]',
        'recordings to be held against the registry, beside what agents recorded in the store',
      )
      .option('--all', 'also drafts')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--json', 'print one JSON document')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (files: string[], options: Options) => {
        const config = await loadConfig(options.config)
        await withStore(options.store, 'must-exist', async (store, path) => {
          const made = registryReport(path, await lookAt(store, files, config, terminal))
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
    if (made.uncounted > 0)
      out(
        `What happened at the calls of ${plural(made.uncounted, 'intervention')} is not counted yet: \`lifeharness learn\` counts it.`,
      )
  } else out('Nothing is registered yet: `lifeharness mine <files…> --store <path>`, or `lifeharness learn`.')
  printRecorded(made, terminal)
  if (made.recorded.failures > 0) printHealth(made.health, made.recorded.failures, terminal)
}

function printFamilies({ families, acted }: RegistryReport, terminal: Terminal): void {
  const stages = STAGES.filter((stage) => Object.values(families).some((counts) => counts[stage]))
  const columns = [
    { head: 'model family', flexible: true },
    ...stages.map((stage) => ({ head: stage, align: 'right' as const })),
    ...ACTED.filter(() => Object.keys(acted).length > 0).map((head) => ({ head, align: 'right' as const })),
  ]
  const rows = Object.entries(families).map(([family, counts]) => [
    family,
    ...stages.map((stage) => (counts[stage] ? count(counts[stage]) : '·')),
    ...ACTED.filter(() => Object.keys(acted).length > 0).map((what) => episodesOf(acted[family]?.[what])),
  ])
  terminal.out(`\n${terminal.paint('bold', 'Stages')}`)
  terminal.out(table(columns, rows, terminal.width))
}

const ACTED = ['fired', 'helped', 'harmed'] as const

function printRecorded({ recorded }: RegistryReport, terminal: Terminal): void {
  const { out, paint } = terminal
  const { episodes, steps, failures, unknown, categories } = recorded
  if (episodes === 0) {
    out('\nNo agent has recorded anything in this store yet; name recordings to hold them against it.')
    return
  }
  out(
    `\n${paint('bold', 'Recorded')}: ${plural(episodes, 'episode')}, ${plural(steps, 'tool call')}, ` +
      `${plural(failures, 'failure')}; cause unknown: ${percent(failures === 0 ? 0 : unknown / failures)}`,
  )
  if (failures > 0) printCategories(categories.slice(0, TOP), terminal)
  if (categories.length > TOP)
    out(`and ${plural(categories.length - TOP, 'more category', 'more categories')}`)
  printDrifts(recorded.drifts, terminal)
}

const TOP = 8
