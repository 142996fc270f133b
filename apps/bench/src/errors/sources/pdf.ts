import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, run, shellTool, speaking } from '../shell.ts'

const PAGE = `%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99]>> endobj
trailer <</Size 4 /Root 1 0 R>>
`

/** PDF files: qpdf and what Poppler brings. */
export const pdf: Source = {
  tool: 'pdf',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['qpdf', 'pdftotext', 'pdfunite']) program(name)
    await requireLocale(language, dir)
    await writeFile(join(dir, 'page.pdf'), PAGE)
    const setUp = 'qpdf page.pdf one.pdf; qpdf --encrypt secret owner 256 -- one.pdf closed.pdf'
    await run('bash', ['-c', setUp], { cwd: dir, env: speaking('en') })
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => `qpdf --check ${v.path()}`],
        ['no-pdf', 'contract.value', (v) => `echo ${v.phrase()} > a.pdf; qpdf --show-npages a.pdf`],
        ['range', 'contract.value', (v) => `qpdf one.pdf --pages . ${v.integer(2, 99)} -- out.pdf`],
        ['range-syntax', 'contract.value', (v) => `qpdf one.pdf --pages . ${v.word()} -- out.pdf`],
        ['password', 'auth.denied', (v) => `qpdf --password=${v.word()} --decrypt closed.pdf out.pdf`],
        ['option', 'exec.dependency', (v) => `qpdf one.pdf out.pdf --${v.word()}s`],
        ['no-output', 'contract.missing_param', () => `qpdf one.pdf`],
        ['denied', 'auth.denied', (v) => `qpdf one.pdf /etc/${v.word()}.pdf`],
        ['folder', 'state.not_found', (v) => `qpdf one.pdf /srv/${v.word()}/${v.word()}.pdf`],
        ['key-length', 'contract.value', (v) => `qpdf --encrypt a b ${v.integer(41, 99)} -- one.pdf out.pdf`],
        ['rotate', 'contract.value', (v) => `qpdf --rotate=${v.word()} one.pdf out.pdf`],
        ['text-missing', 'state.not_found', (v) => `pdftotext ${v.path()} -`],
        ['text-no-pdf', 'contract.value', (v) => `echo ${v.phrase()} > b.pdf; pdftotext b.pdf -`],
        ['text-range', 'contract.value', (v) => `pdftotext -f ${v.integer(2, 99)} one.pdf -`],
        ['text-password', 'auth.denied', (v) => `pdftotext -upw ${v.word()} closed.pdf -`],
        ['unite-missing', 'state.not_found', (v) => `pdfunite one.pdf ${v.word()}-${v.word()}.pdf out.pdf`],
      ]),
    }
  },
}
