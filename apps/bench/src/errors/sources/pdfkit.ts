import Document from 'pdfkit'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Documents written by PDFKit. */
export const pdfkit: Source = {
  tool: 'pdfkit',
  languages: ['en'],
  async open() {
    const page = () => new Document({ bufferPages: true })
    const text = (value: unknown) => value as string
    const number = (value: unknown) => value as number
    const functions = {
      font: (name: string) => page().font(name),
      image: (path: string) => page().image(path),
      imageBytes: (base64: string) => page().image(Buffer.from(base64, 'base64')),
      annotation: (name: string, type: string) => {
        const form = page()
        form.font('Courier').initForm()
        form.formAnnotation(name, type as 'text', 1, 1, 9, 9)
      },
      formWithoutFont: () => new Document({ font: '' } as object).initForm(),
      rowAfterEnd: (cell: string) => {
        // The types do not know yet that a row may be the last.
        const table = page().table() as unknown as { row(cells: string[], last?: boolean): void }
        table.row([cell], true)
        table.row([cell])
      },
      stops: (colour: number[]) =>
        page()
          .linearGradient(0, 0, 9, 9)
          .stop(0, 'red')
          .stop(1, [...colour, 0] as never),
      childAfterEnd: (type: string) => {
        const made = page()
        const part = made.struct('P')
        made.addStructure(part)
        part.end()
        part.add(made.struct(type))
      },
      write: (words: unknown, x: unknown, y: unknown) => page().text(text(words), number(x), number(y)),
      dash: (length: unknown) => page().dash(number(length), {}),
      switchToPage: (index: number) => page().switchToPage(index),
      attach: (path: string) => page().file(path, {}),
      field: (name: string) => page().formText(name, 1, 1, 9, 9),
    }
    const base64 = (words: string) => Buffer.from(words).toString('base64')
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['font-format', 'contract.value', () => ['font', '/etc/hostname']],
        ['image-file', 'state.not_found', (v) => ['image', v.path()]],
        ['image-bytes', 'contract.value', (v) => ['imageBytes', base64(v.phrase())]],
        ['text-position', 'contract.value', (v) => ['write', v.phrase(), v.word(), 4]],
        ['dash', 'contract.value', (v) => ['dash', -v.integer(2, 99)]],
        ['no-page', 'contract.value', (v) => ['switchToPage', v.integer(2, 99)]],
        ['form', 'state.precondition', (v) => ['field', v.name()]],
        ['no-attachment', 'contract.missing_param', () => ['attach', '']],
        ['form-type', 'contract.value', (v) => ['annotation', v.name(), v.word()]],
        ['table-ended', 'state.precondition', (v) => ['rowAfterEnd', v.word()]],
        ['form-font', 'state.precondition', () => ['formWithoutFont']],
        ['stops', 'contract.value', (v) => ['stops', [v.integer(1, 9), 0, 0]]],
        ['child-ended', 'state.precondition', (v) => ['childAfterEnd', v.word()]],
      ]),
    }
  },
}
