import type { Family } from './family.ts'
import { slipsOf } from './slips.ts'

/** Commands that succeed, and the word of each on which the fingers slip. */
const OPTIONS = [
  ...[
    ['ls --reverse', '--reverse'],
    ['ls --recursive', '--recursive'],
    ['ls --size', '--size'],
  ],
  ...[
    ['sort --numeric-sort note', '--numeric-sort'],
    ['sort --reverse note', '--reverse'],
    ['sort --unique note', '--unique'],
  ],
  ...[
    ['head --lines=1 note', '--lines'],
    ['tail --lines=1 note', '--lines'],
    ['wc --lines note', '--lines'],
  ],
  ...[
    ['stat --format=%s note', '--format'],
    ['uname --kernel-name', '--kernel-name'],
    ['date --universal', '--universal'],
  ],
  ...[
    ['df --human-readable .', '--human-readable'],
    ['du --summarize .', '--summarize'],
    ['nl --number-format=ln note', '--number-format'],
  ],
  ...[
    ['paste --delimiters=, note note', '--delimiters'],
    ['diff --unified note note', '--unified'],
    ['cmp --silent note note', '--silent'],
  ],
  ...[
    ['grep --count n note', '--count'],
    ['grep --line-number n note', '--line-number'],
    ['grep --ignore-case N note', '--ignore-case'],
  ],
  ...[
    ['sed --quiet p note', '--quiet'],
    ['sed --expression=p note', '--expression'],
    ['mkdir --parents a/b', '--parents'],
  ],
  ...[
    ['cp --verbose note copied', '--verbose'],
    ['mv --verbose note moved', '--verbose'],
    ['touch --no-create note', '--no-create'],
  ],
  ...[
    ['curl --silent file:///etc/hostname', '--silent'],
    ['curl --location file:///etc/hostname', '--location'],
  ],
  ...[
    ['jq --null-input 1', '--null-input'],
    ['jq --raw-output --null-input 1', '--raw-output'],
    ['make --version', '--version'],
  ],
  ...[
    ['gcc -Wall -c ok.c', '-Wall'],
    ['gcc -std=c11 -c ok.c', '-std'],
    ['python3 --version', '--version'],
  ],
  ...[
    ['find . -name note', '-name'],
    ['find . -type f', '-type'],
    ['find . -maxdepth 1', '-maxdepth'],
    ['find . -iname NOTE', '-iname'],
  ],
  ...[
    ['git --no-pager log', '--no-pager'],
    ['git log --oneline', '--oneline'],
    ['git status --porcelain', '--porcelain'],
  ],
  ...[
    ['git branch --all', '--all'],
    ['git log --name-only', '--name-only'],
    ['git diff --stat', '--stat'],
    ['git tag --list', '--list'],
  ],
] as const

/** GNU programs take any beginning of an option that is the only one: that is no slip. */
const isBeginning = (slip: string, meant: string) => meant.startsWith(slip)

/** Slips of the fingers in the names of options, made by a rule rather than chosen. */
export const optionSlips: Family = {
  name: 'option-slips',
  heldOut: true,
  needs: ['git', 'jq', 'gcc', 'curl'],
  setup: `git init -q .; echo n > note; echo 'int main(void) { return 0; }' > ok.c; git config --global user.email a@example.org; git config --global user.name A; git add .; git commit -qm first`,
  fixes: OPTIONS.flatMap(([command, option]) => {
    const [, dashes = '', name = ''] = /^(-+)(.+)$/.exec(option) ?? []
    return slipsOf(name)
      .map((slip) => dashes + slip)
      .filter((slip) => !isBeginning(slip, option))
      .slice(0, 2)
      .map((slip): [string, string] => [command.replace(option, slip), command])
  }),
  broken: [],
  untouched: [],
}

const SUBCOMMANDS = [
  ...[
    'git status',
    'git log',
    'git diff',
    'git branch',
    'git show',
    'git tag',
    'git remote',
    'git ls-files',
    'git config --list',
  ],
  ...[
    'git stash list',
    'git reflog',
    'git shortlog HEAD',
    'git rev-parse HEAD',
    'git add note',
    'git rm --cached note',
    'git fetch',
  ],
  ...[
    'git blame note',
    'git grep n',
    'git describe --always',
    'git checkout -b new',
    'git switch -c new',
    'git commit --allow-empty -m x',
  ],
  ...[
    'npm list',
    'npm config list',
    'npm prefix',
    'npm root',
    'npm pkg get name',
    'npm run build',
    'npm version',
  ],
  ...[
    'pip3 list',
    'pip3 freeze',
    'pip3 config list',
    'pip3 show pip',
    'apt-cache policy bash',
    'apt-cache show bash',
    'apt list bash',
  ],
  ...[
    'docker context ls',
    'docker help',
    'go version',
    'go env GOOS',
    'go help build',
    'gem list',
    'gem environment',
  ],
] as const

/** Slips of the fingers in the commands of programs that have several, made by the same rule. */
export const subcommandSlips: Family = {
  name: 'subcommand-slips',
  heldOut: true,
  needs: ['git', 'npm', 'pip3', 'apt-cache', 'docker', 'go', 'gem'],
  setup: `git init -q .; echo n > note; echo '{"name":"x","version":"1.0.0","scripts":{"build":"echo built"}}' > package.json; git config --global user.email a@example.org; git config --global user.name A; git add .; git commit -qm first; git remote add origin .`,
  fixes: SUBCOMMANDS.flatMap((command) => {
    const [program = '', name = '', ...rest] = command.split(' ')
    // Slips that are abbreviations or aliases of their own.
    const known = new Set(['add', 'sow', 'rm', 'ag', 'tg', 'lst', 'st', 'urn'])
    return slipsOf(name)
      .filter((slip) => !known.has(slip) && !isBeginning(slip, name))
      .slice(0, 2)
      .map((slip): [string, string] => [[program, slip, ...rest].join(' '), command])
  }),
  broken: [],
  untouched: [],
}
