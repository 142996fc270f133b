import { existsSync } from 'node:fs'
import { type RegistryEntry, toolKey } from '@lifeharness/core'
import { loadPack, packNames } from '@lifeharness/packs'
import type { Command as Program } from 'commander'
import { DEFAULT_STORE, STORE_HELP, STORE_OPTION, withStore } from '../../store-file.ts'
import { table } from '../../table.ts'
import type { Terminal } from '../../terminal.ts'

export function defineList(program: Program, terminal: Terminal): void {
  program
    .command('list')
    .description('The packs that come with the library, and those in the registry.')
    .option(STORE_OPTION, STORE_HELP)
    .action(async ({ store: named }: { store?: string }) => {
      terminal.out(
        table(
          [
            { head: 'pack' },
            { head: 'version' },
            { head: 'entries', align: 'right' },
            { head: 'slots', flexible: true },
            { head: 'for', flexible: true },
          ],
          packNames.map((name) => {
            const { version = '', entries = [], slots = {}, description = '' } = loadPack(name) ?? {}
            return [name, version, String(entries.length), Object.keys(slots).join(', '), description]
          }),
          terminal.width,
        ),
      )
      // Without a registry there is nothing more to tell; one that is named must be there.
      if (named === undefined && !existsSync(DEFAULT_STORE)) return
      await withStore(named, 'must-exist', async (store, path) => {
        const rows = registeredRows((await store.load()).entries)
        terminal.out('')
        if (rows.length === 0) terminal.out(`No pack is registered in ${path}.`)
        else
          terminal.out(
            table(
              [
                { head: 'registered' },
                { head: 'version' },
                { head: 'tool', flexible: true },
                { head: 'entries', align: 'right' },
                { head: 'stages', flexible: true },
              ],
              rows,
              terminal.width,
            ),
          )
      })
    })
}

/** By pack, version and tool. */
function registeredRows(entries: readonly RegistryEntry[]): string[][] {
  const groups = new Map<string, { head: string[]; stages: string[] }>()
  for (const { intervention, stages } of entries) {
    const { pack } = intervention.origin
    if (!pack) continue
    const head = [pack.name, pack.version, toolKey(intervention.tool)]
    const group = groups.get(head.join(' ')) ?? { head, stages: [] }
    group.stages.push(stages.default?.stage ?? 'proposed')
    groups.set(head.join(' '), group)
  }
  return [...groups.values()]
    .sort((a, b) => (a.head.join(' ') < b.head.join(' ') ? -1 : 1))
    .map(({ head, stages }) => [...head, String(stages.length), countedIn(stages)])
}

function countedIn(stages: readonly string[]): string {
  return [...new Set(stages)]
    .sort()
    .map((stage) => `${stages.filter((one) => one === stage).length} ${stage}`)
    .join(', ')
}
