import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What images tell about themselves, by ExifTool. */
export const exiftool: Source = {
  tool: 'exiftool',
  languages: ['en'],
  async open({ dir, language }) {
    program('exiftool')
    await requireLocale(language, dir)
    await writeFile(join(dir, 'photo.png'), Buffer.from(PIXEL, 'base64'))
    await writeFile(join(dir, 'text.jpg'), 'no picture\n')
    await writeFile(join(dir, 'empty.jpg'), '')
    const fresh = (args: string) => `cp photo.png fresh.png; exiftool -overwrite_original ${args}`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['file', 'state.not_found', (v) => `exiftool ${v.path()}`],
        ['text', 'contract.value', (v) => `exiftool -Artist=${v.word()} text.jpg`],
        ['empty', 'contract.value', (v) => `exiftool -Artist=${v.word()} empty.jpg`],
        ['date', 'contract.value', (v) => fresh(`-EXIF:DateTimeOriginal=${v.word()} fresh.png`)],
        ['orientation', 'contract.value', (v) => fresh(`-Orientation=${v.word()} fresh.png`)],
        ['integer', 'contract.type', (v) => fresh(`-EXIF:ISO=${v.word()} fresh.png`)],
        ['float', 'contract.type', (v) => fresh(`-EXIF:FNumber=${v.word()} fresh.png`)],
        ['copy-from', 'state.not_found', (v) => fresh(`-tagsFromFile ${v.path()} fresh.png`)],
        ['shift', 'contract.value', (v) => fresh(`-DateTimeOriginal+=${v.word()} fresh.png`)],
        ['condition', 'result.empty', (v) => `exiftool -if '$ImageWidth > ${v.integer(2, 99)}' photo.png`],
        ['output-exists', 'state.conflict', (v) => `exiftool -o photo.png -Artist=${v.word()} photo.png`],
        ['no-option-value', 'contract.missing_param', () => 'exiftool photo.png -if'],
      ]),
    }
  },
}
