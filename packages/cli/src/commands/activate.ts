import {
  type RegistryEntry,
  type RegistryState,
  type Stage,
  StageError,
  type Transition,
} from '@lifeharness/core'
import { promoteByPerson } from '@lifeharness/core/learn'
import { CliError } from '../cli-error.ts'
import type { Command } from '../command.ts'
import { confirm } from '../confirm.ts'
import { entriesFor } from '../entries.ts'
import { plural } from '../figures.ts'
import { entryInWords, paintStage } from '../stages.ts'
import { commitChanges, STORE_HELP, STORE_OPTION, withStore } from '../store-file.ts'
import { wrap } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Options = { store?: string; family?: string; reason?: string; yes?: boolean; force?: boolean }

export const activate: Command = {
  name: 'activate',
  define: (program, terminal) => {
    program
      .description("By a person's word: put what is validated to work, one intervention or a whole category.")
      .argument('<category|id>', 'a category such as contract.type, or an id')
      .option(
        '--family <family>',
        'for this model family only; the learner goes on watching (default: all, pinned)',
      )
      .option('--reason <text>', 'why, for the record')
      .option('--force', 'also drafts that replay did not validate')
      .option('-y, --yes', 'do not ask')
      .option(STORE_OPTION, STORE_HELP)
      .action((what: string, options: Options) =>
        withStore(options.store, 'must-exist', async (store) => {
          const chosen = choose(entriesFor(await store.load(), what), what, options)
          for (const { entry, refused } of chosen) terminal.out(lineFor(entry, refused, options, terminal))
          const ids = chosen.filter(({ refused }) => !refused).map(({ entry }) => entry.intervention.id)
          if (ids.length === 0)
            throw new CliError('nothing to activate: only what replay has validated may act (or add --force)')
          const whom = options.family ? `the family ${options.family}` : 'all model families'
          if (!options.yes && !(await confirm(`Activate ${plural(ids.length, 'intervention')} for ${whom}?`)))
            throw new CliError('nothing was changed')
          const changes = await commitChanges(store, (state) => movesFor(state, ids, options))
          const moved = new Set(
            changes.flatMap((change) => ('entry' in change ? [change.entry.intervention.id] : [])),
          )
          for (const id of ids)
            terminal.out(`${moved.has(id) ? terminal.paint('green', 'active') : 'was active already'}  ${id}`)
        }),
      )
  },
}

/** `refused`: why it may not act by this word. */
type Choice = { entry: RegistryEntry; refused?: string }

/** @throws CliError where a category holds nothing. */
function choose(entries: readonly RegistryEntry[], what: string, { family, force }: Options): Choice[] {
  if (entries.length === 0)
    throw new CliError(`no intervention of the category ${what} is registered; see \`lifeharness report\``)
  return entries.map((entry) => {
    const stage = stageOf(entry, family)
    if (stage === 'proposed' && !force) return { entry, refused: 'not validated' }
    // Somebody, or the evidence, took it back: the word on its category is none on it.
    if (stage === 'suspended' && what === entry.intervention.category)
      return { entry, refused: 'suspended, so name it by its id' }
    return { entry }
  })
}

/** A family without a record of its own stands where the default does. */
function stageOf({ stages }: RegistryEntry, family = 'default'): Stage {
  return (stages[family] ?? stages.default)?.stage ?? 'proposed'
}

function lineFor(
  entry: RegistryEntry,
  refused: string | undefined,
  { family }: Options,
  terminal: Terminal,
): string {
  const stage = stageOf(entry, family)
  const record = entry.stages[family ?? 'default'] ?? entry.stages.default
  const { intervention } = entry
  const lines = [
    `${refused ? terminal.paint('yellow', 'refused') : paintStage(terminal, stage)}  ${terminal.paint('bold', intervention.id)}`,
    entryInWords(entry),
    `${intervention.category} · risk ${intervention.risk} · ${refused ? `${refused}: ` : ''}${record?.reason ?? ''}`,
  ]
  const [head = '', ...rest] = lines
  return [head, ...rest.map((line) => `  ${wrap(line, terminal.width - 2, '  ')}`)].join('\n')
}

function movesFor(
  state: RegistryState,
  ids: readonly string[],
  { family, reason, force }: Options,
): Transition[] {
  return ids.flatMap((id) => {
    const why = reason ?? `activated by a person${force ? ', by force' : ''}`
    try {
      return promoteByPerson(state, id, 'active', why, family ? { family } : {})
    } catch (error) {
      if (error instanceof StageError)
        throw new CliError(`nothing was changed: ${error.message}`, { cause: error })
      throw error
    }
  })
}
