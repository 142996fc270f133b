import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import xlsx from 'xlsx'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Workbooks read and written by SheetJS. */
export const sheetjs: Source = {
  tool: 'sheetjs',
  languages: ['en'],
  async open({ dir }) {
    await writeFile(join(dir, 'empty.xlsx'), '')
    const made = () => {
      const book = xlsx.utils.book_new()
      xlsx.utils.book_append_sheet(
        book,
        xlsx.utils.aoa_to_sheet([
          ['item', 'total'],
          ['tea', 4],
        ]),
        'Orders',
      )
      return book
    }
    const kept = Buffer.from(xlsx.write(made(), { type: 'buffer', bookType: 'xlsx' }))
    const sheet = () => made().Sheets.Orders as xlsx.WorkSheet
    const functions = {
      readFile: (path: string) => xlsx.readFile(path),
      read: (data: string, options: object = {}) => xlsx.read(data, { type: 'string', ...options }),
      readCut: (bytes: number) => xlsx.read(kept.subarray(0, bytes)),
      readLocked: (start: string) => xlsx.read(Buffer.from(start, 'base64')),
      write: (bookType: string) => xlsx.write(made(), { type: 'buffer', bookType: bookType as 'xlsx' }),
      writeAs: (type: string) => xlsx.write(made(), { type: type as 'buffer' }),
      writeFile: (path: string) => xlsx.writeFile(made(), path),
      addSheet: (name: string) => xlsx.utils.book_append_sheet(made(), sheet(), name),
      hide: (name: unknown, state: number) =>
        xlsx.utils.book_set_sheet_visibility(made(), name as string, state as 0),
      addRows: (rows: unknown) => xlsx.utils.sheet_add_aoa(sheet(), rows as unknown[][]),
      fromRows: (rows: unknown) => xlsx.utils.aoa_to_sheet(rows as unknown[][]),
      save: (sheets: string[]) => xlsx.write({ SheetNames: sheets, Sheets: {} }, { type: 'buffer' }),
      format: (format: string, value: number) => xlsx.SSF.format(format, value),
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['file', 'state.not_found', (v) => ['readFile', v.path()]],
        ['folder', 'contract.value', (v) => ['readFile', v.pick(['/etc', '/usr', '/srv'])]],
        ['cut', 'contract.value', (v) => ['readCut', v.integer(300, 900)]],
        ['book-type', 'contract.value', (v) => ['write', v.word()]],
        ['result-type', 'contract.value', (v) => ['writeAs', v.word()]],
        ['name-exists', 'state.conflict', () => ['addSheet', 'Orders']],
        [
          'name-long',
          'contract.value',
          (v) => ['addSheet', `${v.phrase()} ${v.phrase()} ${v.phrase()} ${v.phrase()}`],
        ],
        ['name-character', 'contract.value', (v) => ['addSheet', `${v.word()}[${v.integer(1, 9)}]`]],
        ['hide-absent', 'state.not_found', (v) => ['hide', v.word(), 1]],
        ['hide-index', 'state.not_found', (v) => ['hide', v.integer(3, 99), 1]],
        ['hide-state', 'contract.value', (v) => ['hide', 'Orders', v.integer(3, 99)]],
        ['rows-type', 'contract.type', (v) => ['fromRows', [v.integer(2, 99)]]],
        ['format', 'contract.value', (v) => ['format', `"${v.word()}`, v.integer(2, 99)]],
      ]),
    }
  },
}
