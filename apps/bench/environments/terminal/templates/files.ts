import { bash, first, look, pickOf, type TerminalTemplate } from '../template.ts'

const spacedNames: TerminalTemplate = {
  name: 'move files with spaces in their names',
  split: 'train',
  make(variant) {
    const name = pickOf(['Quarterly report.txt', 'Minutes of May.md', 'Price list 2026.csv'], variant)
    const folder = pickOf(['Old papers', 'Year 2025', 'Sent out'], variant)
    const content = `${name} ${variant}\n`
    return {
      request: `Move "${name}" into the folder "${folder}" (make it), with its name as it is.`,
      files: { [name]: content, 'other.txt': 'stays\n' },
      solution: [
        first(bash(`mkdir -p '${folder}'`)),
        bash(`mv '${name}' '${folder}/'`),
        look(bash(`ls '${folder}'`)),
      ],
      isDone: ({ read }) =>
        read(`${folder}/${name}`) === content && read(name) === undefined && read('other.txt') === 'stays\n',
    }
  },
}

const joinNotes: TerminalTemplate = {
  name: 'join notes with spaces in their names',
  split: 'test',
  make(variant) {
    const folder = pickOf(['my notes', 'field notes', 'to do'], variant)
    const [a, b] = pickOf(
      [
        ['day one.txt', 'day two.txt'],
        ['a b.txt', 'c d.txt'],
        ['part 1.txt', 'part 2.txt'],
      ],
      variant,
    ) as [string, string]
    return {
      request: `Join "${a}" and "${b}" of the folder "${folder}", in this order, into all.txt.`,
      files: { [`${folder}/${a}`]: `first ${variant}\n`, [`${folder}/${b}`]: `second ${variant}\n` },
      solution: [bash(`cat '${folder}/${a}' '${folder}/${b}' > all.txt`), look(bash('cat all.txt'))],
      isDone: ({ read }) => read('all.txt') === `first ${variant}\nsecond ${variant}\n`,
    }
  },
}

const executableScript: TerminalTemplate = {
  name: 'script without its executable bit',
  split: 'train',
  make(variant) {
    const name = pickOf(['build', 'pack', 'render'], variant)
    return {
      request: `Run tools/${name}.sh as a program from the work folder (others will too); it makes dist/${name}.txt.`,
      files: {
        [`tools/${name}.sh`]: `#!/bin/sh\nmkdir -p dist\necho ${name} ${variant} > dist/${name}.txt\n`,
      },
      solution: [
        first(bash(`chmod +x tools/${name}.sh`)),
        bash(`./tools/${name}.sh`),
        look(bash(`cat dist/${name}.txt`)),
      ],
      isDone: ({ read, isExecutable }) =>
        read(`dist/${name}.txt`) === `${name} ${variant}\n` && isExecutable(`tools/${name}.sh`),
    }
  },
}

const stagedDeploy: TerminalTemplate = {
  name: 'deploy that calls a script without its executable bit',
  split: 'test',
  make(variant) {
    const name = pickOf(['site', 'docs', 'shop'], variant)
    return {
      request: `Deploy ${name}/ with its deploy.sh; deployed/index.txt must be there afterwards.`,
      files: {
        [`${name}/deploy.sh`]: '#!/bin/sh\nset -e\n./bin/stage.sh deployed\n',
        [`${name}/bin/stage.sh`]: `#!/bin/sh\nmkdir -p "$1"\necho ${name} > "$1/index.txt"\n`,
      },
      executable: [`${name}/deploy.sh`],
      solution: [
        first(bash('chmod +x bin/stage.sh', name)),
        bash('./deploy.sh', name),
        look(bash('ls deployed', name)),
      ],
      isDone: ({ read }) => read(`${name}/deployed/index.txt`) === `${name}\n`,
    }
  },
}

const confirmed: TerminalTemplate = {
  name: 'script that asks',
  split: 'train',
  make(variant) {
    const version = pickOf(['1.2.3', '4.0.0', '2.11.5'], variant)
    const script = `#!/bin/bash
if [ "$2" != "--yes" ]; then
  read -r -p "Release $1? [yes/no] " answer || { echo "release.sh: no answer (there is no terminal); --yes answers" >&2; exit 1; }
  [ "$answer" = yes ] || exit 3
fi
echo "$1" > RELEASED
`
    return {
      request: `Release version ${version} with ./release.sh.`,
      files: { 'release.sh': script },
      executable: ['release.sh'],
      solution: [bash(`./release.sh ${version} --yes`), look(bash('cat RELEASED'))],
      isDone: ({ read }) => read('RELEASED') === `${version}\n`,
    }
  },
}

const wizard: TerminalTemplate = {
  name: 'wizard that asks',
  split: 'test',
  make(variant) {
    const name = pickOf(['harbour', 'meadow', 'summit'], variant)
    const script = `import sys\n\nname = sys.argv[sys.argv.index("--name") + 1] if "--name" in sys.argv else input("Name: ")\nopen("project.cfg", "w").write("name=" + name + "\\n")\n`
    return {
      request: `Set the project up with wizard.py; its name is ${name}.`,
      files: { 'wizard.py': script },
      solution: [bash(`python3 wizard.py --name ${name}`), look(bash('cat project.cfg'))],
      isDone: ({ read }) => read('project.cfg') === `name=${name}\n`,
    }
  },
}

export const fileTemplates: readonly TerminalTemplate[] = [
  spacedNames,
  joinNotes,
  executableScript,
  stagedDeploy,
  confirmed,
  wizard,
]
