import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source } from '../provocation.ts'
import { nobody, program, requireLocale, setUp, shellTool } from '../shell.ts'

export const mercurial: Source = {
  tool: 'mercurial',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('hg')
    await requireLocale(language, dir)
    const repository = await ownedFolder(dir, 'repository', nobody)
    await setUp('hg init && echo 1 > kept && hg add kept && hg commit -u a -m one', repository, dir)
    const copy = `cd "$(mktemp -d)"; hg clone -q ${repository} .;`
    return {
      close: () => {},
      provocations: provocations(shellTool(repository, language), [
        ['no-repository', 'state.precondition', (v) => `cd "$(mktemp -d)"; hg log -l ${v.integer(1, 9)}`],
        ['revision', 'state.not_found', (v) => `hg log -r ${v.name()}`],
        ['command', 'exec.dependency', (v) => `hg ${v.word()}s`],
        ['option', 'exec.dependency', (v) => `hg status --${v.word()}s`],
        ['clone-missing', 'state.not_found', (v) => `cd "$(mktemp -d)"; hg clone ${v.path()}`],
        [
          'clone-exists',
          'state.conflict',
          (v) => `cd "$(mktemp -d)"; d=${v.name()}; mkdir -p $d/x; hg clone ${repository} $d`,
        ],
        ['init-exists', 'state.conflict', (v) => `cd "$(mktemp -d)"; d=${v.name()}; hg init $d; hg init $d`],
        ['add-missing', 'state.not_found', (v) => `hg add ${v.file()}`],
        ['cat-missing', 'state.not_found', (v) => `hg cat ${v.file()}`],
        ['bookmark-missing', 'state.not_found', (v) => `hg bookmark -d ${v.name()}`],
        ['dirty', 'state.precondition', (v) => `${copy} echo ${v.word()} > kept; hg backout -u a -r 0`],
        [
          'branch-exists',
          'state.conflict',
          (v) => `${copy} b=${v.name()}x; hg -q branch $b; hg commit -u a -m x; hg -q update 0; hg branch $b`,
        ],
        ['tag-missing', 'state.not_found', (v) => `${copy} hg tag --remove ${v.name()}x -u a`],
        ['tag-exists', 'state.conflict', (v) => `${copy} t=${v.name()}x; hg tag -u a $t; hg tag -u a $t`],
        ['date', 'contract.value', (v) => `hg log -d '${v.word()} ${v.integer(40, 90)}'`],
        ['revset-syntax', 'contract.value', (v) => `hg log -r 'branch(${v.word()}'`],
        ['revset-function', 'contract.value', (v) => `hg log -r '${v.word()}s(1)'`],
        ['no-paths', 'state.not_found', (v) => `hg push ${v.word()}-${v.word()}`],
        [
          'refused',
          'exec.unavailable',
          (v) => `hg clone http://127.0.0.1:${v.integer(2, 8)}/${v.word()} /tmp/${v.word()}x`,
        ],
        ['many-arguments', 'contract.missing_param', () => 'hg rename'],
        ['import-none', 'contract.value', (v) => `${copy} f=${v.file()}; date > $f; hg import $f`],
      ]),
    }
  },
}
