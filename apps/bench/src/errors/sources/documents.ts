import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
import docx, openpyxl, pypdf
from PIL import Image, ImageColor
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Sales"
sheet["A1"] = "month"
book.save("sales.xlsx")
letter = docx.Document()
letter.add_paragraph("Dear Ada,")
letter.save("letter.docx")
Image.new("RGBA", (8, 8)).save("logo.png")
paper = pypdf.PdfWriter()
paper.add_blank_page(99, 99)
paper.write("paper.pdf")
paper.encrypt("secret")
paper.write("locked.pdf")
open("notes.txt", "w").write("month,total")
def read_cell(file, sheet, cell):
    return openpyxl.load_workbook(file)[sheet][cell].value
def write_cell(file, sheet, row, column, value):
    one = openpyxl.load_workbook(file)
    one[sheet].cell(row, column, value)
    one.save(file)
def rename_sheet(file, sheet, name):
    one = openpyxl.load_workbook(file)
    one[sheet].title = name
def read_letter(file):
    return docx.Document(file).paragraphs[0].text
def add_paragraph(file, text, style):
    docx.Document(file).add_paragraph(text, style)
def read_page(file, page, password=None):
    reader = pypdf.PdfReader(file, password=password)
    return reader.pages[page].extract_text()
def convert_image(file, to):
    Image.open(file).save(to)
def crop_image(file, box):
    Image.open(file).crop(box)
def resize_image(file, width, height):
    Image.open(file).resize((width, height))
def draw_text(file, colour):
    ImageColor.getrgb(colour)
`

/** Spreadsheets, letters, PDF and pictures: openpyxl, python-docx, pypdf and Pillow. */
export const documents: Source = {
  tool: 'documents',
  languages: ['en'],
  async open({ dir }) {
    const modules = 'docx, openpyxl, pypdf, PIL'
    const { provoke, close } = await pythonSession(dir, { modules, prelude: PRELUDE })
    const cell = (sheet: string, at: string) => ({ tool: 'read_cell', file: 'sales.xlsx', sheet, cell: at })
    const write = (more: object) => ({
      ...{ tool: 'write_cell', file: 'sales.xlsx', sheet: 'Sales', row: 2, column: 1, value: 1 },
      ...more,
    })
    const page = (file: string, number: number, more = {}) => ({
      tool: 'read_page',
      file,
      page: number,
      ...more,
    })
    return {
      close,
      provocations: provocations(provoke, [
        [
          'book-none',
          'state.not_found',
          (v) => ({ tool: 'read_cell', file: `${v.word()}.xlsx`, sheet: 'a', cell: 'A1' }),
        ],
        [
          'book-format',
          'contract.value',
          (v) => ({ tool: 'read_cell', file: `${v.word()}.pdf`, sheet: 'a', cell: 'A1' }),
        ],
        ['sheet-none', 'state.not_found', (v) => cell(v.word(), 'A1')],
        ['cell', 'contract.value', (v) => cell('Sales', `${v.word()} ${v.integer(2, 9)}`)],
        ['value-type', 'contract.type', (v) => write({ value: { [v.word()]: v.integer(2, 9) } })],
        [
          'sheet-name',
          'contract.value',
          (v) => ({
            tool: 'rename_sheet',
            file: 'sales.xlsx',
            sheet: 'Sales',
            name: `${v.word()}/${v.word()}`,
          }),
        ],
        ['letter-none', 'state.not_found', (v) => ({ tool: 'read_letter', file: `${v.word()}.docx` })],
        [
          'letter-style',
          'state.not_found',
          (v) => ({ tool: 'add_paragraph', file: 'letter.docx', text: 'a', style: v.word() }),
        ],
        ['pdf-none', 'state.not_found', (v) => page(`${v.word()}.pdf`, 0)],
        ['pdf-locked', 'auth.denied', (v) => page('locked.pdf', 0, { password: v.word() })],
        ['pdf-format', 'contract.value', (v) => page(v.pick(['notes.txt', 'logo.png']), 0)],
        [
          'image-format',
          'contract.value',
          (v) => ({ tool: 'convert_image', file: 'notes.txt', to: `${v.word()}.png` }),
        ],
        [
          'image-ending',
          'contract.value',
          (v) => ({ tool: 'convert_image', file: 'logo.png', to: `${v.word()}.${v.word()}` }),
        ],
        [
          'image-jpeg',
          'contract.value',
          (v) => ({ tool: 'convert_image', file: 'logo.png', to: `${v.word()}.jpg` }),
        ],
        [
          'image-denied',
          'auth.denied',
          (v) => ({ tool: 'convert_image', file: 'logo.png', to: `/etc/${v.word()}.png` }),
        ],
        [
          'image-box',
          'contract.value',
          (v) => ({ tool: 'crop_image', file: 'logo.png', box: [5, 0, v.integer(1, 4), 3] }),
        ],
        [
          'image-colour',
          'contract.value',
          (v) => ({ tool: 'draw_text', file: 'logo.png', colour: v.word() }),
        ],
        [
          'no-argument',
          'contract.missing_param',
          (v) => ({ tool: 'resize_image', file: 'logo.png', width: v.integer(2, 99) }),
        ],
        [
          'wrong-argument',
          'contract.misnamed_param',
          (v) => ({ tool: 'read_letter', [`${v.word()}_file`]: 'letter.docx' }),
        ],
      ]),
    }
  },
}
