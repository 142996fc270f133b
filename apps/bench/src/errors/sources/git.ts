import { localServer } from '../local-server.ts'
import { ownedFolder } from '../owned-folder.ts'
import { provocations, type Source } from '../provocation.ts'
import { nobody, program, requireLocale, run, shellTool } from '../shell.ts'

export const git: Source = {
  tool: 'git',
  languages: ['en', 'fr', 'de', 'zh'],
  async open({ dir, language }) {
    program('git')
    await requireLocale(language, dir)
    const repository = await ownedFolder(dir, 'repository', nobody)
    const setUp =
      'git init -q -b main . && git config user.email a@b.test && git config user.name A && ' +
      'echo 1 > kept && git add kept && git commit -qm one && git branch other && git tag v1 && git remote add origin /x'
    const { exitCode, stderr } = await run('bash', ['-c', setUp], {
      cwd: repository,
      env: { ...process.env, HOME: dir },
    })
    if (exitCode !== 0) throw new Error(`git: ${stderr} ${JSON.stringify(nobody)}`)
    const server = await localServer((_, response) => response.writeHead(404).end('no'))
    const copy = `d=$(mktemp -d); git clone -q ${repository} $d; cd $d; git config user.email a@b.test; git config user.name A;`
    return {
      close: server.close,
      provocations: provocations(shellTool(repository, language), [
        ['no-repository', 'state.precondition', (v) => `cd "$(mktemp -d)"; git log -n ${v.integer(1, 9)}`],
        ['pathspec', 'state.not_found', (v) => `git checkout ${v.pick([v.name(), v.file()])}`],
        ['add-pathspec', 'state.not_found', (v) => `git add ${v.file()}`],
        ['revision', 'state.not_found', (v) => `git log ${v.name()}`],
        ['branch-exists', 'state.conflict', (v) => `${copy} b=${v.name()}; git branch $b; git branch $b`],
        ['branch-missing', 'state.not_found', (v) => `git branch -d ${v.name()}`],
        ['branch-name', 'contract.value', (v) => `git branch ${v.word()}..${v.word()}`],
        ['tag-exists', 'state.conflict', (v) => `${copy} t=${v.name()}; git tag $t; git tag $t`],
        ['subcommand', 'exec.dependency', (v) => `git ${v.word()}s`],
        ['option', 'exec.dependency', (v) => `git status --${v.word()}s 2>&1 | head -1 >&2; exit 129`],
        [
          'remote-exists',
          'state.conflict',
          (v) => `${copy} r=${v.word()}; git remote add $r x; git remote add $r x`,
        ],
        ['remote-missing', 'state.not_found', (v) => `git remote get-url ${v.word()}`],
        ['fetch-no-repository', 'state.not_found', (v) => `git fetch ${v.word()}`],
        [
          'clone-refused',
          'exec.unavailable',
          (v) => `git clone http://127.0.0.1:${v.integer(2, 8)}/${v.word()}.git`,
        ],
        [
          'clone-not-found',
          'state.not_found',
          (v) => `cd "$(mktemp -d)"; git clone -q ${server.url}/${v.name()}.git`,
        ],
        [
          'clone-exists',
          'state.conflict',
          (v) => `cd "$(mktemp -d)"; d=${v.name()}; mkdir -p $d/x; git clone ${repository} $d`,
        ],
        ['nothing-to-commit', 'state.conflict', (v) => `${copy} git commit -m "${v.phrase()}"`],
        [
          'merge-conflict',
          'state.conflict',
          (v) =>
            `${copy} f=${v.file()}; git checkout -qb b; echo 1 > $f; git add $f; git commit -qm x; git checkout -q main; echo 2 > $f; git add $f; git commit -qm y; git merge b`,
        ],
        [
          'would-overwrite',
          'state.precondition',
          (v) =>
            `${copy} git checkout -qb b; echo ${v.integer(2, 99)} > kept; git commit -qam x; git checkout -q main; echo ${v.word()} > kept; git checkout b`,
        ],
        ['no-stash', 'state.not_found', (v) => `${copy} git stash pop ${v.pick(['', '--index', '-q'])}`],
        ['config-key', 'contract.value', (v) => `git config ${v.word()} ${v.word()}`],
        ['show-path', 'state.not_found', (v) => `git show HEAD:${v.file()}`],
        ['push-refspec', 'state.not_found', (v) => `${copy} git push origin ${v.word()}`],
      ]),
    }
  },
}
