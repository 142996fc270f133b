import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, run, shellTool, speaking } from '../shell.ts'

/** A list of things to do by Taskwarrior. */
export const taskwarrior: Source = {
  tool: 'taskwarrior',
  languages: ['en'],
  async open({ dir, language }) {
    program('task')
    await requireLocale(language, dir)
    await writeFile(join(dir, '.taskrc'), 'confirmation=off\n')
    const env = { ...speaking('en'), HOME: dir }
    await run('bash', ['-c', 'task add first'], { cwd: dir, env })
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['no-matches', 'result.empty', (v) => `task list project:${v.name()}x`],
        ['date', 'contract.value', (v) => `task add ${v.word()} due:${v.word()}`],
        ['date', 'contract.value', (v) => `task add ${v.word()} due:2024-${v.integer(13, 99)}-01`],
        ['priority', 'contract.value', (v) => `task add ${v.word()} priority:${v.word()}`],
        ['duration', 'contract.value', (v) => `task add ${v.word()} due:tomorrow recur:${v.word()}`],
        [
          'recurring-due',
          'contract.missing_param',
          (v) => `task add ${v.phrase()} recur:${v.pick(['weekly', 'daily', 'monthly'])}`,
        ],
        ['no-text', 'contract.missing_param', () => `task add`],
        ['depends', 'state.not_found', (v) => `task add ${v.word()} depends:${v.integer(50, 999)}`],
        ['import-file', 'state.not_found', (v) => `task import ${v.path()}`],
        ['import-json', 'parse.malformed_json', (v) => `echo '{"${v.word()}":' > a.json; task import a.json`],
        [
          'import-description',
          'contract.missing_param',
          (v) => `echo '{"project":"${v.word()}"}' > b.json; task import b.json`,
        ],
        ['setting', 'state.not_found', (v) => `task config ${v.name()}`],
        ['context', 'state.not_found', (v) => `task context ${v.name()}`],
        ['parentheses', 'contract.value', (v) => `task '( project:${v.word()}' list`],
        ['denied', 'auth.denied', (v) => `task rc.data.location=/root/${v.word()} list`],
      ]),
    }
  },
}
