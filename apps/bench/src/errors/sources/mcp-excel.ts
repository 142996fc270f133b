import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '@lifeharness/core'
import exceljs from 'exceljs'
import { type McpCall, mcpServer } from '../mcp-client.ts'
import { provocations, type Source } from '../provocation.ts'

/** Workbooks behind an MCP server written in Go. */
export const mcpExcel: Source = {
  tool: 'mcp-excel',
  languages: ['en'],
  async open({ dir }) {
    const workbook = new exceljs.Workbook()
    workbook.addWorksheet('Sheet1').addRow(['a', 'b'])
    const fileAbsolutePath = join(dir, 'book.xlsx')
    await workbook.xlsx.writeFile(fileAbsolutePath)
    await writeFile(join(dir, 'plain.xlsx'), 'text\n')
    await mkdir(join(dir, 'folder.xlsx'))
    const manifest = import.meta.resolve('@negokaz/excel-mcp-server/package.json')
    const { call, close } = await mcpServer(manifest, [], { cwd: dir })
    const on = (name: string, args: JsonObject): McpCall => [
      `excel_${name}`,
      { fileAbsolutePath, sheetName: 'Sheet1', ...args },
    ]
    const write = (args: JsonObject) => on('write_to_sheet', { newSheet: false, range: 'A1:B1', ...args })
    return {
      close,
      provocations: provocations<McpCall>(call, [
        [
          'no-file',
          'state.not_found',
          (v) => on('read_sheet', { fileAbsolutePath: `/srv/${v.word()}.xlsx` }),
        ],
        ['no-sheet', 'state.not_found', (v) => on('read_sheet', { sheetName: v.word() })],
        ['relative', 'contract.value', (v) => on('read_sheet', { fileAbsolutePath: `${v.word()}.xlsx` })],
        [
          'not-workbook',
          'contract.value',
          () => on('read_sheet', { fileAbsolutePath: join(dir, 'plain.xlsx') }),
        ],
        ['folder', 'contract.value', () => on('read_sheet', { fileAbsolutePath: join(dir, 'folder.xlsx') })],
        ['range', 'contract.value', (v) => on('read_sheet', { range: v.word() })],
        ['range-end', 'contract.value', (v) => on('read_sheet', { range: `A1:B${v.integer(2, 9)}000000` })],
        ['missing', 'contract.missing_param', () => ['excel_read_sheet', { fileAbsolutePath }]],
        ['list', 'contract.type', (v) => write({ values: v.word() })],
        [
          'rows',
          'contract.value',
          (v) =>
            write({
              values: [
                [v.word(), 'b'],
                ['c', 'd'],
              ],
            }),
        ],
        ['columns', 'contract.value', (v) => write({ values: [[v.word()]] })],
        [
          'sheet-name',
          'contract.value',
          (v) => write({ newSheet: true, sheetName: `${v.word()}/${v.word()}`, values: [['a', 'b']] }),
        ],
        [
          'sheet-length',
          'contract.value',
          (v) => write({ newSheet: true, sheetName: v.word().repeat(9), values: [['a', 'b']] }),
        ],
        [
          'table-name',
          'contract.value',
          (v) => on('create_table', { tableName: v.phrase(), range: 'A1:B1' }),
        ],
        [
          'one-of',
          'contract.value',
          (v) =>
            on('format_range', {
              range: 'A1:A1',
              styles: [[{ border: [{ type: v.word(), style: 'dash' }] }]],
            }),
        ],
        ['unknown-tool', 'resolve.unknown_tool', (v) => [`excel_${v.word()}`, {}]],
      ]),
    }
  },
}
