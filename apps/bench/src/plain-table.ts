import Table, { type TableConstructorOptions } from 'cli-table3'

/** A table without colours: what benches print is read in files as often as on a screen. */
export function plainTable(head: string[], more: TableConstructorOptions = {}): Table.Table {
  return new Table({ head, style: { head: [], border: [] }, ...more })
}
