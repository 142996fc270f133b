import { bash, first, look, pickOf, type TerminalTemplate, writeFile } from '../template.ts'

// Repositories on a machine on which nobody has told git yet who commits; each brings a script that does.

const IDENTITY = '#!/bin/sh\ngit config user.name "Ada Agent"\ngit config user.email ada@example.test\n'
const start = (name: string, more = '') => `cd '${name}'
git init -q -b main
git add .
git -c user.name=Setup -c user.email=setup@example.test commit -qm 'Begin'
${more}`

const commitOnBranch: TerminalTemplate = {
  name: 'commit on a branch',
  split: 'train',
  make(variant) {
    const name = pickOf(['app', 'site', 'api'], variant)
    const branch = pickOf(['fix/title', 'feature/motd', 'docs/intro'], variant)
    return {
      request: `In the repository ${name}, set title.txt to "Hello ${variant}" and commit that on a new branch ${branch}; main stays.`,
      files: { [`${name}/title.txt`]: 'Draft\n', [`${name}/scripts/identity.sh`]: IDENTITY },
      executable: [`${name}/scripts/identity.sh`],
      prepare: start(name),
      solution: [
        first(bash('./scripts/identity.sh', name)),
        bash(`git checkout -q -b ${branch}`, name),
        writeFile(`${name}/title.txt`, `Hello ${variant}\n`),
        bash('git commit -qam "Set the title"', name),
        look(bash('git log --oneline', name)),
      ],
      async isDone({ bash: run }) {
        const { stdout } = await run(`git show ${branch}:title.txt && git show main:title.txt`, name)
        return stdout === `Hello ${variant}\nDraft\n`
      },
    }
  },
}

const mergeBranch: TerminalTemplate = {
  name: 'merge a branch',
  split: 'test',
  make(variant) {
    const name = pickOf(['core', 'cli', 'web'], variant)
    const branch = pickOf(['topic', 'next', 'wip'], variant)
    const setup = `git checkout -q -b ${branch}
echo more > more.txt
git add more.txt
git -c user.name=Setup -c user.email=setup@example.test commit -qm 'More'
git checkout -q main`
    return {
      request: `In the repository ${name}, merge ${branch} into main with a merge commit.`,
      files: { [`${name}/a.txt`]: 'a\n', [`${name}/scripts/identity.sh`]: IDENTITY },
      executable: [`${name}/scripts/identity.sh`],
      prepare: start(name, setup),
      solution: [
        first(bash('./scripts/identity.sh', name)),
        bash(`git merge -q --no-ff --no-edit ${branch}`, name),
        look(bash('git log --oneline', name)),
      ],
      async isDone({ bash: run }) {
        const { stdout } = await run('git rev-list --merges --count main && git show main:more.txt', name)
        return stdout === '1\nmore\n'
      },
    }
  },
}

const tagRelease: TerminalTemplate = {
  name: 'tag a release',
  split: 'train',
  make(variant) {
    const name = pickOf(['engine', 'tool', 'kit'], variant)
    const tag = pickOf(['v1.0.1', 'v2.3.0', 'v0.4.2'], variant)
    return {
      request: `In the repository ${name}, tag main as ${tag} with a message of its own (an annotated tag).`,
      files: { [`${name}/a.txt`]: 'a\n', [`${name}/scripts/identity.sh`]: IDENTITY },
      executable: [`${name}/scripts/identity.sh`],
      prepare: start(name),
      solution: [
        first(bash('./scripts/identity.sh', name)),
        bash(`git tag -a ${tag} -m 'Release ${tag}'`, name),
        look(bash('git tag', name)),
      ],
      isDone: async ({ bash: run }) => (await run(`git cat-file -t ${tag}`, name)).stdout === 'tag\n',
    }
  },
}

const ignoreBuilds: TerminalTemplate = {
  name: 'take builds out of a repository',
  split: 'test',
  make(variant) {
    const name = pickOf(['lib', 'gui', 'bot'], variant)
    const folder = pickOf(['out', 'target', 'public'], variant)
    return {
      request: `In the repository ${name}, ${folder}/ was committed by mistake: take it out of main (keep the files), ignore it, and commit.`,
      files: {
        [`${name}/a.txt`]: 'a\n',
        [`${name}/${folder}/made.bin`]: 'bits\n',
        [`${name}/scripts/identity.sh`]: IDENTITY,
      },
      executable: [`${name}/scripts/identity.sh`],
      prepare: start(name),
      solution: [
        first(bash('./scripts/identity.sh', name)),
        bash(`git rm -rq --cached ${folder}`, name),
        writeFile(`${name}/.gitignore`, `${folder}/\n`),
        bash('git add .gitignore && git commit -qm "Leave builds out"', name),
        look(bash('git status --short', name)),
      ],
      async isDone({ bash: run, read }) {
        const { stdout } = await run('git ls-tree -r --name-only main', name)
        return (
          stdout === '.gitignore\na.txt\nscripts/identity.sh\n' &&
          read(`${name}/${folder}/made.bin`) === 'bits\n'
        )
      },
    }
  },
}

export const repositoryTemplates: readonly TerminalTemplate[] = [
  commitOnBranch,
  mergeBranch,
  tagRelease,
  ignoreBuilds,
]
