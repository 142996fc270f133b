import { PDFDocument, StandardFonts } from 'pdf-lib'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** PDF documents written and read by pdf-lib. */
export const pdfLib: Source = {
  tool: 'pdf-lib',
  languages: ['en'],
  async open() {
    const made = await PDFDocument.create()
    made.addPage()
    const form = made.getForm()
    form.createTextField('kept').setMaxLength(3)
    form.createDropdown('size')
    const functions = {
      load: (bytes: unknown) => PDFDocument.load(bytes as string),
      page: (index: unknown) => made.getPage(index as number),
      removePage: (index: unknown) => made.removePage(index as number),
      removeFrom: async (index: number) => (await PDFDocument.create()).removePage(index),
      field: (name: unknown) => form.getField(name as string),
      checkBox: (name: string) => form.getCheckBox(name),
      newField: (name: string) => form.createTextField(name),
      fill: (name: string, text: unknown) => form.getTextField(name).setText(text as string),
      png: (bytes: string) => made.embedPng(bytes),
      jpeg: (bytes: string) => made.embedJpg(bytes),
      font: async (text: string) => (await made.embedFont(StandardFonts.Courier)).encodeText(text),
    }
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['no-pdf', 'contract.value', (v) => ['load', base64(v.phrase())]],
        ['source-type', 'contract.type', (v) => ['load', v.integer(2, 99)]],
        ['number', 'contract.type', (v) => ['page', v.word()]],
        ['index', 'contract.value', (v) => ['removePage', v.integer(5, 99)]],
        ['no-field', 'state.not_found', (v) => ['field', v.name()]],
        ['field-exists', 'state.conflict', (v) => ['newField', v.pick(['kept', 'size'])]],
        ['field-type', 'contract.type', (v) => ['checkBox', v.pick(['kept', 'size'])]],
        ['too-long', 'contract.value', (v) => ['fill', 'kept', v.phrase()]],
        ['character', 'contract.value', (v) => ['font', v.pick(['报告', '价格', '客户'])]],
        ['png', 'contract.value', (v) => ['png', base64(v.phrase())]],
        ['jpeg', 'contract.value', (v) => ['jpeg', base64(v.phrase())]],
        ['no-page', 'state.precondition', (v) => ['removeFrom', v.integer(0, 1)]],
      ]),
    }
  },
}
