import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** grep, sed, awk, find, tar, diff, jq and others that read texts and trees. */
export const textutils: Source = {
  tool: 'textutils',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['grep', 'sed', 'awk', 'find', 'tar', 'diff', 'gzip']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['grep-missing', 'state.not_found', (v) => `grep ${v.word()} ${v.file()}`],
        ['grep-directory', 'contract.value', (v) => `${scratch} mkdir ${v.word()}; grep x * || exit 2`],
        ['grep-bracket', 'contract.value', (v) => `grep '[${v.word()}' /etc/passwd`],
        ['grep-parenthesis', 'contract.value', (v) => `grep -E '(${v.word()}' /etc/passwd`],
        ['grep-context', 'contract.value', (v) => `grep -A ${v.word()} root /etc/passwd`],
        ['grep-option', 'exec.dependency', (v) => `grep --${v.word()}s root /etc/passwd`],
        ['sed-command', 'contract.value', (v) => `echo a | sed '${v.pick([...'jkmou'])}${v.word()}'`],
        ['sed-unterminated', 'contract.value', (v) => `echo a | sed 's/${v.word()}/${v.word()}'`],
        ['sed-flag', 'contract.value', (v) => `echo a | sed 's/${v.word()}/x/Q'`],
        ['sed-missing', 'state.not_found', (v) => `sed -n 1p ${v.file()}`],
        ['awk-missing', 'state.not_found', (v) => `awk '{print $1}' ${v.path()}`],
        ['awk-syntax', 'contract.value', (v) => `echo a | awk '{print ${v.word()}( }'`],
        ['find-missing', 'state.not_found', (v) => `find ${v.path()} -type f`],
        ['find-predicate', 'exec.dependency', (v) => `find /tmp -${v.word()}s`],
        [
          'find-argument',
          'contract.missing_param',
          (v) => `find /tmp/${v.word()} ${v.pick(['-name', '-mtime', '-type'])}`,
        ],
        ['find-type', 'contract.value', (v) => `find /tmp -type ${v.pick([...'aeghijkmn'])}`],
        ['tar-no-archive', 'state.not_found', (v) => `tar xf ${v.word()}.tar`],
        ['tar-format', 'contract.value', (v) => `${scratch} f=${v.word()}.tar; date > $f; tar xf $f`],
        [
          'tar-member',
          'state.not_found',
          (v) => `${scratch} touch a; tar cf b.tar a; tar xf b.tar ${v.file()}`,
        ],
        ['diff-missing', 'state.not_found', (v) => `diff /etc/passwd ${v.file()}`],
        ['sort-missing', 'state.not_found', (v) => `sort ${v.file()}`],
        ['gzip-format', 'contract.value', (v) => `${scratch} f=${v.word()}.gz; date > $f; gzip -d $f`],
        ['xargs-command', 'exec.dependency', (v) => `echo ${v.word()} | xargs ${v.name()}x`],
        ['make-target', 'state.not_found', (v) => `${scratch} echo 'a:' > Makefile; make ${v.word()}`],
        ['make-none', 'state.not_found', (v) => `${scratch} make -C . -n V=${v.integer(1, 99)}`],
      ]),
    }
  },
}
