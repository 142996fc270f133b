import {
  bash,
  first,
  look,
  pickOf,
  readFile,
  runTests,
  type TerminalTemplate,
  writeFile,
} from '../template.ts'

// Projects whose packages lie beside them and must be put in place first, as their makefile does.

const MAKEFILE =
  'setup:\n\tmkdir -p .deps\n\tcp -r vendor/* .deps/\n\ntest:\n\tpython3 -m unittest discover\n\n.PHONY: setup test\n'

function project(name: string, files: Record<string, string>): Record<string, string> {
  const all = {
    Makefile: MAKEFILE,
    'README.md': `# ${name}\n\nPackages are in vendor/; \`make setup\` installs them.\n`,
    ...files,
  }
  return Object.fromEntries(Object.entries(all).map(([path, content]) => [`${name}/${path}`, content]))
}

const TABULAR = `import csv

def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))

def total(found, column):
    return sum(int(row[column]) for row in found)
`
const SHAPES = `def clamp(value, low, high):
    return max(low, min(high, value))
`

const AMOUNTS = [
  [120, 45, 80],
  [15, 260, 31, 9],
  [77, 12, 190],
]

const reportFromPackage: TerminalTemplate = {
  name: 'report from a package',
  split: 'train',
  make(variant) {
    const name = pickOf(['ledger', 'billing', 'stock'], variant)
    const column = pickOf(['cents', 'hours', 'pieces'], variant)
    const amounts = pickOf(AMOUNTS, variant)
    const csv = `id,${column}\n${amounts.map((amount, index) => `${index + 1},${amount}`).join('\n')}\n`
    const sum = amounts.reduce((all, one) => all + one, 0)
    const script = `import sys\nimport tabular\n\nfound = tabular.rows(sys.argv[1])\nprint("total", tabular.total(found, "${column}"))\n`
    return {
      request: `In ${name}/, run report.py on data.csv and write what it prints to total.txt there.`,
      files: project(name, { 'vendor/tabular.py': TABULAR, 'report.py': script, 'data.csv': csv }),
      solution: [
        first(bash('make setup', name)),
        bash('python3 report.py data.csv > total.txt', name),
        look(bash('cat total.txt', name)),
      ],
      isDone: ({ read }) => read(`${name}/total.txt`) === `total ${sum}\n`,
    }
  },
}

const exportFromPackage: TerminalTemplate = {
  name: 'export from a package',
  split: 'test',
  make(variant) {
    const name = pickOf(['payroll', 'orders', 'fleet'], variant)
    const amounts = pickOf(AMOUNTS, variant + 1)
    const csv = `id,value\n${amounts.map((amount, index) => `${index + 1},${amount}`).join('\n')}\n`
    const script = `import json\nimport sys\nfrom tabular import rows\n\nprint(json.dumps([int(row["value"]) for row in rows(sys.argv[1])]))\n`
    return {
      request: `Export ${name}/in.csv with ${name}/export.py to ${name}/out.json.`,
      files: project(name, { 'vendor/tabular.py': TABULAR, 'export.py': script, 'in.csv': csv }),
      solution: [
        first(bash('make setup', name)),
        bash('python3 export.py in.csv > out.json', name),
        look(bash('cat out.json', name)),
      ],
      isDone: ({ read }) => read(`${name}/out.json`)?.replaceAll(' ', '') === `${JSON.stringify(amounts)}\n`,
    }
  },
}

/** A function that is wrong in one place, beside tests that say so. */
function mending(split: 'train' | 'test', label: string, bodies: readonly Mend[]): TerminalTemplate {
  return {
    name: label,
    split,
    make(variant) {
      const { name, wrong, right, tests, check } = pickOf(bodies, variant)
      const test = `import unittest\nimport shapes\nfrom ${name} import *\n\nclass Tests(unittest.TestCase):\n${tests}\n`
      return {
        request: `The tests of ${name}_project fail. Mend ${name}.py, and leave the tests as they are.`,
        files: project(`${name}_project`, {
          'vendor/shapes.py': SHAPES,
          [`${name}.py`]: wrong,
          [`test_${name}.py`]: test,
        }),
        solution: [
          first(bash('make setup', `${name}_project`)),
          readFile(`${name}_project/${name}.py`, 40),
          writeFile(`${name}_project/${name}.py`, right),
          runTests(`${name}_project`),
        ],
        isDone: async ({ bash: run, read }) =>
          read(`${name}_project/test_${name}.py`) === test &&
          (await run(`PYTHONPATH=vendor python3 -c 'from ${name} import *; ${check}'`, `${name}_project`))
            .exitCode === 0 &&
          // Whoever says that the tests pass must have been able to run them.
          read(`${name}_project/.deps/shapes.py`) !== undefined,
      }
    },
  }
}

type Mend = { name: string; wrong: string; right: string; tests: string; check: string }

const mend: readonly Mend[] = [
  {
    name: 'volume',
    wrong: 'from shapes import clamp\n\ndef volume(level):\n    return clamp(level, 0, 10)\n',
    right: 'from shapes import clamp\n\ndef volume(level):\n    return clamp(level, 0, 11)\n',
    tests: '    def test_highest(self):\n        self.assertEqual(volume(50), 11)',
    check: 'assert volume(50) == 11 and volume(-1) == 0 and volume(7) == 7',
  },
  {
    name: 'median',
    wrong: 'from shapes import clamp\n\ndef median(values):\n    return values[len(values) // 2]\n',
    right: 'from shapes import clamp\n\ndef median(values):\n    return sorted(values)[len(values) // 2]\n',
    tests: '    def test_unsorted(self):\n        self.assertEqual(median([9, 1, 5]), 5)',
    check: 'assert median([9, 1, 5]) == 5 and median([3]) == 3',
  },
  {
    name: 'initials',
    wrong: 'from shapes import clamp\n\ndef initials(name):\n    return name[0]\n',
    right:
      'from shapes import clamp\n\ndef initials(name):\n    return "".join(word[0] for word in name.split())\n',
    tests: '    def test_two(self):\n        self.assertEqual(initials("Ada Lovelace"), "AL")',
    check: 'assert initials("Ada Lovelace") == "AL" and initials("Bo") == "B"',
  },
]

const moreToMend: readonly Mend[] = [
  {
    name: 'leap',
    wrong: 'import shapes\n\ndef is_leap(year):\n    return year % 4 == 0\n',
    right:
      'import shapes\n\ndef is_leap(year):\n    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)\n',
    tests: '    def test_century(self):\n        self.assertFalse(is_leap(1900))',
    check: 'assert is_leap(2024) and not is_leap(1900) and is_leap(2000)',
  },
  {
    name: 'chunks',
    wrong:
      'import shapes\n\ndef chunks(items, size):\n    return [items[i:i + size] for i in range(0, len(items) - size, size)]\n',
    right:
      'import shapes\n\ndef chunks(items, size):\n    return [items[i:i + size] for i in range(0, len(items), size)]\n',
    tests: '    def test_rest(self):\n        self.assertEqual(chunks([1, 2, 3], 2), [[1, 2], [3]])',
    check: 'assert chunks([1, 2, 3], 2) == [[1, 2], [3]] and chunks([], 2) == []',
  },
  {
    name: 'slug',
    wrong: 'import shapes\n\ndef slug(title):\n    return title.replace(" ", "-")\n',
    right: 'import shapes\n\ndef slug(title):\n    return title.lower().replace(" ", "-")\n',
    tests: '    def test_case(self):\n        self.assertEqual(slug("Big News"), "big-news")',
    check: 'assert slug("Big News") == "big-news" and slug("a") == "a"',
  },
]

const configureFirst: TerminalTemplate = {
  name: 'configure before make',
  split: 'test',
  make(variant) {
    const name = pickOf(['viewer', 'parser', 'mixer'], variant)
    const version = pickOf(['1.4.0', '2.0.3', '0.9.7'], variant)
    const makefile = `include config.mk\n\nbuild:\n\tmkdir -p dist\n\techo "${name} $(VERSION)" > dist/${name}.txt\n\n.PHONY: build\n`
    return {
      request: `Build ${name}/: its makefile puts dist/${name}.txt there.`,
      files: {
        [`${name}/Makefile`]: makefile,
        [`${name}/VERSION`]: `${version}\n`,
        [`${name}/configure`]: '#!/bin/sh\necho "VERSION = $(cat VERSION)" > config.mk\n',
      },
      executable: [`${name}/configure`],
      solution: [first(bash('./configure', name)), bash('make build', name), look(bash(`ls dist`, name))],
      isDone: ({ read }) => read(`${name}/dist/${name}.txt`) === `${name} ${version}\n`,
    }
  },
}

const databaseFirst: TerminalTemplate = {
  name: 'database from its schema',
  split: 'train',
  make(variant) {
    const table = pickOf(['parts', 'members', 'rooms'], variant)
    const names = pickOf(
      [
        ['bolt', 'nut'],
        ['ann', 'bob', 'cem'],
        ['attic', 'hall', 'yard', 'shed'],
      ],
      variant,
    )
    const seed = `import sqlite3\n\ndb = sqlite3.connect("app.db")\ndb.execute("create table ${table} (name text)")\ndb.executemany("insert into ${table} values (?)", [(n,) for n in ${JSON.stringify(names)}])\ndb.commit()\n`
    const count = `import sqlite3\n\nprint(sqlite3.connect("app.db").execute("select count(*) from ${table}").fetchone()[0])\n`
    return {
      request: `How many ${table} are in the database of shop/? shop/count.py counts them; write the number to shop/answer.txt.`,
      files: {
        'shop/Makefile': 'setup:\n\tpython3 seed.py\n\n.PHONY: setup\n',
        ...{ 'shop/seed.py': seed, 'shop/count.py': count },
      },
      solution: [
        first(bash('make setup', 'shop')),
        bash('python3 count.py > answer.txt', 'shop'),
        look(bash('cat answer.txt', 'shop')),
      ],
      isDone: ({ read }) => read('shop/answer.txt')?.trim() === String(names.length),
    }
  },
}

export const projectTemplates: readonly TerminalTemplate[] = [
  reportFromPackage,
  exportFromPackage,
  mending('train', 'failing test to mend', mend),
  mending('test', 'another failing test to mend', moreToMend),
  databaseFirst,
  configureFirst,
]
