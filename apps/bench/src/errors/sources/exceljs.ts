import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import excel from 'exceljs'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Workbooks read and written by ExcelJS. */
export const exceljs: Source = {
  tool: 'exceljs',
  languages: ['en'],
  async open({ dir }) {
    const plain = join(dir, 'plain.xlsx')
    await writeFile(plain, 'no workbook')
    await mkdir(join(dir, 'folder'))
    const fresh = () => {
      const book = new excel.Workbook()
      const sheet = book.addWorksheet('Kept')
      sheet.mergeCells('A1:B2')
      return { book, sheet }
    }
    const functions = {
      read: (path: string) => new excel.Workbook().xlsx.readFile(path),
      write: (path: string) => fresh().book.xlsx.writeFile(path),
      load: (bytes: string) => new excel.Workbook().xlsx.load(Buffer.from(bytes) as never),
      addSheet: (name: unknown) => fresh().book.addWorksheet(name as string),
      cell: (address: string) => fresh().sheet.getCell(address).value,
      column: (letters: string) => fresh().sheet.getColumn(letters).width,
      merge: (range: string) => fresh().sheet.mergeCells(range),
      table: (table: object) => fresh().sheet.addTable(table as never),
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['no-file', 'state.not_found', (v) => ['read', v.path()]],
        ['no-folder', 'state.not_found', (v) => ['write', join(dir, v.word(), `${v.name()}.xlsx`)]],
        ['write-folder', 'contract.value', () => ['write', join(dir, 'folder')]],
        ['no-workbook', 'contract.value', (v) => ['load', v.phrase()]],
        ['sheet-exists', 'state.conflict', (v) => ['addSheet', v.pick(['Kept', 'kept', 'KEPT'])]],
        ['sheet-name', 'contract.value', (v) => ['addSheet', `${v.word()}/${v.word()}`]],
        ['sheet-quote', 'contract.value', (v) => ['addSheet', `'${v.word()}`]],
        ['sheet-empty', 'contract.missing_param', () => ['addSheet', '']],
        ['sheet-type', 'contract.type', (v) => ['addSheet', v.integer(2, 99)]],
        ['column', 'contract.value', (v) => ['column', v.word().toUpperCase()]],
        ['merged', 'state.conflict', (v) => ['merge', `A1:C${v.integer(3, 9)}`]],
        [
          'table-rows',
          'contract.missing_param',
          (v) => ['table', { name: v.name(), ref: 'D1', columns: [{ name: v.word() }] }],
        ],
        [
          'table-ref',
          'contract.missing_param',
          (v) => ['table', { name: v.name(), columns: [{ name: v.word() }], rows: [[1]] }],
        ],
      ]),
    }
  },
}
