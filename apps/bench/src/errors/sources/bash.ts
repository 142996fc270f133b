import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Builtins and the shell's own words. */
export const bash: Source = {
  tool: 'bash',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('bash')
    await requireLocale(language, dir)
    await mkdir(join(dir, 'folder'))
    await writeFile(join(dir, 'plain'), 'text\n')
    await writeFile(join(dir, 'locked'), 'echo\n')
    await chmod(join(dir, 'locked'), 0)
    const make = 'f=$(mktemp -d)/'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['command-not-found', 'exec.dependency', (v) => `${v.name()}ctl --list ${v.word()}`],
        ['cd-missing', 'state.not_found', (v) => `cd ${v.path()} && ls`],
        ['cd-not-directory', 'contract.value', (v) => `${make}${v.file()}; touch $f; cd $f`],
        ['missing', 'state.not_found', (v) => `wc -l < ${v.file()}`],
        ['denied', 'auth.denied', (v) => `echo ${v.word()} > /${v.file()}`],
        ['output-directory', 'contract.value', (v) => `${make}${v.word()}; mkdir $f; date > $f`],
        ['output-exists', 'state.conflict', (v) => `${make}${v.file()}; touch $f; set -C; echo > $f`],
        ['syntax-token', 'contract.value', (v) => `for ${v.name()} in 1 ${v.integer(2, 9)}; do; done`],
        ['unclosed-quote', 'contract.value', (v) => `echo "${v.phrase()}`],
        ['unbound-variable', 'contract.value', (v) => `set -u; echo $${v.name()}`],
        ['division-by-zero', 'contract.value', (v) => `echo $((${v.integer(1, 900)} / 0))`],
        ['invalid-identifier', 'contract.value', (v) => `export ${v.integer(2, 9)}${v.word()}=1`],
        ['denied', 'auth.denied', (v) => `${make}${v.file()}; touch $f; $f`],
        ['no-process', 'state.not_found', (v) => `kill ${v.integer(4_500_000, 9_900_000)}`],
        ['invalid-option', 'exec.dependency', (v) => `cd -${v.pick([...'abcdfghijkmn'])}`],
        ['bad-substitution', 'contract.value', (v) => `echo \${${v.name()}!}`],
        ['timed-out', 'exec.timeout', (v) => `timeout 0.05 sleep ${v.integer(5, 90)}`],
        ['missing', 'state.not_found', (v) => `source ${v.path()}`],
        [
          'readonly-variable',
          'state.conflict',
          (v) => `x=${v.name()}; readonly $x=1; eval $x=${v.integer(2, 9)}`,
        ],
      ]),
    }
  },
}
