import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, setUp, shellTool } from '../shell.ts'

/** Subversion, with a repository in a folder. */
export const subversion: Source = {
  tool: 'subversion',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    for (const name of ['svn', 'svnadmin']) program(name)
    await requireLocale(language, dir)
    await setUp(
      'svnadmin create repository && svn -q mkdir -m x file://$PWD/repository/trunk && svn -q checkout file://$PWD/repository/trunk copy && cd copy && echo 1 > kept && mkdir folder && svn -q add kept folder && svn -q commit -m x && svn -q update',
      dir,
    )
    const url = `file://${dir}/repository`
    const copy = `cd "$(mktemp -d)"; svn -q checkout ${url}/trunk .;`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['not-working-copy', 'state.precondition', (v) => `cd "$(mktemp -d)"; svn info ${v.word()}`],
        ['url-missing', 'state.not_found', (v) => `svn list ${url}/trunk/${v.name()}`],
        ['no-repository', 'state.not_found', (v) => `svn checkout -q file://${v.path()} /tmp/${v.word()}x`],
        ['add-missing', 'state.not_found', (v) => `${copy} svn add ${v.file()}`],
        ['cat-missing', 'state.not_found', (v) => `svn cat ${url}/trunk/${v.file()}`],
        ['cat-directory', 'contract.value', () => `svn cat ${url}/trunk/folder`],
        ['subcommand', 'exec.dependency', (v) => `svn ${v.word()}s`],
        ['option', 'exec.dependency', (v) => `svn status --${v.word()}s`],
        [
          'option-other',
          'exec.dependency',
          (v) => `svn info --${v.pick(['force', 'parents', 'ignore-externals'])}`,
        ],
        ['revision-syntax', 'contract.value', (v) => `svn log -r ${v.name()} ${url}`],
        ['revision-missing', 'state.not_found', (v) => `svn cat -r ${v.integer(100, 999)} ${url}/trunk/kept`],
        ['few-arguments', 'contract.missing_param', (v) => `svn ${v.pick(['mkdir', 'export', 'propget'])}`],
        ['mkdir-exists', 'state.conflict', (v) => `${copy} d=${v.name()}; svn -q mkdir $d; svn mkdir $d`],
        ['commit-missing', 'state.not_found', (v) => `${copy} svn commit -m "${v.phrase()}" ${v.file()}`],
        ['delete-changed', 'state.precondition', (v) => `${copy} echo ${v.word()} > kept; svn delete kept`],
        ['scheme', 'contract.value', (v) => `svn list ${v.word()}://${v.word()}/trunk`],
        ['refused', 'exec.unavailable', (v) => `svn list svn://127.0.0.1:${v.integer(2, 8)}/${v.word()}`],
        ['resolve', 'exec.unavailable', (v) => `svn list svn://${v.word()}-${v.word()}.invalid/trunk`],
        ['admin-missing', 'state.not_found', (v) => `svnadmin verify ${v.path()}`],
        [
          'admin-exists',
          'state.conflict',
          (v) => `cd "$(mktemp -d)"; d=${v.name()}; svnadmin create $d; svnadmin create $d`,
        ],
        [
          'lock-exists',
          'state.conflict',
          (v) =>
            `${copy} f=${v.file()}; echo > $f; svn -q add $f; svn -q commit -m x; svn -q lock $f --username a; svn lock ${url}/trunk/$f --username b --non-interactive 2>&1 | grep . >&2; exit 1`,
        ],
      ]),
    }
  },
}
