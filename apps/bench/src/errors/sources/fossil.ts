import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, setUp, shellTool } from '../shell.ts'

/** Fossil, with a repository and a check-out of it. */
export const fossil: Source = {
  tool: 'fossil',
  languages: ['en'],
  async open({ dir, language }) {
    program('fossil')
    await requireLocale(language, dir)
    await setUp(
      'fossil init --admin-user ada kept.fossil && mkdir copy && cd copy && fossil open --user ada ../kept.fossil && fossil user default ada && fossil branch new stable trunk && fossil branch new next trunk',
      dir,
    )
    const inside = (args: string) => `cd copy; fossil ${args}`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        [
          'not-open',
          'state.precondition',
          (v) => `cd "$(mktemp -d -p .)"; fossil ${v.pick(['status', 'changes', 'extras'])}`,
        ],
        ['repository', 'state.not_found', (v) => `fossil info -R ${v.path()}`],
        ['no-repository', 'contract.value', (v) => `echo ${v.phrase()} > a.fossil; fossil info -R a.fossil`],
        [
          'file-exists',
          'state.conflict',
          (v) => `f=${v.word()}.fossil; touch $f; fossil init --admin-user ada $f`,
        ],
        ['open-twice', 'state.conflict', (v) => `: ${v.word()}; ${inside('open ../kept.fossil')}`],
        [
          'branch-exists',
          'state.conflict',
          (v) => inside(`branch new ${v.pick(['trunk', 'stable', 'next'])} trunk`),
        ],
        ['user-exists', 'state.conflict', (v) => inside(`user new ada '${v.phrase()}' ${v.word()}`)],
        ['user', 'state.not_found', (v) => inside(`user password ${v.name()} x`)],
        ['version', 'state.not_found', (v) => inside(`update ${v.word()}-${v.integer(2, 99)}`)],
        ['file', 'state.not_found', (v) => inside(`cat ${v.file()}`)],
        ['stash', 'state.not_found', (v) => inside(`stash apply ${v.integer(2, 99)}`)],
        ['page', 'state.not_found', (v) => inside(`wiki export ${v.name()}`)],
        ['option', 'exec.dependency', (v) => inside(`status --${v.word()}s`)],
        ['command', 'exec.dependency', (v) => inside(`${v.word()}x`)],
        ['new-name', 'contract.missing_param', (v) => inside(`mv ${v.file()}`)],
        [
          'refused',
          'exec.unavailable',
          (v) =>
            `fossil clone --admin-user ada http://127.0.0.1:${v.integer(2, 9)}/${v.word()} b${v.index}.fossil`,
        ],
        ['port', 'contract.value', (v) => `fossil server --port ${v.word()} kept.fossil`],
      ]),
    }
  },
}
