import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** What reads and makes object files: GNU binutils. */
export const binutils: Source = {
  tool: 'binutils',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['objdump', 'readelf', 'nm', 'ar', 'strip', 'objcopy', 'ld', 'as', 'size'])
      program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['objdump-missing', 'state.not_found', (v) => `objdump -d ${v.word()}.o`],
        ['objdump-format', 'contract.value', (v) => `${scratch} f=${v.file()}; date > $f; objdump -d $f`],
        [
          'objdump-option',
          'exec.dependency',
          (v) => `objdump --${v.word()}s /bin/ls 2>&1 | head -1 >&2; exit 1`,
        ],
        ['readelf-missing', 'state.not_found', (v) => `readelf -h ${v.file()}`],
        ['readelf-format', 'contract.value', (v) => `${scratch} f=${v.file()}; seq 90 > $f; readelf -h $f`],
        ['nm-missing', 'state.not_found', (v) => `nm ${v.file()}`],
        ['nm-format', 'contract.value', (v) => `${scratch} f=${v.file()}; date > $f; nm $f`],
        ['ar-missing', 'state.not_found', (v) => `ar t lib${v.word()}.a`],
        ['ar-format', 'contract.value', (v) => `${scratch} f=lib${v.word()}.a; date > $f; ar t $f`],
        ['ar-add-missing', 'state.not_found', (v) => `${scratch} ar cr lib.a ${v.word()}.o`],
        ['strip-missing', 'state.not_found', (v) => `strip ${v.file()}`],
        ['objcopy-target', 'contract.value', (v) => `objcopy -O ${v.word()} /bin/ls /tmp/${v.word()}x`],
        ['ld-missing', 'state.not_found', (v) => `ld ${v.word()}.o`],
        ['ld-library', 'exec.dependency', (v) => `${scratch} echo 'nop' | as -o a.o; ld a.o -l${v.word()}s`],
        [
          'ld-undefined',
          'contract.value',
          (v) => `${scratch} echo 'call ${v.word()}_of' | as -o a.o; ld -e 0 a.o`,
        ],
        ['ld-emulation', 'contract.value', (v) => `${scratch} echo 'nop' | as -o a.o; ld -m ${v.word()} a.o`],
        ['as-instruction', 'contract.value', (v) => `${scratch} echo '${v.word()} %eax' | as -o a.o`],
        ['as-missing', 'state.not_found', (v) => `as ${v.word()}.s -o /dev/null`],
        ['as-register', 'contract.value', (v) => `${scratch} echo 'mov %${v.word()}, %eax' | as -o a.o`],
        ['size-missing', 'state.not_found', (v) => `size ${v.file()}`],
      ]),
    }
  },
}
