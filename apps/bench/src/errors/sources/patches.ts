import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Patches, three-way merges and the line editor. */
export const patches: Source = {
  tool: 'patches',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['patch', 'diff3', 'ed']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['patch-missing', 'state.not_found', (v) => `patch -i ${v.path()}`],
        ['patch-garbage', 'contract.value', (v) => `echo '${v.phrase()}' | patch`],
        [
          'patch-malformed',
          'contract.value',
          (v) =>
            `printf -- '--- a\n+++ b\n@@ -1,2 +1,2 @@\n ${v.word()}\n' | (cd "$(mktemp -d)"; echo ${v.word()} > a; patch a)`,
        ],
        [
          'patch-hunk',
          'state.conflict',
          (v) => `${scratch} echo ${v.word()} > a; printf -- '--- a\n+++ a\n@@ -1 +1 @@\n-x\n+y\n' | patch a`,
        ],
        ['patch-strip', 'contract.type', (v) => `patch -p ${v.word()} < /dev/null`],
        ['patch-option', 'exec.dependency', (v) => `patch --${v.word()}s`],
        ['patch-directory', 'state.not_found', (v) => `patch -d ${v.path()} < /dev/null`],
        ['diff-missing', 'state.not_found', (v) => `diff ${v.path()} /etc/hostname`],
        ['diff-context', 'contract.value', (v) => `diff -U ${v.word()} /etc/hostname /etc/group`],
        ['diff-operand', 'contract.missing_param', (v) => `diff ${v.word()}`],
        ['diff3-operand', 'contract.missing_param', (v) => `diff3 ${v.word()} b`],
        ['diff3-missing', 'state.not_found', (v) => `diff3 ${v.path()} /etc/group /etc/hostname`],
        ['ed-missing', 'state.not_found', (v) => `echo q | ed -s ${v.path()}; false`],
        ['ed-match', 'state.not_found', (v) => `printf 'H\n/${v.word()}x/\n' | ed -s /etc/hostname; false`],
        [
          'ed-address',
          'contract.value',
          (v) => `printf 'H\n${v.integer(500, 900)}p\n' | ed -s /etc/hostname; false`,
        ],
        ['ed-denied', 'auth.denied', (v) => `printf 'H\nw /etc/${v.file()}\n' | ed -s /etc/hostname; false`],
      ]),
    }
  },
}
