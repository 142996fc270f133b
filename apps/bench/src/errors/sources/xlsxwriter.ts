import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import warnings, xlsxwriter
warnings.simplefilter("error")
def book():
    made = xlsxwriter.Workbook("a.xlsx")
    return made, made.add_worksheet("Orders")
def add_sheet(name): book()[0].add_worksheet(name)
def number(cell, value): book()[1].write_number(cell, value)
def picture(cell, path): book()[1].insert_image(cell, path)
def merge(area, value): book()[1].merge_range(area, value)
def chart(**options): book()[0].add_chart(options)
def series(**options): book()[0].add_chart({"type": "line"}).add_series(options)
def validate(cell, **options): book()[1].data_validation(cell, options)
def condition(area, **options): book()[1].conditional_format(area, options)
def table(area, **options): book()[1].add_table(area, options)
def filter(column, criteria): book()[1].filter_column(column, criteria)
def name(name, formula): book()[0].define_name(name, formula)
def save(path): xlsxwriter.Workbook(path).close()
def told(error): return f"{type(error).__name__}: {error}"
`

/** Workbooks written by XlsxWriter. */
export const xlsxwriter: Source = {
  tool: 'xlsxwriter',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'xlsxwriter', prelude: PRELUDE })
    return {
      close,
      provocations: provocations(provoke, [
        ['sheet-exists', 'state.conflict', () => ({ tool: 'add_sheet', name: 'Orders' })],
        [
          'sheet-long',
          'contract.value',
          (v) => ({ tool: 'add_sheet', name: `${v.phrase()} ${v.phrase()} ${v.phrase()} ${v.phrase()}` }),
        ],
        [
          'sheet-character',
          'contract.value',
          (v) => ({ tool: 'add_sheet', name: `${v.word()}[${v.integer(1, 9)}]` }),
        ],
        ['number', 'contract.type', (v) => ({ tool: 'number', cell: 'A1', value: v.word() })],
        ['picture', 'state.not_found', (v) => ({ tool: 'picture', cell: 'A1', path: `${v.path()}.png` })],
        ['merge-one', 'contract.value', (v) => ({ tool: 'merge', area: 'B2:B2', value: v.word() })],
        ['chart-type', 'contract.value', (v) => ({ tool: 'chart', type: v.word() })],
        ['chart-none', 'contract.missing_param', (v) => ({ tool: 'chart', name: v.word() })],
        ['series-none', 'contract.missing_param', (v) => ({ tool: 'series', name: v.word() })],
        ['rule', 'contract.value', (v) => ({ tool: 'validate', cell: 'A1', validate: v.word() })],
        ['rule-none', 'contract.missing_param', () => ({ tool: 'validate', cell: 'A1', input_title: 'a' })],
        [
          'rule-key',
          'contract.misnamed_param',
          (v) => ({ tool: 'validate', cell: 'A1', validate: 'list', [`${v.word()}_x`]: 1 }),
        ],
        [
          'rule-title',
          'contract.value',
          (v) => ({
            tool: 'validate',
            cell: 'A1',
            validate: 'list',
            source: ['a'],
            input_title: `${v.phrase()} ${v.phrase()} ${v.phrase()}`,
          }),
        ],
        ['condition', 'contract.value', (v) => ({ tool: 'condition', area: 'A1', type: v.word() })],
        [
          'table-name',
          'contract.value',
          (v) => ({ tool: 'table', area: 'A1:B3', name: `${v.word()} ${v.word()}` }),
        ],
        ['table-rows', 'contract.value', (v) => ({ tool: 'table', area: 'A1:B1', name: v.word() })],
        [
          'filter',
          'state.precondition',
          (v) => ({ tool: 'filter', column: 'A', criteria: `x == ${v.integer(2, 9)}` }),
        ],
        [
          'name',
          'contract.value',
          (v) => ({ tool: 'name', name: `${v.integer(2, 9)}${v.word()}`, formula: '=1' }),
        ],
        ['name-sheet', 'state.not_found', (v) => ({ tool: 'name', name: `${v.word()}!a`, formula: '=1' })],
        [
          'save-folder',
          'state.not_found',
          (v) => ({ tool: 'save', path: `/srv/${v.word()}/${v.word()}.xlsx` }),
        ],
        ['save-denied', 'auth.denied', (v) => ({ tool: 'save', path: `/etc/${v.word()}.xlsx` })],
      ]),
    }
  },
}
