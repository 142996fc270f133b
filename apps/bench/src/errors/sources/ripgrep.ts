import { provocations, type Source } from '../provocation.ts'
import { program, shellTool } from '../shell.ts'

/** Searching and copying trees: ripgrep and rsync. */
export const ripgrep: Source = {
  tool: 'ripgrep',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['rg', 'rsync']) program(name)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => `rg ${v.word()} ${v.path()}`],
        ['expression-group', 'contract.value', (v) => `rg '(${v.word()}' /etc/passwd`],
        ['expression-class', 'contract.value', (v) => `rg '[${v.word()}' /etc/passwd`],
        ['option', 'exec.dependency', (v) => `rg --${v.word()}s root /etc/passwd`],
        ['type', 'contract.value', (v) => `rg -t ${v.word()} root /etc/passwd`],
        ['number', 'contract.value', (v) => `rg -m ${v.word()} root /etc/passwd`],
        ['no-pattern', 'contract.missing_param', (v) => `rg -m ${v.integer(1, 9)}`],
        ['glob', 'contract.value', (v) => `rg -g '[${v.word()}' root /etc/passwd`],
        ['denied', 'auth.denied', (v) => `${scratch} f=${v.file()}; touch $f; chmod 0 $f; rg a $f`],
        ['sync-missing', 'state.not_found', (v) => `${scratch} rsync -a ${v.path()} .`],
        ['sync-option', 'exec.dependency', (v) => `rsync --${v.word()}s a b`],
        [
          'sync-refused',
          'exec.unavailable',
          (v) => `${scratch} rsync rsync://127.0.0.1:${v.integer(2, 8)}/${v.word()} .`,
        ],
        ['sync-denied', 'auth.denied', (v) => `${scratch} touch a; rsync a /etc/${v.file()}`],
        ['sync-filter', 'contract.value', (v) => `${scratch} touch a; rsync --filter='${v.word()}x' a b`],
        ['sync-no-folder', 'state.not_found', (v) => `${scratch} touch a; rsync a ${v.path()}/${v.word()}/`],
      ]),
    }
  },
}
