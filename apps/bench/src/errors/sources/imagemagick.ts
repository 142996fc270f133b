import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Pictures by ImageMagick. */
export const imagemagick: Source = {
  tool: 'imagemagick',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['convert', 'identify']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => `identify ${v.path()}`],
        ['convert-missing', 'state.not_found', (v) => `convert ${v.path()} /tmp/a.png`],
        ['format', 'contract.value', (v) => `${scratch} echo ${v.word()} > a.png; identify a.png`],
        ['option', 'exec.dependency', (v) => `convert -${v.word()}s 1 null: null:`],
        ['geometry', 'contract.value', (v) => `convert -size 9x9 xc:red -resize ${v.word()} null:`],
        ['color', 'contract.value', (v) => `convert -size 9x9 xc:${v.word()}x null:`],
        ['colorspace', 'contract.value', (v) => `convert -size 9x9 xc:red -colorspace ${v.word()} null:`],
        ['filter', 'contract.value', (v) => `convert -size 9x9 xc:red -filter ${v.word()} -resize 50% null:`],
        ['gravity', 'contract.value', (v) => `convert -size 9x9 xc:red -gravity ${v.word()} null:`],
        ['no-folder', 'state.not_found', (v) => `convert -size 9x9 xc:red ${v.path()}/a.png`],
        [
          'decoder',
          'contract.value',
          (v) => `${scratch} echo ${v.word()} > a.${v.word()}x; convert a.* null:`,
        ],
        ['argument-missing', 'contract.missing_param', () => `convert -size 9x9 xc:red -rotate`],
        ['parenthesis', 'contract.value', () => `convert -size 9x9 \\( xc:red null:`],
      ]),
    }
  },
}
