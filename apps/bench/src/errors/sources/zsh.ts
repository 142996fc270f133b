import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** The Z shell as an agent calls it: its command is read as a call. */
export const zsh: Source = {
  tool: 'zsh',
  languages: ['en'],
  async open({ dir, language }) {
    program('zsh')
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['command', 'exec.dependency', (v) => `zsh -c '${v.word()}ctl ${v.word()}'`],
        ['file', 'state.not_found', (v) => `zsh -c 'cat < ${v.path()}'`],
        ['cd', 'state.not_found', (v) => `zsh -c 'cd ${v.path()}'`],
        ['cd-file', 'contract.value', (v) => `${scratch} f=${v.file()}; touch $f; zsh -c "cd $f"`],
        ['glob', 'state.not_found', (v) => `${scratch} zsh -c 'ls ${v.word()}*.${v.word()}x'`],
        ['parse', 'contract.value', (v) => `zsh -c 'if ${v.word()}; then'`],
        ['quote', 'contract.value', (v) => `zsh -c 'echo "${v.phrase()}'`],
        ['math', 'contract.value', (v) => `zsh -c 'echo $((${v.integer(2, 99)} / 0))'`],
        ['operand', 'contract.value', (v) => `zsh -c 'echo $((${v.integer(2, 99)} + ))'`],
        ['option', 'exec.dependency', (v) => `zsh -c 'setopt ${v.word()}x'`],
        ['read-only', 'state.conflict', (v) => `zsh -c 'readonly zz=1; zz=${v.integer(2, 9)}'`],
        ['substitution', 'contract.value', (v) => `zsh -c 'echo \${${v.word()} ${v.word()}}'`],
        ['unset', 'contract.value', (v) => `zsh -c 'set -u; echo $${v.name()}'`],
        ['denied', 'auth.denied', (v) => `zsh -c 'echo a > /etc/${v.file()}'`],
      ]),
    }
  },
}
