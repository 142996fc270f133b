import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** cpio and sharutils: old archives and encodings. */
export const cpio: Source = {
  tool: 'cpio',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['cpio', 'uudecode', 'uuencode']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['archive-missing', 'state.not_found', (v) => `cpio -i -F ${v.file()}`],
        ['add-missing', 'state.not_found', (v) => `${scratch} echo ${v.file()} | cpio -o > a.cpio`],
        ['format', 'contract.value', (v) => `${scratch} f=${v.word()}.cpio; seq 900 > $f; cpio -i -F $f`],
        ['premature-end', 'contract.value', (v) => `${scratch} echo ${v.word()} | cpio -i`],
        ['no-mode', 'contract.missing_param', (v) => `cpio -v -F ${v.word()}.cpio`],
        ['two-modes', 'contract.value', (v) => `cpio -i -o -F ${v.word()}.cpio`],
        ['archive-format', 'contract.value', (v) => `echo a | cpio -o -H ${v.word()}`],
        ['option', 'exec.dependency', (v) => `cpio --${v.word()}s`],
        ['block-size', 'contract.value', (v) => `cpio -i --block-size=${v.word()}`],
        ['pass-no-folder', 'contract.missing_param', (v) => `echo ${v.word()} | cpio -p`],
        ['decode-missing', 'state.not_found', (v) => `uudecode ${v.file()}`],
        ['decode-no-begin', 'contract.value', (v) => `${scratch} f=${v.file()}; date > $f; uudecode $f`],
        ['encode-missing', 'state.not_found', (v) => `uuencode ${v.file()} a`],
      ]),
    }
  },
}
