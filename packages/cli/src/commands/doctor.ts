import { existsSync, readFileSync } from 'node:fs'
import type { LifeHarnessConfig } from '@lifeharness/core'
import type { Finding, Level } from '../check.ts'
import { checks } from '../checks/index.ts'
import { EXIT } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { loadConfig } from '../config-file.ts'
import { plural } from '../figures.ts'
import { installedPackages } from '../installed.ts'
import { type Look, lookAt } from '../look.ts'
import { DEFAULT_STORE, STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'
import { wrap } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Options = { store?: string; config?: string; json?: boolean }

/** What `doctor --json` prints. */
type Diagnosis = {
  format: 'lifeharness-doctor/1'
  store: string
  versions: Record<string, string>
  /** Null where the store could not be read. */
  registry: { version: number; interventions: number; episodes: number; calls: number } | null
  /** `check` names the file that found it. */
  findings: (Finding & { check: string })[]
}

export const doctor: Command = {
  name: 'doctor',
  define: (program, terminal) => {
    program
      .description(
        'What is wrong, or wants a decision: what, where, and what to do. Ends with 1 when something is broken.',
      )
      .argument('[files...]', 'recordings to be looked at beside what agents recorded in the store')
      .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
      .option('--json', 'print one JSON document')
      .option(STORE_OPTION, STORE_HELP)
      .action(async (files: string[], options: Options) => {
        const diagnosis = await examine(files, options, terminal)
        if (options.json) terminal.out(JSON.stringify(diagnosis, null, 2))
        else print(diagnosis, terminal)
        if (diagnosis.findings.some(({ level }) => level === 'broken')) process.exitCode = EXIT.failed
      })
  },
}

async function examine(files: readonly string[], options: Options, terminal: Terminal): Promise<Diagnosis> {
  const store = options.store ?? DEFAULT_STORE
  const installed = installedPackages(process.cwd())
  const findings: Diagnosis['findings'] = []
  let config: LifeHarnessConfig = {}
  try {
    config = await loadConfig(options.config)
  } catch (error) {
    findings.push({
      check: 'configuration',
      ...unreadable('the configuration cannot be read', error, options.config),
    })
  }
  let look: Look | undefined
  try {
    look = await withStore(options.store, 'must-exist', (opened) => lookAt(opened, files, config, terminal))
  } catch (error) {
    findings.push({ check: 'store', ...unreadable('the store cannot be read', error, store) })
  }
  if (look) {
    const patient = { ...look, installed, environment: process.env }
    for (const { name, find } of checks)
      for (const one of find(patient)) findings.push({ check: name, ...one })
  }
  return {
    format: 'lifeharness-doctor/1',
    store,
    versions: {
      node: process.versions.node,
      lifeharness: ownVersion(),
      ...Object.fromEntries(installed.map(({ name, version }) => [name, version])),
    },
    registry: look
      ? {
          version: look.state.version,
          interventions: look.state.entries.length,
          episodes: look.mined.episodes,
          calls: look.mined.steps,
        }
      : null,
    findings: LEVELS.flatMap(({ level }) => findings.filter((one) => one.level === level)),
  }
}

/** The messages of these errors say what to do themselves. */
function unreadable(what: string, error: unknown, where: string | undefined): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const place = where ?? 'the working directory'
  return {
    level: 'broken',
    what: `${what}: ${message}`,
    where: where === undefined || existsSync(where) ? place : `${place}, which does not exist`,
    todo: 'see above; everything else is looked at once this is mended',
  }
}

function ownVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version
}

const LEVELS: readonly { level: Level; heading: string; colour: 'red' | 'yellow' | 'dim'; mark: string }[] = [
  { level: 'broken', heading: 'Broken', colour: 'red', mark: '✗' },
  { level: 'look', heading: 'To be looked at', colour: 'yellow', mark: '!' },
  { level: 'note', heading: 'Good to know', colour: 'dim', mark: '·' },
]

function print({ store, versions, registry, findings }: Diagnosis, terminal: Terminal): void {
  const { out, paint, width } = terminal
  out(
    registry
      ? `${paint('bold', store)}, version ${registry.version}: ${plural(registry.interventions, 'intervention')}, ` +
          `${plural(registry.episodes, 'episode')}, ${plural(registry.calls, 'tool call')}`
      : paint('bold', store),
  )
  out(
    wrap(
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
      width,
    ),
  )
  for (const { level, heading, colour, mark } of LEVELS) {
    const found = findings.filter((one) => one.level === level)
    if (found.length === 0) continue
    out(`\n${paint('bold', heading)}`)
    for (const { what, where, todo } of found) {
      out(`${paint(colour, mark)} ${wrap(what, width - 2, '  ')}`)
      out(`  ${paint('dim', 'where')}  ${wrap(where, width - 9, ' '.repeat(9))}`)
      out(`  ${paint('dim', 'do')}     ${wrap(todo, width - 9, ' '.repeat(9))}`)
    }
  }
  const counted = LEVELS.map(({ level }) => findings.filter((one) => one.level === level).length)
  out(
    findings.length === 0
      ? '\nNothing to report: all is well.'
      : `\n${counted[0]} broken, ${counted[1]} to be looked at, ${counted[2]} good to know`,
  )
}
