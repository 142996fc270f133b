import { existsSync } from 'node:fs'
import { memoryStore, type Store, type ToolContract, toolKey } from '@lifeharness/core'
import { everRegistered } from '@lifeharness/core/learn'
import { type Pack, type PackStep, packChanges, verifyPack } from '@lifeharness/packs'
import type { Command as Program } from 'commander'
import { CliError, usageError } from '../../cli-error.ts'
import { loadConfig } from '../../config-file.ts'
import { confirm } from '../../confirm.ts'
import { plural } from '../../figures.ts'
import { lookAt } from '../../look.ts'
import { nearestNames } from '../../nearest.ts'
import {
  ARGUMENT_HELP,
  ARGUMENT_OPTION,
  boundTo,
  checkPlaces,
  collect,
  optionsFor,
  proposedBinding,
  statedBinding,
  TOOL_HELP,
  TOOL_OPTION,
} from '../../pack-binding.ts'
import { readPack } from '../../pack-source.ts'
import { registeredConflicts, saidOfConflict } from '../../registered-conflicts.ts'
import { commitChanges, DEFAULT_STORE, STORE_HELP, STORE_OPTION, withStore } from '../../store-file.ts'
import { wrap } from '../../table.ts'
import type { Terminal } from '../../terminal.ts'

type Options = {
  tool?: string[]
  argument?: string[]
  approve?: string[]
  seen?: string[]
  config?: string
  store?: string
  dryRun?: boolean
  yes?: boolean
}

export function defineAdd(program: Program, terminal: Terminal): void {
  program
    .command('add')
    .description(
      'Enter a pack into the registry: in shadow what its fixtures prove, proposed what a person must approve.',
    )
    .argument('<name|file>', 'a pack that comes with the library, or the file of one')
    .option(TOOL_OPTION, TOOL_HELP, collect)
    .option(ARGUMENT_OPTION, ARGUMENT_HELP, collect)
    .option('--approve <entry>', 'by your word: an entry that adds, blocks or repeats something', collect)
    .option('--seen <files...>', 'recordings whose tools may fill the slots, besides those in the store')
    .option('--config <file>', 'configuration (default: lifeharness.config.ts|js|json here)')
    .option('--dry-run', 'say what it would do, and do nothing')
    .option('-y, --yes', 'do not ask whether a proposed binding is meant')
    .option(STORE_OPTION, STORE_HELP)
    .action((named: string, options: Options) => {
      const pack = readPack(named)
      checkApproved(pack, options.approve)
      const path = options.store ?? DEFAULT_STORE
      // What only asks leaves no file behind.
      if (options.dryRun && !existsSync(path)) return add(memoryStore(), path, pack, options, terminal)
      return withStore(path, 'may-be-new', (store) => add(store, path, pack, options, terminal))
    })
}

async function add(
  store: Store,
  path: string,
  pack: Pack,
  options: Options,
  terminal: Terminal,
): Promise<void> {
  const contracts = await seenTools(store, options, terminal)
  const stated = statedBinding(pack, options.tool, options.argument)
  const binding = stated ?? proposedBinding(pack, contracts)
  const contractOf = (tool: ToolContract['tool']) =>
    contracts.find((contract) => toolKey(contract.tool) === toolKey(tool))
  const bound = boundTo(pack, binding, { contractOf })
  checkPlaces(pack, binding, contracts, terminal)
  if (!stated) {
    terminal.err(`By the tools that were seen: lifeharness pack add ${pack.name} ${optionsFor(binding)}`)
    if (!options.yes && !options.dryRun && !(await confirm('Is that what is meant?')))
      throw new CliError('nothing was changed')
  }
  const { problems } = await verifyPack(pack, { only: bound.map(({ entry }) => entry.name) })
  const refused = new Map(problems.map(({ entry, where, problem }) => [entry, `${where}: ${problem}`]))
  const registered = await everRegistered(store)
  const request = { approve: options.approve ?? [], refused, registered, contractOf, now: Date.now() }
  let steps: readonly PackStep[] = []
  if (options.dryRun) steps = packChanges(await store.load(), pack, bound, request).steps
  else
    await commitChanges(store, (state) => {
      const found = packChanges(state, pack, bound, request)
      steps = found.steps
      return found.changes
    })
  print(pack, steps, path, options.dryRun === true, terminal)
  tellApproval(
    pack,
    steps,
    [optionsFor(binding), ...(options.store ? ['--store', options.store] : [])],
    terminal,
  )
  for (const conflict of registeredConflicts(await store.load(), contractOf)) {
    const { what, todo } = saidOfConflict(conflict)
    terminal.err(`${path}: ${what}; ${todo}`)
  }
}

function checkApproved(pack: Pack, approve: readonly string[] = []): void {
  const names = pack.entries.map(({ name }) => name)
  for (const name of approve) {
    if (names.includes(name)) continue
    const near = nearestNames(name, names)
    throw usageError(
      `${pack.name} has no entry ${name}${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`,
    )
  }
}

async function seenTools(
  store: Store,
  { seen = [], config }: Options,
  terminal: Terminal,
): Promise<ToolContract[]> {
  const { scan, mined } = await lookAt(store, seen, await loadConfig(config), terminal)
  const known = new Map(scan.contracts)
  for (const [key, { contract }] of mined.tools) if (contract) known.set(key, contract)
  return [...known.values()]
}

const PAINTED = {
  shadow: 'cyan',
  approved: 'cyan',
  proposed: 'yellow',
  kept: 'dim',
  'retired before': 'dim',
  dropped: 'yellow',
} as const

function print(
  pack: Pack,
  steps: readonly PackStep[],
  path: string,
  dryRun: boolean,
  terminal: Terminal,
): void {
  const why = new Map(pack.entries.map(({ name, why }) => [name, why]))
  for (const { entry, id, does, reason, replaces } of steps) {
    const lines = [
      `${terminal.paint(PAINTED[does], does === 'approved' ? 'shadow' : does)}  ${terminal.paint('bold', entry)}  ${id}`,
      ...(why.has(entry) ? [why.get(entry) as string] : []),
      replaces ? `${reason}; takes the place of ${replaces.join(', ')}` : reason,
    ]
    const [head = '', ...rest] = lines
    terminal.out([head, ...rest.map((line) => `  ${wrap(line, terminal.width - 2, '  ')}`)].join('\n'))
  }
  const inShadow = steps.filter(({ does }) => does === 'shadow' || does === 'approved').length
  const kept = steps.filter(({ does }) => does === 'kept').length
  const waiting = steps.filter(({ does }) => does === 'proposed')
  const left = pack.entries.length - steps.filter(({ does }) => does !== 'dropped').length
  terminal.err(
    `${dryRun ? 'Would enter' : 'Entered'} into ${path}: ${inShadow} in shadow, ${waiting.length} proposed, ${kept} as they were, of ${plural(pack.entries.length, 'entry', 'entries')} of ${pack.name} ${pack.version}` +
      `${left > 0 ? `; ${left} left out, whose slots are bound to no tool` : ''}${dryRun ? '. Nothing was changed' : ''}`,
  )
}

/** The same command again, with the word that is missing. */
function tellApproval(
  pack: Pack,
  steps: readonly PackStep[],
  given: readonly string[],
  terminal: Terminal,
): void {
  const waiting = steps.filter(({ does }) => does === 'proposed')
  const approvable = waiting.filter(({ reason }) => reason.includes('a person must approve'))
  if (approvable.length > 0)
    terminal.err(
      `Approve with: lifeharness pack add ${pack.name} ${given.join(' ')} ${approvable.map(({ entry }) => `--approve ${entry}`).join(' ')}`,
    )
}
